"""X44: in a loop, a gate that another gate has not let run yet holds nothing back."""

from __future__ import annotations

from tests.differential.spec import Body, Call, Case, Fn, Gate, GraphSpec, Param

CASE = Case(
    GraphSpec(
        (
            Fn("n5", (Param("v", "v"),), ("v",), Body("level")),
            Gate(
                "n6", targets=("n5",), body=Body("pick", (([], [], [], None),)), multi_target=True
            ),
            Gate("n7", (Param("v", "v"),), ("n6", "END"), Body("below", (1, "END", "n6"))),
        )
    ),
    Call((("v", "0"),)),
)
