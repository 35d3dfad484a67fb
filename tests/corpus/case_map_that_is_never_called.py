"""X23, X97: a mapped graph whose input nobody gives is not called, so nothing is owed."""

from __future__ import annotations

from tests.differential.spec import Body, Call, Case, Fn, Gate, GraphSpec, Param, Sub

CASE = Case(
    GraphSpec(
        (
            Sub(
                "my-inner",
                GraphSpec(
                    (
                        Fn("y", (Param("END", "END"),), ("graph",)),
                        Gate(
                            "OPEN",
                            targets=("y",),
                            body=Body("pick", (("range", "n0"),)),
                            default_open=False,
                        ),
                    ),
                    entrypoints=("y",),
                ),
                (("END", "d"),),
                outputs=("e",),
                map_over=("d",),
            ),
        )
    ),
    Call(select=()),
)
