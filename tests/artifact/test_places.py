"""At each call of a generated file stands where its function was written."""

from __future__ import annotations

import re

import pytest

from hypergraph.compiler.artifact import Artifact
from hypergraph.compiler.emit.places import with_places
from tests.artifact.workplace import Workplace

HELPERS = """
    def shout(text): return text.upper()
"""


def calls(artifact: Artifact) -> dict[str, str]:
    """The place behind each call, by what stands before it."""
    found = re.findall(r"^ +(\S.*?)  # (.*)$", artifact.text, flags=re.MULTILINE)
    return dict(found)


def test_a_place_is_seen_from_the_folder_of_the_graph(place: Workplace) -> None:
    for folder in ("shop", "shop/desk", "shop/parts", "shop/desk/more"):
        place.write(f"{folder}/__init__.py", "")
    for file in ("shop/parts/loud.py", "shop/desk/more/soft.py", "shop/desk/near.py"):
        place.write(file, HELPERS)
    source = """
        from hypergraph import Graph, node
        from shop.desk.more import soft
        from shop.desk import near
        from shop.parts import loud

        @node(output_name="a")
        def own(x): return x

        graph = Graph([
            own,
            node(loud.shout, "b").with_name("loud"),
            node(soft.shout, "c").with_name("soft"),
            node(near.shout, "d").with_name("near"),
        ], name="g")
    """
    assert calls(place.compile(source, "shop/desk/app.py")) == {
        "a = own(x)": "app.py:7",
        "b = loud(text)": "../parts/loud.py:2",
        "c = soft(text)": "more/soft.py:2",
        "d = near(text)": "near.py:2",
    }


def test_what_is_installed_has_a_module_only(place: Workplace) -> None:
    """Its lines are not those of another machine."""
    place.write("venv/lib/site-packages/borrowed.py", HELPERS)
    source = """
        import json, math, sys
        sys.path.append(__file__.replace("app.py", "venv/lib/site-packages"))
        import borrowed
        from hypergraph import Graph, node

        graph = Graph([
            node(json.loads, "data"), node(math.sqrt, "root"), node(borrowed.shout, "loud")
        ], name="g")
    """
    found = calls(place.compile(source, "app.py"))
    assert found["root = sqrt(x)"] == "in math" and found["loud = shout(text)"] == "in borrowed"
    assert [told for call, told in found.items() if "loads(" in call] in (["in json"], [])


def test_a_nested_graph_is_where_it_was_built(place: Workplace) -> None:
    source = """
        from hypergraph import Graph, node

        @node(output_name="y")
        def same(x): return x

        inner = Graph([same], name="inner")
        graph = Graph([inner.as_node().map_over("x")], name="g")
    """
    found = calls(place.compile(source, "app.py"))
    assert found == {
        "y = same(x)": "app.py:4",
        'y = [inner(x_item) for x_item in each({"x": x})]': "app.py:7",
    }


def test_calls_that_overlap_are_told_above(place: Workplace) -> None:
    source = """
        from hypergraph import Graph, node

        @node(output_name="a")
        async def one(x): return x

        @node(output_name="b")
        async def two(x): return x

        graph = Graph([one, two], name="g")
    """
    found = calls(place.compile(source, "app.py"))
    assert found == {"(a, b), error = await together(one(x), two(x))": "app.py:4, app.py:7"}


def test_a_line_gets_no_longer_than_the_width() -> None:
    text = "if yes:\n    y = f(x)\nz = [\n    f(x),\n    g(x),\n]\n"
    told = with_places(text, {"f": "rag.py:3", "g": "rag.py:7"}, width=22)
    assert told.splitlines() == [
        "if yes:",
        "    # rag.py:3",
        "    y = f(x)",
        "# rag.py:3, rag.py:7",
        "z = [",
        "    f(x),",
        "    g(x),",
        "]",
    ]


@pytest.mark.parametrize("name", ["# fmt: skip", "a # type: ignore", "fmt: off"])
def test_a_file_cannot_give_orders_to_tools(place: Workplace, name: str) -> None:
    source = """
        from hypergraph import Graph, node

        @node(output_name="y")
        def same(x): return x

        graph = Graph([same], name="g")
    """
    (told,) = calls(place.compile(source, f"{name}.py")).values()
    assert told == name.replace("#", r"\x23").replace(":", r"\x3a") + ".py:4"


def test_a_place_goes_above_a_line_that_black_takes_for_wide() -> None:
    line = f'名前 = f("{"語" * 20}")'
    assert with_places(line, {"f": "a_module.py:3"}, width=60) == f"# a_module.py:3\n{line}"
