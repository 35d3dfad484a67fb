"""X29: a loop that one name or two may enter is no reason to refuse a file of it."""

from __future__ import annotations

from tests.differential.spec import Call, Case, Fn, GraphSpec, Param

CASE = Case(
    GraphSpec(
        (
            Fn("n16", (Param("z", "z"), Param("y", "y")), ("y",)),
            Fn("n17", (Param("y", "y"),), ("z",)),
        )
    ),
    Call((("y", "0"),)),
)
