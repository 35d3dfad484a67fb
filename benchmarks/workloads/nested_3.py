"""Three levels of nested graphs, two nodes on each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from benchmarks.interpreter import Step, interpret
from benchmarks.workloads.arithmetic import add_one
from hypergraph import FunctionNode, Graph


def level(number: int, below: Graph | None) -> Graph:
    """Two nodes around the level below: `x` in, `y<number>` out."""
    inner = "x" if below is None else f"y{number + 1}"
    first = FunctionNode(add_one, name=f"first_{number}", output_name=f"a{number}")
    last = FunctionNode(
        add_one, name=f"last_{number}", output_name=f"y{number}", rename_inputs={"x": f"b{number}"}
    )
    if below is None:
        nodes = [first, last.with_inputs({f"b{number}": f"a{number}"})]
        return Graph(nodes, name=f"level_{number}")
    middle = below.as_node().with_inputs(x=f"a{number}").with_outputs({inner: f"b{number}"})
    return Graph([first, middle, last], name=f"level_{number}").select(f"y{number}")


graph = level(1, level(2, level(3, None).select("y3")))


def steps(number: int) -> list[Step]:
    """The same for the interpreter, which calls itself for the level below."""
    first = Step("first", add_one, ("x",), "a")
    if number == 3:
        return [first, Step("last", add_one, ("a",), "y")]
    below = steps(number + 1)
    middle = Step("middle", lambda x: interpret(below, {"x": x})["y"], ("a",), "b")
    return [first, middle, Step("last", add_one, ("b",), "y")]


STEPS = steps(1)


def level_3(x: int) -> int:
    return add_one(add_one(x))


def level_2(x: int) -> int:
    return add_one(level_3(add_one(x)))


def hand_written(x: int) -> int:
    return add_one(level_2(add_one(x)))


def by_hand() -> Any:
    return hand_written(0)


def interpreted() -> Any:
    return interpret(STEPS, {"x": 0})["y"]


def compiled(run: Callable[..., Any]) -> Any:
    return run(x=0)["y1"]
