"""dask.delayed: calls put off until they are computed, here by the synchronous scheduler."""

from __future__ import annotations

from typing import Any

import dask
from dask import delayed

from benchmarks.built import Built
from benchmarks.nodes import add_one


def chained(start: Any, length: int) -> list[Any]:
    values = [start]
    for _ in range(length):
        values.append(delayed(add_one)(values[-1]))
    return values[1:]


def chain(length: int) -> Built:
    last = chained(0, length)[-1]
    return lambda: last.compute(scheduler="synchronous")


def wide(width: int) -> Built:
    values = [delayed(add_one)(0) for _ in range(width)]
    return lambda: dask.compute(*values, scheduler="synchronous")[-1]


def branch() -> None:
    """All of its graph is known before any of it is computed."""


def loop(iterations: int) -> None:
    """Its graphs have no cycles."""


def nested() -> None:
    """A delayed function that calls another makes one flat graph."""


def map_chain(items: list[int]) -> Built:
    values = [chained(item, 5) for item in items]
    return lambda: dask.compute(values, scheduler="synchronous")[0][-1][-1]


def async_chain(length: int) -> None:
    """Its functions are not coroutine functions."""


def async_wide(width: int) -> None:
    """Its functions are not coroutine functions."""


def async_map(items: list[int], limit: int) -> None:
    """Its functions are not coroutine functions."""
