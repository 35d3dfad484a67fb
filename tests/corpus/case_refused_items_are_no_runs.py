"""X18: items that fail their checks tell no events of their own; the map around them does."""

from __future__ import annotations

from tests.differential.spec import Body, Call, Case, Fn, Gate, GraphSpec, Param, Sub

CASE = Case(
    GraphSpec(
        (
            Sub(
                "inner",
                GraphSpec(
                    (
                        Fn("n2", (Param("c", "c"),)),
                        Gate(
                            "n1",
                            (Param("b", "b"),),
                            ("END",),
                            Body("pick", (("END", "END", None),)),
                        ),
                        Fn("n0", (Param("a", "a"),), ("b",)),
                    ),
                    bound=(("b", "()"), ("a", "[0, 2]")),
                ),
                (("c", "m"),),
                outputs=("r",),
                map_over=("m",),
            ),
        )
    ),
    Call((("m", "[0]"),)),
)
