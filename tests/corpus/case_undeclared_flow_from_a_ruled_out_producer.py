"""X151: a name without a declared edge comes from its producer, whose gates may rule it out."""

from __future__ import annotations

from tests.differential.spec import Body, Call, Case, Fn, Gate, GraphSpec, Param

CASE = Case(
    GraphSpec(
        (
            Fn("n2", outputs=("d", "e")),
            Fn("n3", (Param("d", "d"),)),
            Fn("n4", (Param("d", "d"),)),
            Gate("n1", targets=("n2",), body=Body("pick", (("END", "n2", "n2"),))),
            Fn("n5", (Param("e", "e"), Param("d", "d"))),
            Fn("n7", (Param("e", "e"),)),
            Gate("n0", (Param("a", "a"),), ("n1",), Body("pick", (("n1", None, "n1"),))),
        ),
        edges=(("n2", "n4", None), ("n2", "n7", ("e",)), ("n3", "n0", ())),
    ),
    Call((("a", "0"),)),
)
