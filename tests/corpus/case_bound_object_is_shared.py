"""X59: what is bound inside is one object, however deep, and every reader sees it change."""

from __future__ import annotations

from tests.differential.spec import Body, Call, Case, Fn, GraphSpec, Param, Sub

CASE = Case(
    GraphSpec(
        (
            Sub(
                "inner",
                GraphSpec(
                    (
                        Sub(
                            "inner",
                            GraphSpec(
                                (Fn("n0", (Param("a", "a"),), ("b",), Body("push")),),
                                bound=(("a", "[]"),),
                            ),
                            (("a", "a"),),
                            (("b", "b"),),
                            ("b",),
                        ),
                    )
                ),
                (("a", "a"),),
                (("b", "b"),),
                ("b",),
            ),
            Fn("n0", (Param("c", "c", default="0"),), ("d",)),
            Fn("n1", (Param("d", "d"), Param("a", "a"), Param("c", "c", default="0")), ("e",)),
        )
    ),
    Call(),
)
