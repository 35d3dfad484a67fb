"""What the linker takes along: everything of the user's own that a definition needs."""

from __future__ import annotations

from tests.link.packages import Packages, names_in


def test_a_node_becomes_its_plain_function(packages: Packages) -> None:
    packages.write(steps="""
        from hypergraph import node

        # Comments right above a definition belong to it.
        @node(output_name="y")
        def double(x):
            \"\"\"Twice as much.\"\"\"
            return 2 * x  # and so do these
        """)
    (block,) = packages.link("steps:double").blocks
    assert block.text.splitlines() == [
        "# Comments right above a definition belong to it.",
        "def double(x):",
        '    """Twice as much."""',
        "    return 2 * x  # and so do these",
    ]
    assert block.place == "steps.py:4"


def test_helpers_constants_and_imports_come_along_and_nothing_else(packages: Packages) -> None:
    packages.write(
        app__text="""
        import json
        import re
        from os import path, sep

        WORD = re.compile(r"[a-z]+")
        UNUSED = json.dumps({})

        def words(text):
            return WORD.findall(lowered(text))

        def lowered(text):
            return text.lower()
        """,
        app__steps="""
        from hypergraph import Graph, node
        from app.text import words

        @node(output_name="count")
        def count(text):
            return len(words(text))

        graph = Graph([count])
        """,
    )
    inlined = packages.link("app.steps:count")
    assert inlined.imports == ("import re",)
    assert names_in(inlined) == ["WORD", "words", "lowered", "count"]
    assert packages.run("app.steps:count").count("One two") == 2


def test_decorators_of_ours_go_however_they_were_imported(packages: Packages) -> None:
    packages.write(steps="""
        import functools
        import hypergraph
        import hypergraph as hg
        from hypergraph import END, FunctionNode, ifelse as either, route
        from hypergraph import node as step

        cached = functools.partial(step, cache=True)

        @step(output_name="a")
        def first(x): return x + 1

        @hypergraph.node(output_name="b")
        def second(x): return x + 2

        @hg.interrupt(output_name="c")
        def third(x): return x + 3

        @either(when_true="first", when_false="second")
        def fourth(x): return x > 4

        @route(targets=["first", END])
        def fifth(x): return END if x else "first"

        @cached(output_name="d")
        def sixth(x): return x + 6

        @FunctionNode
        def seventh(x): return x + 7
        """)
    names = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh"]
    inlined = packages.link(*(f"steps:{name}" for name in names))
    assert "@" not in "".join(block.text for block in inlined.blocks if block.module == "steps")
    assert inlined.imports == ()
    made = packages.run(*(f"steps:{name}" for name in names))
    assert (made.first(1), made.second(1), made.sixth(1), made.fourth(5)) == (2, 3, 7, True)
    assert made.fifth(1) is made.END


def test_other_decorators_stay_and_come_along(packages: Packages) -> None:
    packages.write(steps="""
        import functools
        from hypergraph import node

        def shouting(func):
            @functools.wraps(func)
            def wrapper(text): return func(text).upper()
            return wrapper

        @node(output_name="y")
        @shouting
        def greet(name): return f"hello {name}"
        """)
    assert packages.run("steps:greet").greet("you") == "HELLO YOU"


def test_nodes_made_by_a_call_are_found(packages: Packages) -> None:
    packages.write(steps="""
        from hypergraph import node

        def double(x): return 2 * x
        def half(x): return x / 2

        twice = node(double, output_name="y")
        half = node(half, output_name="z")
        again = twice.with_name("again")

        def both(x): return twice(x), half(x), again.func(x)
        """)
    assert packages.root("steps:twice") == packages.root("steps:double")
    inlined = packages.link("steps:both", "steps:half")
    assert names_in(inlined) == ["double", "half", "both"]
    assert inlined.blocks[-1].text == "def both(x): return double(x), half(x), double(x)"


def test_a_node_of_another_graph_called_as_a_function_becomes_one(packages: Packages) -> None:
    packages.write(
        app__other="""
        from hypergraph import Graph, node

        @node(output_name="area")
        def square(side): return side * side

        graph = Graph([square])
        """,
        app__steps="""
        from app.other import square

        def cube(side): return side * square(side)
        """,
    )
    assert packages.run("app.steps:cube").cube(3) == 27


def test_functions_may_call_themselves_and_each_other(packages: Packages) -> None:
    packages.write(steps="""
        def even(n): return True if n == 0 else odd(n - 1)
        def odd(n): return False if n == 0 else even(n - 1)
        def factorial(n): return 1 if n < 2 else n * factorial(n - 1)
        """)
    made = packages.run("steps:even=is_even", "steps:factorial=product")
    assert made.is_even(10) and made.product(5) == 120


def test_classes_enums_dataclasses_and_aliases_come_along(packages: Packages) -> None:
    packages.write(steps="""
        from dataclasses import dataclass, field
        from enum import Enum
        from typing import ClassVar, Union

        LIMIT = 3
        Number = Union[int, float]

        class Kind(Enum):
            SMALL = "small"
            LARGE = "large"

        class Base:
            def kind(self): return Kind.LARGE if self.size > LIMIT else Kind.SMALL

        @dataclass(frozen=True)
        class Box(Base):
            size: Number
            tags: list[str] = field(default_factory=list)
            count: ClassVar[int] = LIMIT

        def kind_of(size: Number) -> Kind:
            return Box(size).kind()
        """)
    made = packages.run("steps:kind_of")
    assert made.kind_of(9) is made.Kind.LARGE
    assert list(made.Box.__dataclass_fields__) == ["size", "tags", "count"]
    assert repr(made.Box(1)) == "Box(size=1, tags=[])"


def test_what_stays_imported_can_be_a_root(packages: Packages) -> None:
    packages.write(steps="ROOTED = 1")
    inlined = packages.link("steps:ROOTED", "math:sqrt")
    assert inlined.imports == ("from math import sqrt",)
    inlined = packages.link("steps:ROOTED", "math:sqrt=root_of", "builtins:len=size")
    assert inlined.imports == (
        "from builtins import len as size",
        "from math import sqrt as root_of",
    )
