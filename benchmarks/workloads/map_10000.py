"""A chain of five nodes over ten thousand items, with all five outputs of every item kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from benchmarks.interpreter import interpret
from benchmarks.workloads.arithmetic import add_one, chain_nodes, chain_steps
from hypergraph import Graph

METHOD = "map"
ITEMS = list(range(10_000))

graph = Graph(chain_nodes(5), name="map_10000")
STEPS = chain_steps(5)


def hand_written(items: list[int]) -> list[dict[str, int]]:
    results = []
    for x0 in items:
        x1 = add_one(x0)
        x2 = add_one(x1)
        x3 = add_one(x2)
        x4 = add_one(x3)
        x5 = add_one(x4)
        results.append({"x1": x1, "x2": x2, "x3": x3, "x4": x4, "x5": x5})
    return results


def by_hand() -> Any:
    return hand_written(ITEMS)[-1]["x5"]


def interpreted() -> Any:
    return [interpret(STEPS, {"x0": x0}) for x0 in ITEMS][-1]["x5"]


def compiled(run: Callable[..., Any]) -> Any:
    return run(x0=ITEMS, map_over="x0")[-1]["x5"]
