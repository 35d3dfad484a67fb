"""XE25: a misspelt input warns before the missing one raises."""

from __future__ import annotations

from tests.differential.spec import Call, Case, Fn, GraphSpec, Param

CASE = Case(GraphSpec((Fn("n0", (Param("a", "a"),), ("b",)),)), Call((("misspelt", "0"),)))
