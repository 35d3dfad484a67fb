"""This product, as most people meet it: a runner that is handed a graph, compiled on first use."""

from __future__ import annotations

from typing import Any

from benchmarks import graphs
from benchmarks.async_nodes import add_one_async, fetch
from benchmarks.built import Built
from hypergraph import AsyncRunner, SyncRunner


def chain(length: int) -> Built:
    graph, runner, last = graphs.chain(length), SyncRunner(), f"x{length}"
    return lambda: runner.run(graph, x0=0)[last]


def wide(width: int) -> Built:
    graph, runner, last = graphs.wide(width), SyncRunner(), f"y{width}"
    return lambda: runner.run(graph, x=0)[last]


def branch() -> Built:
    graph, runner = graphs.branch(), SyncRunner()
    return lambda: runner.run(graph, x=7)["z"]


def loop(iterations: int) -> Built:
    graph, runner, most = graphs.loop(), SyncRunner(), 2 * iterations + 2
    return lambda: runner.run(graph, fuel=iterations, max_iterations=most)["fuel"]


def nested() -> Built:
    graph, runner = graphs.nested(), SyncRunner()
    return lambda: runner.run(graph, x=0)["y1"]


def map_chain(items: list[int]) -> Built:
    graph, runner = graphs.chain(5), SyncRunner()
    return lambda: runner.map(graph, x0=items, map_over="x0")[-1]["x5"]


def async_chain(length: int) -> Built:
    graph, runner, last = graphs.chain(length, add_one_async), AsyncRunner(), f"x{length}"

    async def run() -> Any:
        return (await runner.run(graph, x0=0))[last]

    return run


def async_wide(width: int) -> Built:
    graph, runner, last = graphs.wide(width, fetch), AsyncRunner(), f"y{width}"

    async def run() -> Any:
        return (await runner.run(graph, x=0))[last]

    return run


def async_map(items: list[int], limit: int) -> Built:
    graph, runner = graphs.wide(1, fetch), AsyncRunner()

    async def run() -> Any:
        return (await runner.map(graph, x=items, map_over="x", max_concurrency=limit))[-1]["y1"]

    return run
