"""X32: a loop that starts on a default, beside one that starts on a seed."""

from __future__ import annotations

from tests.differential.spec import Body, Call, Case, Fn, Gate, GraphSpec, Param

CASE = Case(
    GraphSpec(
        (
            Fn("n1", (Param("c", "c"),), ("c",), Body("down")),
            Gate("n2", (Param("c", "c"),), ("n1", "END"), Body("below", (1, "END", "n1"))),
            Fn("n3", (Param("c", "c"),), ("d",)),
            Fn("n4", (Param("e", "e", default="0"),), ("e",), Body("level")),
        )
    ),
    Call((("c", "0"),)),
)
