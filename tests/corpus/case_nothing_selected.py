"""X22: an empty selection selects nothing, so nothing can be missing."""

from __future__ import annotations

from tests.differential.spec import Call, Case, Fn, GraphSpec, Param

CASE = Case(GraphSpec((Fn("n0", (Param("a", "a"),), ("b",)),)), Call(select=(), on_missing="warn"))
