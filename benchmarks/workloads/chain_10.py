"""Ten nodes, each adding one to what the one before produced."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from benchmarks.interpreter import interpret
from benchmarks.workloads.arithmetic import add_one, chain_nodes, chain_steps
from hypergraph import Graph

graph = Graph(chain_nodes(10), name="chain_10")
STEPS = chain_steps(10)


def hand_written(x0: int) -> tuple[int, ...]:
    x1 = add_one(x0)
    x2 = add_one(x1)
    x3 = add_one(x2)
    x4 = add_one(x3)
    x5 = add_one(x4)
    x6 = add_one(x5)
    x7 = add_one(x6)
    x8 = add_one(x7)
    x9 = add_one(x8)
    x10 = add_one(x9)
    return x1, x2, x3, x4, x5, x6, x7, x8, x9, x10


def by_hand() -> Any:
    return hand_written(0)[-1]


def interpreted() -> Any:
    return interpret(STEPS, {"x0": 0})["x10"]


def compiled(run: Callable[..., Any]) -> Any:
    return run(x0=0)["x10"]
