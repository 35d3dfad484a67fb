"""X38: a ring entered at one node, with a gate and a self-reading member."""

from __future__ import annotations

from tests.differential.spec import Body, Call, Case, Fn, Gate, GraphSpec, Param

CASE = Case(
    GraphSpec(
        (
            Fn("n0", (Param("d", "d"),), ("a",)),
            Fn("n1", (Param("a", "a"),), ("b",)),
            Fn("n2", (Param("b", "b"), Param("c", "c")), ("c",)),
            Fn("n3", (Param("c", "c"),), ("d",)),
            Gate("n5", (Param("c", "c"),), ("n0",), Body("pick", (("n0",),))),
        )
    ),
    Call((("d", "0"),), max_iterations=1),
)
