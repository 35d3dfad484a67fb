"""X129: the decision told of a gate that returns None is None."""

from __future__ import annotations

from tests.differential.spec import Body, Call, Case, Gate, GraphSpec, Param

CASE = Case(
    GraphSpec(
        (Gate("n0", (Param("a", "a"),), ("END",), Body("pick", ((None,),)), multi_target=True),)
    ),
    Call((("a", "0"),)),
)
