"""X74: a mapped graph node that fails before its first item leaves no empty lists behind."""

from __future__ import annotations

from tests.differential.spec import Call, Case, Fn, GraphSpec, Param, Sub

CASE = Case(
    GraphSpec(
        (
            Sub(
                "inner",
                GraphSpec((Fn("n0", (Param("a", "a"), Param("b", "b")), ("c",)),)),
                (("a", "a"), ("b", "b")),
                (("c", "c"),),
                ("c",),
                ("a", "b"),
            ),
        )
    ),
    Call((("a", "[1]"), ("b", "[]"))),
)
