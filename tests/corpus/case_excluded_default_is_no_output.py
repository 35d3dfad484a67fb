"""X68: a default of a node that an entry point excludes is no output."""

from __future__ import annotations

from tests.differential.spec import Body, Call, Case, Fn, GraphSpec, Param

CASE = Case(
    GraphSpec(
        (
            Fn("n1", (Param("a", "a", default="0"),), ("b",)),
            Fn("n0", (Param("a", "a", default="0"),), ("a",), Body("down")),
        ),
        entrypoints=("n1",),
    ),
    Call(),
)
