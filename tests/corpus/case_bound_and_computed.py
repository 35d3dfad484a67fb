"""XE32: a bound output conflicts with a producer that can run."""

from __future__ import annotations

from tests.differential.spec import Call, Case, Fn, GraphSpec, Param

CASE = Case(
    GraphSpec(
        (Fn("n0", (Param("c", "c"),), ("a",)), Fn("n2", (Param("a", "a"),), ("e",))),
        bound=(("a", "0"),),
    ),
    Call((("c", "0"),)),
)
