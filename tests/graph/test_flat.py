"""All levels of a graph in one networkx graph."""

from __future__ import annotations

from hypergraph import Graph
from tests.graph.making import step


def two_levels() -> Graph:
    """A graph in a graph in a graph."""
    inner = Graph([step("a", "x", "v"), step("b", "v n", "n")], name="inner").bind(x=1)
    middle = Graph([inner.as_node(), step("c", "n", "w")], name="middle")
    return Graph([middle.as_node(), step("a", "w k", "z", k=1)])


def test_g119_nodes_of_all_levels_have_ids_and_parents() -> None:
    flat = two_levels().to_flat_graph()
    parents = {name: data["parent"] for name, data in flat.nodes(data=True)}
    assert parents == {
        "middle": None,
        "a": None,
        "middle/inner": "middle",
        "middle/c": "middle",
        "middle/inner/a": "middle/inner",
        "middle/inner/b": "middle/inner",
    }
    assert flat.nodes["middle/inner/a"]["original_name"] == "a"
    assert flat.nodes["middle"]["node_type"] == "GRAPH"
    attributes = two_levels().nodes["a"].nx_attrs
    assert flat.nodes["a"] == {**attributes, "parent": None, "original_name": "a"}


def test_g119_edges_of_all_levels_keep_their_attributes() -> None:
    flat = two_levels().to_flat_graph()
    data = {"edge_type": "data"}
    assert {(a, b): dict(d) for a, b, d in flat.edges(data=True)} == {
        ("middle", "a"): {**data, "value_names": ["w"]},
        ("middle", "middle"): {**data, "value_names": ["n"]},
        ("middle/inner", "middle/c"): {**data, "value_names": ["n"]},
        ("middle/inner", "middle/inner"): {**data, "value_names": ["n"]},
        ("middle/inner/a", "middle/inner/b"): {**data, "value_names": ["v"]},
        ("middle/inner/b", "middle/inner/b"): {**data, "value_names": ["n"]},
    }


def test_g119_the_graphs_needs_and_sources_are_attached() -> None:
    flat = two_levels().to_flat_graph()
    assert flat.graph["input_spec"] == {
        "required": (),
        "optional": ("x", "k"),
        "bound": {"x": 1},
        "entrypoints": {"middle": ["n"]},
    }
    assert (
        flat.graph["output_to_sources"]
        == {
            "n": ["middle", "middle/inner", "middle/inner/b"],
            "w": ["middle", "middle/c"],
            "v": ["middle", "middle/inner", "middle/inner/a"],
            "z": ["a"],
        }
        | {}
    )


def test_g119_every_call_gives_a_new_graph() -> None:
    graph = two_levels()
    graph.to_flat_graph().clear()
    assert len(graph.to_flat_graph()) == 6
