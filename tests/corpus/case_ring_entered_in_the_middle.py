"""X38: a ring of four, entered at its last member, with two gates on one of them."""

from __future__ import annotations

from tests.differential.spec import Body, Call, Case, Fn, Gate, GraphSpec, Param

CASE = Case(
    GraphSpec(
        (
            Fn("n0", (Param("d", "d"), Param("a", "a", default="0")), ("a",), Body("level")),
            Fn("n1", (Param("b", "b"), Param("a", "a", default="0")), ("b",), Body("level")),
            Fn("n2", (Param("b", "b"),), ("c",), Body("level")),
            Fn("n3", (Param("c", "c"),), ("d",), Body("level")),
            Gate(
                "n4",
                (Param("a", "a", default="0"),),
                ("n0", "END"),
                Body("pick", (("n0", "n0", "n0"),)),
            ),
            Gate(
                "n5",
                (Param("b", "b"), Param("a", "a", default="0")),
                ("n0", "END"),
                Body("pick", ((True, False),)),
                True,
            ),
        )
    ),
    Call((("d", "0"),)),
)
