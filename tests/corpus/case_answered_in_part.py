"""X106: an interrupt with two outputs is answered whole or not at all."""

from __future__ import annotations

from tests.differential.spec import Ask, Body, Call, Case, GraphSpec, Param

CASE = Case(
    GraphSpec((Ask("n0", (Param("a", "a"),), ("b", "c"), Body("ask", (1,))),)),
    Call((("a", "0"), ("c", "0"))),
    True,
)
