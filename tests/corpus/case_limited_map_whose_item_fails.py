"""X93: under a limit a mapped node begins no item after one failed, whose arguments do not fit."""

from __future__ import annotations

from tests.differential.spec import Call, Case, Fn, GraphSpec, Param, Sub

CASE = Case(
    GraphSpec(
        (
            Sub(
                "inner",
                GraphSpec((Fn("n0", (Param("a", "a", kind="spread"),), ("b",)),)),
                outputs=("b",),
                map_over=("a",),
            ),
        )
    ),
    Call((("a", "[1, [2]]"),), max_concurrency=3),
    concurrent=True,
)
