"""Whole modules, for graphs at the edges of what can be declared."""

from __future__ import annotations

import re

import pytest

from tests.artifact.workplace import Workplace

HEAD = """
    from hypergraph import END, Graph, node, route

    @node(output_name="y")
    def same(x): return x
"""


def body(place: Workplace, source: str) -> list[str]:
    """The functions of a module, without blank lines and places."""
    text = re.sub("  # rag.py:[0-9]+$", "", place.compile(HEAD + source).text, flags=re.M)
    _, _, after = text.partition("\n\n\n")
    functions, _, _ = after.partition("\n\n\nprogram = ")
    return [line for line in functions.splitlines() if line]


def test_a_graph_of_nothing(place: Workplace) -> None:
    artifact = place.compile(HEAD + "\n    graph = Graph([], name='nothing')\n")
    assert "from hypergraph.runtime import Inputs, Program\n\n\ndef nothing():" in artifact.text
    assert artifact.program().run().values == {}


def test_a_graph_without_a_name_is_called_graph(place: Workplace) -> None:
    artifact = place.compile(HEAD + "\n    graph = Graph([same])\n")
    assert artifact.name == artifact.program().name == "graph"
    assert "name=" not in artifact.text


def test_a_graph_whose_name_is_taken_says_its_name(place: Workplace) -> None:
    artifact = place.compile(HEAD + "\n    graph = Graph([same], name='print')\n")
    assert "def print_(x):" in artifact.text and 'name="print",' in artifact.text
    assert artifact.program().name == "print"


def test_a_node_without_output_is_a_plain_call(place: Workplace) -> None:
    source = """
    @node
    def tell(x): print(x)
    graph = Graph([tell], name="g")
    """
    assert body(place, source) == ["def g(x):", "    # superstep 1", "    tell(x)", "    return ()"]


def test_what_a_graph_does_not_select_is_not_kept(place: Workplace) -> None:
    source = """
    @node(output_name="z")
    def other(x): return -x
    graph = Graph([same, other], name="g").select("z")
    """
    lines = body(place, source)
    assert lines[2:] == ["    same(x)", "    z = other(x)", "    return (z,)"]


def test_imports_name_what_is_used_and_constants_first(place: Workplace) -> None:
    source = """
    @node(output_name=("a", "b"))
    def both(x): return x, x
    @node(output_name="n")
    def up(n): return n + 1
    @route(targets=["up", END])
    def on(n): return END
    graph = Graph([both, up, on], name="g")
    """
    text = place.compile(HEAD + source).text.replace("\n", " ")
    listed = text.rpartition("from hypergraph.runtime import ")[2].partition(" import ")[0]
    names = listed.replace("(", "").replace(")", "").replace(",", " ").split()
    assert names == ["END", "Inputs", "Program", "differs", "endless", "invalid_target", "unpack"]


def test_outputs_and_inputs_are_told_to_callers(place: Workplace) -> None:
    source = """
    @node(output_name="draft")
    def write(draft, hint): return draft + hint
    @node(output_name="hint")
    def judge(draft): return ""
    @route(targets=["write", END])
    def good(hint): return END
    graph = Graph([write, judge, good, same.with_inputs(x="class")], name="g").bind(**{"class": 1})
    """
    text = place.compile(HEAD + source).text
    inputs, _, _ = text.partition("inputs=")[2].partition("    outputs=")
    assert "".join(inputs.split()) == (
        'Inputs(optional=("class",),'
        'loops=({"judge":("draft",),"write":("draft","hint")},),'
        'parameters={"class":"class_"},bound={"class":1},),'
    )


@pytest.mark.parametrize("mode", ["sync", "async"])
def test_hundreds_of_nodes(place: Workplace, mode: str) -> None:
    source = """
    steps = [
        same.with_name(f"n{i}").with_inputs(x=f"v{i}").with_outputs(y=f"v{i + 1}")
        for i in range(300)
    ]
    graph = Graph(steps, name="chain")
    """
    artifact = place.compile(HEAD + source, mode="async" if mode == "async" else "sync")
    assert artifact.text.count("    # superstep ") == 300
    assert artifact.text.count(".func\n") == 1


def test_a_function_that_serves_nodes_of_several_names_goes_by_its_own(place: Workplace) -> None:
    source = """
    first = same.with_name('first').with_outputs(y='a')
    then = same.with_name('then').with_inputs(x='a')
    graph = Graph([first, then])
    """
    assert body(place, source) == [
        "def graph(x):",
        "    # superstep 1",
        "    a = same(x)",
        "    # superstep 2",
        "    y = same(a)",
        "    return a, y",
    ]


def test_a_name_that_another_node_has_is_not_taken_from_it(place: Workplace) -> None:
    source = """
    @node(output_name="w")
    def other(y): return y

    first = same.with_name('first').with_outputs(y='a')
    then = same.with_name('then').with_inputs(x='a')
    graph = Graph([first, then, other.with_name('same')])
    """
    text = "\n".join(body(place, source))
    assert "a = first(x)" in text and "y = first(a)" in text and "w = same(y)" in text
