"""X151: an edge that only orders can close a loop."""

from __future__ import annotations

from tests.differential.spec import Body, Call, Case, Fn, Gate, GraphSpec, Param

CASE = Case(
    GraphSpec(
        (
            Fn("c", outputs=("h",), wait_for=("s",)),
            Gate("n6", (Param("h", "h"),), ("c",), Body("pick", (("c", "c", "c"),))),
            Fn("reads", (Param("h", "h"), Param("k", "k")), emit=("s",)),
            Fn("n5", outputs=("k",)),
        ),
        edges=(("n5", "reads", ("k",)), ("c", "n5", ()), ("c", "reads", ("h",))),
    ),
    Call(),
)
