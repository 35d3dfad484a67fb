"""One async node over a thousand items, at most twenty of them at a time."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from benchmarks.interpreter import Step, interpret_async
from hypergraph import FunctionNode, Graph

METHOD = "map"
ITEMS = list(range(1000))
LIMIT = 20


async def fetch(x: int) -> int:
    await asyncio.sleep(0)
    return x + 1


graph = Graph([FunctionNode(fetch, output_name="y")], name="async_map_1000")
STEPS = [Step("fetch", fetch, ("x",), "y")]


async def bounded(run: Callable[[int], Any]) -> list[Any]:
    """Every item through `run`, by as many workers as may be busy at once."""
    results: list[Any] = [None] * len(ITEMS)
    numbered = iter(enumerate(ITEMS))

    async def work() -> None:
        for place, item in numbered:
            results[place] = await run(item)

    await asyncio.gather(*(work() for _ in range(LIMIT)))
    return results


async def fetch_into_dict(x: int) -> dict[str, int]:
    return {"y": await fetch(x)}


async def by_hand() -> Any:
    return (await bounded(fetch_into_dict))[-1]["y"]


async def interpreted() -> Any:
    return (await bounded(lambda x: interpret_async(STEPS, {"x": x})))[-1]["y"]


async def compiled(run: Callable[..., Any]) -> Any:
    return (await run(x=ITEMS, map_over="x", max_concurrency=LIMIT))[-1]["y"]
