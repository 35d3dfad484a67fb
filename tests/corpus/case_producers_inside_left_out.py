"""L18: outputs of nodes that an entry point inside leaves out are not promised outside."""

from __future__ import annotations

from tests.differential.spec import Call, Case, Fn, GraphSpec, Param, Sub

CASE = Case(
    GraphSpec(
        (
            Sub(
                "inner",
                GraphSpec(
                    (
                        Fn("n0", (Param("c", "c"),), ("a",), emit=("b",)),
                        Fn("n1", (Param("d", "d"),), ("a",), wait_for=("b",)),
                        Fn("n2", (Param("e", "e"),), ("f",)),
                        Fn("n3", (Param("f", "f"),), ("g",)),
                    ),
                    entrypoints=("n1", "n3"),
                ),
                (("d", "a"), ("f", "b")),
                (("a", "c"), ("g", "d")),
                ("c", "d"),
            ),
        )
    ),
    Call((("a", "0"), ("b", "0"))),
)
