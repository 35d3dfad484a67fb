"""Drawings of graphs: Mermaid text, pictures and plain text."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from pathlib import Path
from typing import Any

import pytest

from hypergraph import END, FunctionNode, Graph, RouteNode, node
from tests.graph.making import ask, choice, fork, function, step


def sample() -> Graph:
    """Every kind of node and edge, and one level of nesting."""
    inner = Graph(
        [step("a", "x", "v"), fork("g", "v", "b", END), step("b", "v", "n")], name="inner"
    )
    return Graph(
        [
            step("load", "path", "x", emit="loaded"),
            inner.as_node(),
            ask("approve", "n", "verdict"),
            step("note", "day", "text", wait_for="loaded"),
        ]
    )


def test_g120_mermaid_text_shows_nodes_by_shape_and_edges_by_kind() -> None:
    assert sample().to_mermaid() == (
        "flowchart TD\n"
        '    n0["load"]\n'
        '    n1[["inner"]]\n'
        '    n2{{"approve"}}\n'
        '    n3["note"]\n'
        '    n0 -->|"x"| n1\n'
        '    n1 -->|"n"| n2\n'
        '    n0 -.->|"loaded"| n3\n'
    )


def test_g120_depth_opens_nested_graphs() -> None:
    text = sample().to_mermaid(depth=1, direction="LR")
    assert text.startswith("flowchart LR\n")
    assert (
        '    subgraph n1["inner"]\n'
        '        n1_0["a"]\n'
        '        n1_1{"g"}\n'
        '        n1_2["b"]\n'
        '        n1_end(["END"])\n'
        '        n1_0 -->|"v"| n1_1\n'
        '        n1_0 -->|"v"| n1_2\n'
        '        n1_1 ==>|"True"| n1_2\n'
        '        n1_1 ==>|"False"| n1_end\n'
        "    end\n"
    ) in text


def test_g120_every_branch_is_drawn_to_what_follows() -> None:
    nodes = [fork("g", "x", "a", "b"), step("a", "", "v"), step("b", "", "v"), step("c", "v", "w")]
    text = Graph(nodes).to_mermaid()
    assert 'n1 -->|"v"| n3' in text and 'n2 -->|"v"| n3' in text


def test_g120_decisions_are_labelled_with_their_descriptions() -> None:
    gate = RouteNode(function("pick", "x"), {"a": "has a title", END: "is empty"})
    text = Graph([gate, step("a", "x")]).to_mermaid()
    assert 'n0 ==>|"has a title"| n1' in text and 'n0 ==>|"is empty"| nend' in text


def test_g120_types_are_shown_on_request() -> None:
    @node(output_name="n")
    def count(text: str) -> list[int]:
        return []

    text = Graph([count, step("use", "n", "m")]).to_mermaid(show_types=True)
    assert 'n0 -->|"n: list#91;int#93;"| n1' in text


def test_g120_values_have_boxes_of_their_own_on_request() -> None:
    text = Graph([step("a", "x", "v"), step("b", "v", "w")]).to_mermaid(separate_outputs=True)
    lines = ['nv0("v")', 'nv1("w")', "n0 --> nv0", "n1 --> nv1", "nv0 --> n1"]
    assert all(f"    {line}\n" in text for line in lines)


def test_g120_hidden_nodes_are_left_out_with_their_edges() -> None:
    hidden = FunctionNode(function("b", "v"), "b", "w", hide=True)
    graph = Graph([step("a", "x", "v"), hidden, choice("c", "w", "b", END)])
    assert graph.to_mermaid() == (
        'flowchart TD\n    n0["a"]\n    n1{"c"}\n    nend(["END"])\n    n1 ==> nend\n'
    )
    assert list(graph.nx_graph) == ["a", "b", "c"]


def test_g120_colours_are_given_by_shape() -> None:
    text = sample().to_mermaid(colors={"interrupt": "gold", "function": "#abc"})
    assert "    classDef interrupt_box fill:gold\n    class n2 interrupt_box\n" in text
    assert "    classDef function_box fill:#abc\n    class n0,n3 function_box\n" in text


@pytest.mark.parametrize(
    ("options", "fact"),
    [
        ({"direction": "UP"}, "direction … 'UP'"),
        ({"direction": "TD\n  click n0"}, "direction"),
        ({"colors": {"gates": "red"}}, "no shape 'gates'"),
        ({"colors": {"gate": "red;click"}}, "'red;click' … no colour"),
    ],
)
def test_g120_options_that_mean_nothing_are_refused(options: Any, fact: str) -> None:
    with pytest.raises(ValueError) as caught:
        sample().to_mermaid(**options)
    assert fact.split(" … ")[0] in str(caught.value) and "How to fix" in str(caught.value)


HOSTILE = (
    'x"]; click n0 "javascript:alert(1)"',
    "end\nsubgraph x",
    "`**bold**` <script>alert(1)</script> & %% comment",
    "#quot;]--> n9",
)


@pytest.mark.parametrize("name", HOSTILE)
def test_g120_no_name_can_break_out_of_mermaid_text(name: str) -> None:
    inner = Graph([step("a", "x", "v")])
    gate = RouteNode(function("g", "v"), {"b": name})
    nested = inner.as_node(name=name.replace("/", "").replace(".", ""))
    graph = Graph([nested, gate, step("b", "v", "w")])
    for text in (graph.to_mermaid(), graph.to_mermaid(depth=1)):
        outside = re.sub('"[^"\n]*"', "", text)
        assert re.fullmatch(r"[\w\s\[\]{}()|>=.-]+", outside), outside
        for label in re.findall('"([^"\n]*)"', text):
            assert re.fullmatch(r"([\w .,:-]|#\d+;)*", label)


@pytest.mark.parametrize("name", [*HOSTILE, "\x00\x1b\ud800"])
def test_g120_no_name_can_break_out_of_a_picture(name: str, tmp_path: Path) -> None:
    title = name.replace("/", "").replace(".", "")
    graph = Graph([Graph([step("a", "x", "v")]).as_node(name=title)], name=title)
    drawn = graph.visualize(depth=1, filepath=tmp_path / "page.html")
    texts = [e.text for e in ElementTree.fromstring(drawn.svg).iter() if e.tag.endswith("text")]
    assert texts == ["".join(c if c.isprintable() else " " for c in title), "a"]
    assert "<script" not in (tmp_path / "page.html").read_text(encoding="utf-8")


def test_g120_a_picture_is_saved_as_its_suffix_asks(tmp_path: Path) -> None:
    for suffix, start in ((".html", "<!doctype html>"), (".svg", "<svg"), (".mmd", "flowchart TD")):
        path = tmp_path / f"graph{suffix}"
        drawn = sample().visualize(filepath=path)
        assert path.read_text(encoding="utf-8").startswith(start)
    assert drawn._repr_html_() == drawn.svg and drawn.mermaid == sample().to_mermaid()
    assert "http" not in drawn.page.replace("http://www.w3.org/2000/svg", "")


def test_g120_a_picture_has_a_box_for_every_node_and_a_line_for_every_edge() -> None:
    root = ElementTree.fromstring(sample().visualize(depth=1).svg)
    tags = [element.tag.rpartition("}")[2] for element in root.iter()]
    lines = [e for e in root.iter() if e.get("class", "").startswith("line")]
    assert (tags.count("rect"), tags.count("polygon"), len(lines)) == (7, 1, 7)


def test_g120_boxes_lie_below_those_that_lead_to_them() -> None:
    graph = Graph([step("c", "b", "d"), step("b", "a", "b"), step("a", "x", "a")])
    root = ElementTree.fromstring(graph.visualize().svg)
    heights = {e.text: float(e.get("y", "")) for e in root.iter() if e.tag.endswith("text")}
    assert heights.get("a", 0) < heights.get("b", 0) < heights.get("c", 0)


def test_g120_loops_and_empty_graphs_are_drawn_too() -> None:
    looping = Graph([step("a", "q", "p"), step("b", "p q", "q"), choice("g", "p", "a", END)])
    assert "marker-end" in looping.visualize(theme="dark").svg
    assert "<svg" in Graph([]).visualize(theme="light").svg


def test_g120_an_unknown_theme_is_refused() -> None:
    with pytest.raises(ValueError, match="theme must be"):
        sample().visualize(theme="sepia")


def test_g120_debug_viz_lists_all_levels_as_text() -> None:
    assert sample().debug_viz().splitlines() == [
        "load: FUNCTION (path) -> (x, loaded)",
        "inner: GRAPH (x) -> (v, n)",
        "approve: FUNCTION (n) -> (verdict)",
        "note: FUNCTION (day) -> (text)",
        "inner/a: FUNCTION (x) -> (v)",
        "inner/g: BRANCH (v) -> ()",
        "inner/b: FUNCTION (v) -> (n)",
        "load -> inner: data x",
        "inner -> approve: data n",
        "load -> note: ordering loaded",
        "inner/a -> inner/g: data v",
        "inner/a -> inner/b: data v",
        "inner/g -> inner/b: control",
    ]
