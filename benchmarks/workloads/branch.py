"""A gate, two branches of which one runs, and a join."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from benchmarks.interpreter import Step, interpret
from hypergraph import Graph, ifelse, node


@ifelse(when_true="halve", when_false="triple")
def is_even(x: int) -> bool:
    return x % 2 == 0


@node(output_name="y")
def halve(x: int) -> int:
    return x // 2


@node(output_name="y")
def triple(x: int) -> int:
    return 3 * x + 1


@node(output_name="z")
def negate(y: int) -> int:
    return -y


graph = Graph([is_even, halve, triple, negate], name="branch")
STEPS = [
    Step("is_even", lambda x: "halve" if x % 2 == 0 else "triple", ("x",), None),
    Step("halve", halve.func, ("x",), "y", "is_even"),
    Step("triple", triple.func, ("x",), "y", "is_even"),
    Step("negate", negate.func, ("y",), "z"),
]
even, half, thrice, minus = is_even.func, halve.func, triple.func, negate.func


def hand_written(x: int) -> tuple[int, int]:
    y = half(x) if even(x) else thrice(x)
    z = minus(y)
    return y, z


def by_hand() -> Any:
    return hand_written(7)[1]


def interpreted() -> Any:
    return interpret(STEPS, {"x": 7})["z"]


def compiled(run: Callable[..., Any]) -> Any:
    return run(x=7)["z"]
