"""X17, X148: a nested run warns of unexpected names before its loop entries are refused."""

from __future__ import annotations

from tests.differential.spec import Body, Call, Case, Fn, Gate, GraphSpec, Param, Sub

CASE = Case(
    GraphSpec(
        (
            Sub(
                "inner",
                GraphSpec(
                    (
                        Fn("n0", (Param("c", "c", default="1"),), ("a",)),
                        Fn("n1", (Param("a", "a"),), ("b",)),
                        Fn("n2", (Param("b", "b"),), ("c",)),
                        Gate(
                            "n6",
                            (Param("f", "f", default="2"),),
                            ("END",),
                            Body("below", (1, "END", "n5")),
                        ),
                    ),
                    bound=(("f", "2"),),
                    selected=("a",),
                ),
                (("a", "k"), ("b", "m")),
                outputs=("p",),
            ),
        )
    ),
    Call((("k", "0"), ("m", "0"))),
)
