"""X151: a name that no edge carries comes from the caller, even if an interrupt outputs it."""

from __future__ import annotations

from tests.differential.spec import Ask, Body, Call, Case, GraphSpec, Param

CASE = Case(
    GraphSpec(
        (Ask("n1", (Param("b", "b"),), ("g",), Body("ask", (0,))), Ask("n0", outputs=("b",))),
        edges=(),
    ),
    Call((("b", "0"),)),
    True,
)
