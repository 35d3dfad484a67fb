"""A hundred nodes, each adding one to what the one before produced."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from benchmarks.interpreter import interpret
from benchmarks.workloads.arithmetic import chain_nodes, chain_steps, unrolled
from hypergraph import Graph

graph = Graph(chain_nodes(100), name="chain_100")
STEPS = chain_steps(100)

hand_written = unrolled(
    [f"x{i} = add_one(x{i - 1})" for i in range(1, 101)], "x0", [f"x{i}" for i in range(1, 101)]
)


def by_hand() -> Any:
    return hand_written(0)[-1]


def interpreted() -> Any:
    return interpret(STEPS, {"x0": 0})["x100"]


def compiled(run: Callable[..., Any]) -> Any:
    return run(x0=0)["x100"]
