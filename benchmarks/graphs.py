"""The graphs that the product is measured with."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from benchmarks import nodes
from hypergraph import END, FunctionNode, Graph, IfElseNode


def chain(length: int, function: Callable[..., Any] = nodes.add_one) -> Graph:
    """Nodes from `x0` to `x<length>`, each reading what the one before produced."""
    numbers = range(1, length + 1)
    return Graph([step(function, i) for i in numbers], name=f"chain_{length}")


def step(function: Callable[..., Any], number: int) -> FunctionNode:
    """One node of a chain."""
    reads = {"x": f"x{number - 1}"}
    return FunctionNode(
        function, name=f"step_{number}", output_name=f"x{number}", rename_inputs=reads
    )


def wide(width: int, function: Callable[..., Any] = nodes.add_one) -> Graph:
    """Nodes that all read `x` and produce `y1` to `y<width>`."""
    members = [
        FunctionNode(function, name=f"branch_{i}", output_name=f"y{i}") for i in range(1, width + 1)
    ]
    return Graph(members, name=f"wide_{width}")


def branch() -> Graph:
    """A gate, two branches of which one runs, and a join."""
    return Graph(
        [
            IfElseNode(nodes.is_even, when_true="halve", when_false="triple"),
            FunctionNode(nodes.halve, output_name="y"),
            FunctionNode(nodes.triple, output_name="y"),
            FunctionNode(nodes.negate, output_name="z"),
        ],
        name="branch",
    )


def loop() -> Graph:
    """A gate and a body that takes one from a counter."""
    gate = IfElseNode(nodes.is_left, when_true="burn", when_false=END)
    return Graph([gate, FunctionNode(nodes.burn, output_name="fuel")], name="loop")


def nested() -> Graph:
    """Three levels of graphs, with a node before and after the inner one."""
    return level(1, level(2, level(3, None)))


def level(number: int, below: Graph | None) -> Graph:
    """Two nodes around the level below: `x` in, `y<number>` out."""
    before, after, out = f"a{number}", f"b{number}", f"y{number}"
    first = FunctionNode(nodes.add_one, name=f"first_{number}", output_name=before)
    members: list[Any] = [first]
    if below is None:
        after = before
    else:
        inner = below.as_node().with_inputs(x=before)
        members.append(inner.with_outputs({f"y{number + 1}": after}))
    members.append(
        FunctionNode(
            nodes.add_one, name=f"last_{number}", output_name=out, rename_inputs={"x": after}
        )
    )
    return Graph(members, name=f"level_{number}").select(out)
