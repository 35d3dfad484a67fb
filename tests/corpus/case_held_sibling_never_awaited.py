"""X73: with a limit, siblings run although a mapped graph node fails before its first item."""

from __future__ import annotations

from tests.differential.spec import Call, Case, Fn, GraphSpec, Param, Sub

CASE = Case(
    GraphSpec(
        (
            Fn("entry", outputs=("e",)),
            Sub(
                "sub",
                GraphSpec((Fn("a", (Param("a", "a"),), ("b",)),)),
                (("a", "a"),),
                (("b", "b"),),
                ("b",),
                ("a",),
            ),
        )
    ),
    Call((("a", "0"),), max_concurrency=2),
    True,
)
