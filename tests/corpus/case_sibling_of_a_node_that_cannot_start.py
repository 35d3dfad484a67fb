"""X73: siblings run even if a mapped graph node fails before its first item."""

from __future__ import annotations

from tests.differential.spec import Call, Case, Fn, GraphSpec, Param, Sub

CASE = Case(
    GraphSpec(
        (
            Sub(
                "inner",
                GraphSpec((Fn("n0", (Param("a", "a"),), ("b",)),)),
                (("a", "a"),),
                (("b", "b"),),
                ("b",),
                ("a",),
            ),
            Fn("n0", (Param("c", "c"),), ("d",), kind="async"),
        )
    ),
    Call((("a", "0"), ("c", "0"))),
    True,
)
