"""apache-hamilton: functions named for what they produce, one made into many by `parameterize`."""

from __future__ import annotations

import asyncio
import sys
from types import ModuleType
from typing import Any

from hamilton import ad_hoc_utils, async_driver, driver
from hamilton.execution import executors
from hamilton.function_modifiers import parameterize, source, subdag
from hamilton.htypes import Collect, Parallelizable

from benchmarks import async_nodes
from benchmarks.built import Built
from benchmarks.nodes import add_one


def chain_module(length: int) -> ModuleType:
    @parameterize(**{f"x{i}": {"x": source(f"x{i - 1}")} for i in range(1, length + 1)})
    def step(x: int) -> int:
        return add_one(x)

    return ad_hoc_utils.create_temporary_module(step)


def chain(length: int) -> Built:
    sys.setrecursionlimit(max(sys.getrecursionlimit(), 10 * length))  # it walks its graphs so deep
    dag, last = driver.Builder().with_modules(chain_module(length)).build(), f"x{length}"
    return lambda: dag.execute([last], inputs={"x0": 0})[last]


def wide(width: int) -> Built:
    names = [f"y{i}" for i in range(1, width + 1)]

    @parameterize(**{name: {"x": source("x")} for name in names})
    def step(x: int) -> int:
        return add_one(x)

    module = ad_hoc_utils.create_temporary_module(step)
    dag = driver.Builder().with_modules(module).build()
    return lambda: dag.execute(names, inputs={"x": 0})[names[-1]]


def branch() -> None:
    """What runs is decided when the driver is built, not while it executes."""


def loop(iterations: int) -> None:
    """Its graphs have no cycles."""


def nested() -> Built:
    def a(x: int) -> int:
        return add_one(x)

    def y(a: int) -> int:
        return add_one(a)

    level = ad_hoc_utils.create_temporary_module(a, y)
    for _ in range(2):

        @subdag(level, inputs={"x": source("a")})
        def b(y: int) -> int:
            return y

        def last(b: int) -> int:
            return add_one(b)

        last.__name__ = "y"
        level = ad_hoc_utils.create_temporary_module(a, b, last)
    dag = driver.Builder().with_modules(level).build()
    return lambda: dag.execute(["y"], inputs={"x": 0})["y"]


def map_chain(items: list[int]) -> Built:
    def x0() -> Parallelizable[int]:
        yield from items

    @parameterize(**{f"x{i}": {"x": source(f"x{i - 1}")} for i in range(1, 6)})
    def step(x: int) -> int:
        return add_one(x)

    def kept(x1: int, x2: int, x3: int, x4: int, x5: int) -> dict[str, int]:
        return {"x1": x1, "x2": x2, "x3": x3, "x4": x4, "x5": x5}

    def results(kept: Collect[dict]) -> list:  # type: ignore[type-arg]
        return list(kept)

    module = ad_hoc_utils.create_temporary_module(x0, step, kept, results)
    dag = (
        driver.Builder()
        .with_modules(module)
        .enable_dynamic_execution(allow_experimental_mode=True)
        .with_local_executor(executors.SynchronousLocalTaskExecutor())
        .with_remote_executor(executors.SynchronousLocalTaskExecutor())
        .build()
    )
    return lambda: dag.execute(["results"])["results"][-1]["x5"]


def async_chain(length: int) -> Built:
    numbers = range(1, length + 1)
    sources = {
        f"x{i}": f"async def x{i}(x{i - 1}: int) -> int: return await add_one_async(x{i - 1})"
        for i in numbers
    }
    return executed(written(sources), {"x0": 0}, [f"x{length}"])


def async_wide(width: int) -> Built:
    names = [f"y{i}" for i in range(1, width + 1)]
    sources = {name: f"async def {name}(x: int) -> int: return await fetch(x)" for name in names}
    return executed(written(sources), {"x": 0}, names)


def written(sources: dict[str, str]) -> ModuleType:
    """A module of these functions: `parameterize` does not know coroutine functions."""
    functions = vars(async_nodes).copy()
    exec("\n".join(sources.values()), functions)
    return ad_hoc_utils.create_temporary_module(*(functions[name] for name in sources))


def executed(module: ModuleType, inputs: dict[str, Any], names: list[str]) -> Built:
    dag = asyncio.run(async_driver.Builder().with_modules(module).build())

    async def run() -> Any:
        return (await dag.execute(names, inputs=inputs))[names[-1]]

    return run


def async_map(items: list[int], limit: int) -> None:
    """Its parallel tasks are not coroutines."""
