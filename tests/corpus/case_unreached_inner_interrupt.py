"""X37: an entry point inside a graph node leaves out an interrupt whose answer is an input."""

from __future__ import annotations

from tests.differential.spec import Ask, Body, Call, Case, Fn, GraphSpec, Param, Sub

CASE = Case(
    GraphSpec(
        (
            Sub(
                "inner",
                GraphSpec(
                    (
                        Fn("n0", (Param("a", "a"),), ("b",)),
                        Ask("n1", (Param("c", "c"),), ("d",), Body("ask", (0,))),
                        Fn("n3", (Param("d", "d"),), ("e",)),
                    ),
                    entrypoints=("n3",),
                ),
                (("d", "p"),),
                (("e", "q"),),
                ("q",),
            ),
        )
    ),
    Call((("p", "0"),)),
    True,
)
