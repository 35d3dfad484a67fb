"""X28, X151: a name that no edge brings from its producer does not stand in for that producer."""

from __future__ import annotations

from tests.differential.spec import Call, Case, Fn, GraphSpec, Param, Sub

CASE = Case(
    GraphSpec(
        (
            Sub(
                "sub",
                GraphSpec((Fn("isinstance", (Param("a", "a"),), ("b",)),)),
                outputs=("fresh",),
            ),
            Fn("n0", (Param("f", "f"),), ("c",)),
            Fn("n1", (Param("c", "c"), Param("b", "b"))),
            Fn("print", outputs=("e",)),
            Fn("list", (Param("e", "e"),), ("f",)),
        ),
        edges=(
            ("n0", "n1", ("c",)),
            ("n1", "print", None),
            ("print", "list", ("e",)),
            ("list", "n0", ("f",)),
        ),
    ),
    Call((("b", "0"),), max_iterations=1),
)
