"""A gate and a body that takes one from a counter, a thousand times."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from benchmarks.interpreter import Step, interpret
from hypergraph import END, Graph, node, route

ITERATIONS = 1000


@route(targets=["burn", END])
def more(fuel: int) -> str | type[END]:
    return "burn" if fuel > 0 else END


@node(output_name="fuel")
def burn(fuel: int) -> int:
    return fuel - 1


graph = Graph([more, burn], name="loop_1000")
STEPS = [
    Step("more", more.func, ("fuel",), None),
    Step("burn", burn.func, ("fuel",), "fuel", "more"),
]
decide, body = more.func, burn.func


def hand_written(fuel: int) -> int:
    while decide(fuel) == "burn":
        fuel = body(fuel)
    return fuel


def by_hand() -> Any:
    return hand_written(ITERATIONS)


def interpreted() -> Any:
    return interpret(STEPS, {"fuel": ITERATIONS})["fuel"]


def compiled(run: Callable[..., Any]) -> Any:
    return run(fuel=ITERATIONS, max_iterations=3 * ITERATIONS)["fuel"]
