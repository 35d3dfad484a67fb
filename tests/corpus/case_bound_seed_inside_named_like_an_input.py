"""G105, L7: a seed bound inside a nested graph is not the input outside that has its name."""

from __future__ import annotations

from tests.differential.spec import Call, Case, Fn, GraphSpec, Param, Sub

CASE = Case(
    GraphSpec(
        (
            Fn("n0", (Param("c", "c"),), ("a",)),
            Sub(
                "inner",
                GraphSpec(
                    (
                        Fn("n5", (Param("h", "h"),), ("g",)),
                        Fn("n3", outputs=("f",)),
                        Fn("n1", (Param("c", "c"),), ("d",)),
                        Fn("n6", (Param("g", "g"),), ("h",)),
                        Fn("n0", (Param("e", "e"),), ("c",)),
                        Sub(
                            "inner",
                            GraphSpec((Fn("n0", (Param("a", "a"),), ("a",)),)),
                            renamed_outputs=(("a", "b"),),
                            outputs=("b",),
                        ),
                        Sub(
                            "n2",
                            GraphSpec((Fn("step", (Param("in_0", "in_0"),), ("out_0",)),)),
                            (("in_0", "d"),),
                            (("out_0", "e"),),
                            ("e",),
                        ),
                    ),
                    bound=(("c", "3"),),
                ),
                (("a", "d"), ("h", "a"), ("d", "c")),
                (
                    ("g", "f"),
                    ("f", "g"),
                    ("d", "h"),
                    ("h", "j"),
                    ("c", "k"),
                    ("b", "m"),
                    ("e", "p"),
                ),
                ("f", "g", "h", "j", "k", "m", "p"),
            ),
        )
    ),
    Call((("a", "0"),)),
    True,
)
