"""X151: asyncio, an ordering edge that makes a loop of a gate and its target."""

from __future__ import annotations

from tests.differential.spec import Body, Call, Case, Fn, Gate, GraphSpec, Param

CASE = Case(
    GraphSpec(
        (
            Fn("y", outputs=("p",)),
            Fn("n1", (Param("p", "p"),)),
            Gate("r", (Param("p", "p"),), ("y",), Body("pick", ((None, "y"),))),
        ),
        edges=(("y", "r", ("p",)), ("n1", "r", ())),
    ),
    Call((("p", "0"),), on_internal_override="ignore"),
    True,
)
