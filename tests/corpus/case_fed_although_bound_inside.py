"""K18: what is bound inside a graph node does not replace a producer outside."""

from __future__ import annotations

from tests.differential.spec import Call, Case, Fn, GraphSpec, Param, Sub

CASE = Case(
    GraphSpec(
        (
            Fn("n0", (Param("k", "k"),), ("h",)),
            Sub(
                "sub",
                GraphSpec((Fn("n0", (Param("a", "a"),), ("b",)),), bound=(("a", "0"),)),
                (("a", "h"),),
                (("b", "m"),),
                ("m",),
            ),
        )
    ),
    Call((("k", "0"),)),
)
