"""Fifty async nodes at once, each yielding to the event loop."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from benchmarks.interpreter import interpret_async
from benchmarks.workloads.arithmetic import wide_nodes, wide_steps
from hypergraph import Graph


async def fetch(x: int) -> int:
    await asyncio.sleep(0)
    return x + 1


graph = Graph(wide_nodes(50, fetch), name="async_wide_50")
STEPS = wide_steps(50, fetch)


async def by_hand() -> Any:
    return (await asyncio.gather(*(fetch(0) for _ in range(50))))[-1]


async def interpreted() -> Any:
    return (await interpret_async(STEPS, {"x": 0}))["y50"]


async def compiled(run: Callable[..., Any]) -> Any:
    return (await run(x=0))["y50"]
