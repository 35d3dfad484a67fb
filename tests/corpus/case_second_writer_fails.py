"""Entry points leave the gate out that kept two writers of a value apart, and the second fails."""

from __future__ import annotations

from tests.differential.spec import Body, Call, Case, Fn, Gate, GraphSpec, Param

CASE = Case(
    GraphSpec(
        (
            Fn("n0", (Param("a", "a"),), ("v",)),
            Fn("n1", (Param("b", "b"),), ("v",), Body("fail", (1,)), kind="async"),
            Gate("n2", (Param("c", "c"),), ("n0", "n1", "END"), Body("pick", (("n0", "n1"),))),
        ),
        entrypoints=("n0", "n1"),
    ),
    Call((("a", "1"), ("b", "2")), error_handling="continue"),
    concurrent=True,
)
