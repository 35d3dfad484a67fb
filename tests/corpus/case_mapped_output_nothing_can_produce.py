"""X97: a mapped graph node has a list for every output, even one nothing inside can produce."""

from __future__ import annotations

from tests.differential.spec import Call, Case, Fn, GraphSpec, Param, Sub

CASE = Case(
    GraphSpec(
        (
            Sub(
                "inner",
                GraphSpec(
                    (Fn("n2", emit=("f",)), Fn("n3", (Param("d", "d"),), ("e",), wait_for=("f",))),
                    entrypoints=("n3",),
                ),
                (("d", "b"),),
                (("e", "e"),),
                ("e",),
                ("b",),
            ),
        )
    ),
    Call((("b", "[]"),)),
)
