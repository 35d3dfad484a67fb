"""A map that is refused tells no name of a graph that has none, from a file either."""

from __future__ import annotations

from tests.differential.spec import Call, Case, Fn, GraphSpec, MapOver, Param

CASE = Case(
    GraphSpec((Fn("n0", (Param("a", "a"), Param("b", "b")), ("c",)),)),
    Call((("a", "[1]"),), map_over=MapOver(("a",))),
)
