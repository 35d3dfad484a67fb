"""Fifty nodes that read one input and do not depend on each other."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from benchmarks.interpreter import interpret
from benchmarks.workloads.arithmetic import unrolled, wide_nodes, wide_steps
from hypergraph import Graph

graph = Graph(wide_nodes(50), name="wide_50")
STEPS = wide_steps(50)

hand_written = unrolled(
    [f"y{i} = add_one(x)" for i in range(1, 51)], "x", [f"y{i}" for i in range(1, 51)]
)


def by_hand() -> Any:
    return hand_written(0)[-1]


def interpreted() -> Any:
    return interpret(STEPS, {"x": 0})["y50"]


def compiled(run: Callable[..., Any]) -> Any:
    return run(x=0)["y50"]
