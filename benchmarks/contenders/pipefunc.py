"""pipefunc: functions with an output name in a pipeline, and a map spec for each to map over."""

from __future__ import annotations

import sys
from typing import Any

from pipefunc import NestedPipeFunc, PipeFunc, Pipeline

from benchmarks.built import Built
from benchmarks.nodes import add_one

LONGEST = 500  # a pipeline checks itself with every function added: minutes for a thousand


def step(output: str, reads: str, mapspec: str | None = None) -> Any:
    return PipeFunc(add_one, output_name=output, renames={"x": reads}, mapspec=mapspec)


def chain(length: int) -> Built | None:
    if length > LONGEST:
        return None
    sys.setrecursionlimit(max(sys.getrecursionlimit(), 10 * length))  # it walks its graphs so deep
    pipeline = Pipeline([step(f"x{i}", f"x{i - 1}") for i in range(1, length + 1)])
    last = f"x{length}"
    return lambda: pipeline(last, x0=0)


def wide(width: int) -> Built:
    names = [f"y{i}" for i in range(1, width + 1)]
    pipeline = Pipeline([step(name, "x") for name in names])
    return lambda: pipeline.run(names, kwargs={"x": 0})[-1]


def branch() -> None:
    """Its pipelines call all functions that an output needs."""


def loop(iterations: int) -> None:
    """Its pipelines have no cycles."""


def nested() -> Built:
    innermost = NestedPipeFunc([step("a3", "a2"), step("b2", "a3")], output_name="b2")
    inner = NestedPipeFunc([step("a2", "a1"), innermost, step("b1", "b2")], output_name="b1")
    pipeline = Pipeline([step("a1", "x"), inner, step("y", "b1")])
    return lambda: pipeline("y", x=0)


def map_chain(items: list[int]) -> Built:
    pipeline = Pipeline(
        [step(f"x{i}", f"x{i - 1}", f"x{i - 1}[i] -> x{i}[i]") for i in range(1, 6)]
    )

    def run() -> Any:
        results = pipeline.map({"x0": items}, parallel=False, storage="dict")
        return results["x5"].output[-1]

    return run


def async_chain(length: int) -> None:
    """Its functions are not coroutine functions."""


def async_wide(width: int) -> None:
    """Its functions are not coroutine functions."""


def async_map(items: list[int], limit: int) -> None:
    """Its functions are not coroutine functions."""
