"""What a graph tells about itself."""

from __future__ import annotations

import inspect
from typing import Any

import pytest

from hypergraph import END, FunctionNode, Graph, GraphConfigError, InterruptNode, node
from tests.graph.making import ask, choice, explains, fork, function, step


@node(output_name="answer")
async def fetch(url: str) -> str:
    return url


def test_e75_nodes_are_the_objects_themselves_in_a_fresh_dict() -> None:
    a = step("a", "x", "y")
    graph = Graph([a])
    assert graph.nodes["a"] is a and list(graph.iter_nodes()) == [a]
    graph.nodes.clear()
    assert list(graph.nodes) == ["a"]


def test_g48_options_are_keyword_only() -> None:
    parameters = inspect.signature(Graph).parameters
    kinds = {name: parameter.kind.name for name, parameter in parameters.items()}
    assert kinds == {
        "nodes": "POSITIONAL_OR_KEYWORD",
        "edges": "KEYWORD_ONLY",
        "name": "KEYWORD_ONLY",
        "strict_types": "KEYWORD_ONLY",
    }


def test_g49_a_graph_is_no_container_and_compares_by_identity() -> None:
    graph: Any = Graph([step("a", "x", "y")])
    attempts = (iter, len, lambda g: g["a"], lambda g: g(), lambda g: "a" in g)
    for attempt in attempts:
        with pytest.raises(TypeError):
            attempt(graph)
    assert graph == graph and graph != Graph(list(graph.iter_nodes()))


@pytest.mark.parametrize(
    "name", ["nodes", "inputs", "outputs", "selected", "strict_types", "wiring", "active", "other"]
)
def test_g49_nothing_but_the_name_can_be_set(name: str) -> None:
    graph = Graph([])
    with pytest.raises(AttributeError):
        setattr(graph, name, None)
    graph.name = "renamed"
    assert graph.name == "renamed"


def test_outputs_include_signals_in_node_order_each_once() -> None:
    nodes = [
        fork("g", "x", "a", "b"),
        step("a", "", "v p", emit="s"),
        step("b", "", "v", emit="t"),
    ]
    assert Graph(nodes).outputs == ("v", "p", "s", "t")


def test_inputs_are_computed_once() -> None:
    graph = Graph([step("a", "x", "y")])
    assert graph.inputs is graph.inputs and graph.definition_hash is graph.definition_hash


def test_has_async_nodes_answers_for_nested_graphs() -> None:
    inner = Graph([fetch], name="inner")
    assert inner.has_async_nodes
    assert Graph([Graph([inner.as_node()], name="middle").as_node()]).has_async_nodes
    assert not Graph([step("a", "x", "y")]).has_async_nodes


def test_e70_interrupts_count_at_their_own_level_only() -> None:
    approve = ask("approve", "draft", "verdict")
    graph = Graph([approve], name="review")
    assert graph.has_interrupts and graph.interrupt_nodes[0] is approve
    outer = Graph([graph.as_node()])
    assert not outer.has_interrupts and outer.interrupt_nodes == []


def test_controlled_by_lists_gates_in_graph_order() -> None:
    nodes = [
        choice("g2", "x", "a", "b"),
        choice("g1", "x", "a", END),
        step("a", "x"),
        step("b", "x"),
    ]
    assert Graph(nodes).controlled_by == {"a": ["g2", "g1"], "b": ["g2"]}


def test_e112_self_producers_has_all_and_sole_producers_only_the_uncontested() -> None:
    nodes = [fork("g", "x", "a", "b"), step("a", "", "v p"), step("b", "", "v")]
    graph = Graph(nodes)
    assert graph.self_producers == {"v": {"a", "b"}, "p": {"a"}}
    assert graph.sole_producers == {"p": "a"}


def test_e63_bind_inputs_and_cycles_work_with_control_edges() -> None:
    graph = Graph([choice("g", "x limit", "a", END), step("a", "x", "x2")])
    assert graph.bind(limit=3).inputs.optional == ("limit",)
    assert not graph.has_cycles and graph.leaf_outputs == ("x2",)


def test_e64_gates_and_interrupts_may_be_cached() -> None:
    gate = choice("g", "x", "a", END, cache=True)
    graph = Graph([gate, InterruptNode(function("a", "x"), "a", "y", cache=True)])
    assert graph.has_interrupts and graph.nodes["g"].cache and graph.nodes["a"].cache


def test_l19_an_end_behind_several_producers_is_the_only_leaf() -> None:
    nodes = [fork("g", "x", "a", "b"), step("a", "", "v"), step("b", "", "v"), step("c", "v", "w")]
    assert Graph(nodes).leaf_outputs == ("w",)


def test_l23_what_is_handed_out_are_copies() -> None:
    graph = Graph([step("a", "x", "y"), step("b", "y", "z")]).bind(x=1)
    graph.inputs.bound["x"] = 2
    graph.inputs.entrypoints["a"] = ("x",)
    graph.bindings.clear()
    graph.nx_graph.remove_node("a")
    graph.nx_graph.edges["a", "b"]["value_names"].append("w")
    assert graph.as_node(name="n").get_default_for("x") == 1
    assert graph.select("z").inputs.bound == {"x": 1} and graph.bindings == {"x": 1}
    assert graph.nx_graph.edges["a", "b"]["value_names"] == ["y"]


def test_l24_an_iterator_of_nodes_is_read_once() -> None:
    graph = Graph(iter([step("a", "x", "y"), step("b", "y", "z")]))  # type: ignore[arg-type]
    assert list(graph.nodes) == ["a", "b"] and graph.nx_graph.has_edge("a", "b")


def plain(x: int) -> int:
    return x


@pytest.mark.parametrize(
    ("element", "shown"),
    [
        (plain, "'plain' is not a node"),
        (Graph([], name="inner"), "is not a node"),
        (3, "3 is not a node"),
        (FunctionNode, "'FunctionNode' is not a node"),
    ],
)
def test_l25_what_is_no_node_is_named_with_a_hint(element: Any, shown: str) -> None:
    with pytest.raises(GraphConfigError) as caught:
        Graph([step("a", "x", "y"), element])
    assert explains(caught.value, shown, "as_node()", "@node")


def test_l25_a_single_node_is_no_list_of_nodes() -> None:
    with pytest.raises(GraphConfigError) as caught:
        Graph(step("a", "x", "y"))  # type: ignore[arg-type]
    assert explains(caught.value, "is not a list of nodes")


def test_place_is_where_the_graph_was_built() -> None:
    here = inspect.currentframe()
    assert here is not None
    graph = Graph([step("a", "x", "y")])
    line = here.f_lineno - 1
    assert graph.place is not None
    assert (graph.place.file, graph.place.line) == (__file__, line)
    assert graph.bind(x=1).select("y").place == graph.place


def test_repr_names_the_graph_and_its_nodes() -> None:
    assert repr(Graph([step("a", "x", "y")], name="g")) == "Graph('g', nodes=['a'])"
    assert repr(Graph([])) == "Graph(nodes=[])"
