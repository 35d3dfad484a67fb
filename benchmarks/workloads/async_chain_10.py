"""Ten async nodes, each adding one to what the one before produced."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from benchmarks.interpreter import interpret_async
from benchmarks.workloads.arithmetic import add_one_async, chain_nodes, chain_steps
from hypergraph import Graph

graph = Graph(chain_nodes(10, add_one_async), name="async_chain_10")
STEPS = chain_steps(10, add_one_async)


async def hand_written(x0: int) -> tuple[int, ...]:
    x1 = await add_one_async(x0)
    x2 = await add_one_async(x1)
    x3 = await add_one_async(x2)
    x4 = await add_one_async(x3)
    x5 = await add_one_async(x4)
    x6 = await add_one_async(x5)
    x7 = await add_one_async(x6)
    x8 = await add_one_async(x7)
    x9 = await add_one_async(x8)
    x10 = await add_one_async(x9)
    return x1, x2, x3, x4, x5, x6, x7, x8, x9, x10


async def by_hand() -> Any:
    return (await hand_written(0))[-1]


async def interpreted() -> Any:
    return (await interpret_async(STEPS, {"x0": 0}))["x10"]


async def compiled(run: Callable[..., Any]) -> Any:
    return (await run(x0=0))["x10"]
