"""X115: map refuses a graph with an interrupt, even for no items."""

from __future__ import annotations

from tests.differential.spec import Ask, Body, Call, Case, GraphSpec, MapOver, Param

CASE = Case(
    GraphSpec((Ask("n0", (Param("a", "a"),), ("b",), Body("ask", (0,))),)),
    Call((("a", "[]"),), map_over=MapOver(("a",))),
    True,
)
