"""X105: a pause shows an input that the caller left to its default."""

from __future__ import annotations

from tests.differential.spec import Ask, Call, Case, GraphSpec, Param

CASE = Case(
    GraphSpec(
        (
            Ask("n0", (Param("a", "a", default="0"),), ("b",)),
            Ask("n4", (Param("c", "c"),), ("d",)),
        )
    ),
    Call(select=()),
    True,
)
