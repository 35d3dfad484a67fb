"""Three functions in a row: the smallest graph that says something about files that stand alone."""

from __future__ import annotations

from hypergraph import Graph, node


@node(output_name="b")
def add_one(x: int) -> int:
    return x + 1


@node(output_name="c")
def double(b: int) -> int:
    return 2 * b


@node(output_name="d")
def take_three(c: int) -> int:
    return c - 3


graph = Graph([add_one, double, take_three], name="chain")
