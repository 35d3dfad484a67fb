"""A script that maps on workers until somebody interrupts it; how it is told to is its argument."""

from __future__ import annotations

import asyncio
import os
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from typing import Any

from hypergraph import AsyncRunner, Graph, SyncRunner, node


@node(output_name="pid")
def tell_pid(number: int) -> int:
    print(f"worker {os.getpid()}", flush=True)
    time.sleep(0.2)
    return number


graph = Graph([tell_pid], name="telling")


def with_factory() -> None:
    executor = partial(ProcessPoolExecutor, 2)
    SyncRunner().map(graph, number=range(10_000), map_over="number", executor=executor)


def with_pool() -> None:
    with ProcessPoolExecutor(2) as pool:
        SyncRunner().map(graph, number=range(10_000), map_over="number", executor=pool)


def under_asyncio() -> None:
    async def mapped() -> Any:
        executor = partial(ProcessPoolExecutor, 2)
        await AsyncRunner().map(graph, number=range(10_000), map_over="number", executor=executor)

    asyncio.run(mapped())


if __name__ == "__main__":
    {"factory": with_factory, "pool": with_pool, "asyncio": under_asyncio}[sys.argv[1]]()
