"""X68: an answer is among the values even if its interrupt lacks an input and cannot run."""

from __future__ import annotations

from tests.differential.spec import Ask, Call, Case, Fn, GraphSpec, Param

CASE = Case(
    GraphSpec(
        (Ask("n0", (Param("a", "a"),), ("Inputs",)), Fn("été", (Param("Inputs", "Inputs"),)))
    ),
    Call((("Inputs", "0"),)),
    True,
)
