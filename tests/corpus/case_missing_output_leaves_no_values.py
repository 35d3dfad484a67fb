"""X69: a run that fails for want of a selected output has no values, seeds included."""

from __future__ import annotations

from tests.differential.spec import Call, Case, Fn, GraphSpec, Param

CASE = Case(
    GraphSpec(
        (
            Fn("n5", (Param("s", "s"),), ("p",)),
            Fn("n6", (Param("p", "p"), Param("q", "q")), ("q",)),
            Fn("n7", (Param("q", "q"),), ("r",)),
            Fn("n8", (Param("r", "r"),), ("s",)),
        )
    ),
    Call((("s", "0"),), ("s", "q"), "error"),
    True,
)
