"""The order of definitions, and statements that matter for what they do."""

from __future__ import annotations

from tests.link.packages import Packages, names_in


def test_definitions_stand_as_their_modules_ran_them(packages: Packages) -> None:
    packages.write(
        app__base="""
        def register(func): return func
        RATE = 0.5
        """,
        app__table="""
        from app.base import RATE
        def scaled(x): return x * RATE
        TABLE = {"a": scaled(2)}
        """,
        app__steps="""
        from app.table import TABLE, scaled
        from app.base import register

        @register
        def look(key, default=TABLE["a"]): return TABLE.get(key, default) + later(1)
        class Look(dict): table = TABLE
        def later(x): return scaled(x)
        """,
    )
    inlined = packages.link("app.steps:look", "app.steps:Look")
    assert names_in(inlined) == [
        "register", "RATE", "scaled", "TABLE", "look", "Look", "later",
    ]  # fmt: skip
    assert packages.run("app.steps:look", "app.steps:Look").look("b") == 1.5


def test_modules_that_import_each_other_are_put_in_a_possible_order(packages: Packages) -> None:
    packages.write(
        app__a="""
        from app import b
        class Base: pass
        def one(): return b.two()
        """,
        app__b="""
        import app.a
        def two(): return app.a.Base.__name__, three()
        def three():
            from app.a import Base
            return Base().__class__.__name__
        """,
        app__c="""
        def lazily():
            from app.d import Derived
            return Derived()
        class Root: pass
        """,
        app__d="from app.c import Root\nclass Derived(Root): pass",
    )
    assert packages.run("app.a:one").one() == ("Base", "Base")
    assert type(packages.run("app.c:lazily").lazily()).__name__ == "Derived"


def test_the_runtime_comes_first(packages: Packages) -> None:
    packages.write(steps="""
        from hypergraph import END
        LAST = [END]
        def decide(): return LAST[0]
        """)
    inlined = packages.link("steps:decide")
    assert [block.module for block in inlined.blocks][-2:] == ["steps", "steps"]
    made = packages.run("steps:decide")
    assert made.decide() is made.END


def test_statements_that_change_an_object_come_with_it(packages: Packages) -> None:
    packages.write(app__steps="""
        TABLE = {}
        OTHER = {}
        KEYS = ["a", "b"]

        def upper(text): return text.upper()

        TABLE["z"] = upper("z")
        OTHER["z"] = 1
        for key in KEYS:
            TABLE[key] = upper(key)
        TABLE.update(c="C")
        upper.tags = ["x"]

        def look(): return sorted(TABLE.values()) + upper.tags
        """)
    made = packages.run("app.steps:look", taken=["key"])
    assert made.look() == ["A", "B", "C", "Z", "x"] and not hasattr(made, "OTHER")
    assert not hasattr(made, "key")


def test_functions_that_register_themselves_come_with_what_they_register_at(
    packages: Packages,
) -> None:
    packages.write(steps="""
        from functools import singledispatch

        @singledispatch
        def shown(value): return "object"

        @shown.register(int)
        def _(value): return "int"

        @shown.register
        def _(value: str): return "str"

        def run(value): return shown(value)
        def alone(value): return value
        """)
    made = packages.run("steps:run")
    assert [made.run(value) for value in (1, "a", 1.5)] == ["int", "str", "object"]
    assert names_in(packages.link("steps:alone")) == ["alone"]


def test_statements_that_set_up_other_packages_come_along(packages: Packages) -> None:
    packages.write(steps="""
        import logging
        import sys
        import warnings

        sys.path.insert(0, "somewhere")
        logging.getLogger("steps.test").setLevel(logging.ERROR)
        print
        "a string"

        def run(): return logging.getLogger("steps.test").level

        if __name__ == "__main__":
            print(run())
        """)
    inlined = packages.link("steps:run")
    assert [block.text for block in inlined.blocks if not block.name] == [
        'logging.getLogger("steps.test").setLevel(logging.ERROR)'
    ]
    assert inlined.imports == ("import logging",)


def test_statements_about_graphs_and_nodes_stay_behind(packages: Packages) -> None:
    packages.write(steps="""
        from hypergraph import Graph, SyncRunner, node

        @node(output_name="y")
        def double(x): return 2 * x

        graph = Graph([double], name="doubling")
        assert SyncRunner().run(graph, x=2)["y"] == 4
        REGISTERED = []
        REGISTERED.append(double)
        graph.inputs.required
        """)
    assert names_in(packages.link("steps:double")) == ["double"]


def test_overloads_stay_together(packages: Packages) -> None:
    packages.write(
        app__a="def size(x): return x\ndef one(x): return size(x)",
        app__steps="""
        from typing import overload

        @overload
        def size(x: int) -> int: ...
        @overload
        def size(x: str) -> int: ...
        def size(x): return len(str(x))

        def run(x): return size(x)
        """,
    )
    made = packages.run("app.a:one", "app.steps:run")
    assert made.run(123) == 3
