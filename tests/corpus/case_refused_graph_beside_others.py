"""A graph node that refuses every call overlaps another node; what it would give is read later."""

from __future__ import annotations

from tests.differential.spec import Body, Call, Case, Fn, Gate, GraphSpec, Param, Sub

REFUSED = GraphSpec(
    (
        Fn("n0", (Param("c", "c", default="1"),), ("a",)),
        Fn("n1", (Param("a", "a"),), ("b",)),
        Fn("n2", (Param("b", "b"),), ("c",)),
        Gate("n6", (Param("f", "f", default="2"),), ("END",), Body("below", (1, "END", "n5"))),
    ),
    bound=(("f", "2"),),
    selected=("a",),
)
CASE = Case(
    GraphSpec(
        (
            Sub("inner", REFUSED, renamed_outputs=(("a", "p"),), outputs=("p",)),
            Fn("n3", (), ("q",), kind="async"),
            Fn("n4", (Param("p", "p"), Param("q", "q")), ("r",)),
        )
    ),
    Call(),
    concurrent=True,
)
