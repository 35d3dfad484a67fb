"""Wiring by listed edges."""

from __future__ import annotations

from typing import Any

import pytest

from hypergraph import END, Graph, GraphConfigError
from tests.graph.making import choice, explains, step


def chain() -> list[Any]:
    """Two nodes that share one name."""
    return [step("a", "x", "v"), step("b", "v", "w")]


def attributes(graph: Graph) -> dict[tuple[str, str], dict[str, Any]]:
    """The edges of ``nx_graph`` with all they carry."""
    return {(a, b): dict(data) for a, b, data in graph.nx_graph.edges(data=True)}


def test_g53_listing_edges_turns_inference_off() -> None:
    a, b = chain()
    graph = Graph([a, b], edges=[])
    assert attributes(graph) == {} and graph.explicit_edges


def test_g54_ends_are_names_or_nodes() -> None:
    a, b = chain()
    assert attributes(Graph([a, b], edges=[(a, b)])) == attributes(
        Graph([a, b], edges=[("a", "b")])
    )


def test_g55_a_pair_carries_what_both_have_in_the_targets_order() -> None:
    graph = Graph([step("a", "", "p q r"), step("b", "r q")], edges=[("a", "b")])
    assert attributes(graph)["a", "b"] == {"edge_type": "data", "value_names": ["r", "q"]}


def test_g55_a_triple_carries_exactly_the_listed_values_each_once() -> None:
    nodes = [step("a", "", "p q"), step("b", "p q")]
    graph = Graph(nodes, edges=[("a", "b", ["q", "q"])])
    assert attributes(graph)["a", "b"]["value_names"] == ["q"]
    ordering = Graph(nodes, edges=[("a", "b", [])])
    assert attributes(ordering)["a", "b"] == {"edge_type": "ordering", "value_names": []}


def test_g56_repeated_pairs_merge_and_data_beats_ordering() -> None:
    nodes = [step("a", "", "p q"), step("b", "p q")]
    graph = Graph(nodes, edges=[("a", "b", "q"), ("a", "b", []), ("a", "b", "p")])
    assert attributes(graph) == {("a", "b"): {"edge_type": "data", "value_names": ["q", "p"]}}


def test_g56_edges_from_a_node_to_itself_are_allowed() -> None:
    graph = Graph([step("tick", "n", "n")], edges=[("tick", "tick")])
    assert attributes(graph) == {("tick", "tick"): {"edge_type": "data", "value_names": ["n"]}}


@pytest.mark.parametrize("edge", [["a", "b"], "ab", ("a",), ("a", "b", "v", "w"), 7])
def test_g57_e94_an_edge_is_a_tuple_of_two_or_three(edge: Any) -> None:
    with pytest.raises(GraphConfigError) as caught:
        Graph(chain(), edges=[edge])
    assert explains(caught.value, "2-tuple or 3-tuple", repr(edge))


def test_g57_unknown_ends_are_reported_with_the_closest_name() -> None:
    with pytest.raises(GraphConfigError) as caught:
        Graph([step("fetch", "x", "v"), step("parse", "v")], edges=[("fetsh", "parse")])
    assert explains(caught.value, "unknown source … 'fetsh'", "Did you mean 'fetch'")
    with pytest.raises(GraphConfigError) as caught:
        Graph([step("fetch", "x", "v"), step("parse", "v")], edges=[("fetch", "prase")])
    assert explains(caught.value, "unknown target … 'prase'", "Did you mean 'parse'")


def test_g57_values_must_leave_the_source_and_enter_the_target() -> None:
    a, b = chain()
    with pytest.raises(GraphConfigError) as caught:
        Graph([a, b], edges=[("a", "b", "w")])
    assert explains(caught.value, "'w' is not an output of 'a'", "['v']", where=(a.func,))
    with pytest.raises(GraphConfigError) as caught:
        Graph([a, step("c", "u")], edges=[("a", "c", ["v"])])
    assert explains(caught.value, "'v' is not an input of 'c'", "['u']")


def test_g57_all_wrong_edges_of_one_kind_are_reported_together() -> None:
    with pytest.raises(GraphConfigError) as caught:
        Graph(chain(), edges=[("nope", "b"), ("a", "b"), ("nada", "b")])
    assert explains(caught.value, "unknown source 'nope'", "unknown source 'nada'")


def test_g58_a_name_on_no_edge_is_an_input_although_it_is_produced() -> None:
    nodes = [*chain(), step("c", "v", "u")]
    assert Graph(nodes, edges=[]).inputs.required == ("x", "v")
    assert Graph(nodes, edges=[("a", "b")]).inputs.required == ("x",)


def test_g86_a_name_on_one_edge_is_produced_for_all_consumers() -> None:
    graph = Graph([*chain(), step("c", "v", "u")], edges=[("a", "b")])
    assert "v" not in graph.inputs.all
    assert ("a", "c") not in attributes(graph)


def test_e89_nodes_and_names_may_be_mixed() -> None:
    a, b = chain()
    expected = {("a", "b"): {"edge_type": "data", "value_names": ["v"]}}
    for edge in ((a, "b"), ("a", b), (a, b)):
        assert attributes(Graph([a, b], edges=[edge])) == expected


def test_e90_no_undeclared_data_edge_is_created() -> None:
    graph = Graph([*chain(), step("c", "w v", "u")], edges=[("a", "b")])
    assert set(attributes(graph)) == {("a", "b")}


def test_e91_without_any_edge_every_consumed_name_is_an_input() -> None:
    assert Graph(chain(), edges=[]).inputs.required == ("x", "v")


def test_e92_a_pair_with_nothing_in_common_only_orders() -> None:
    graph = Graph([step("a", "", "p"), step("b", "q")], edges=[("a", "b")])
    assert attributes(graph)["a", "b"] == {"edge_type": "ordering", "value_names": []}


def test_e93_three_ways_of_carrying_one_name_are_the_same() -> None:
    a, b = chain()
    ways: list[Any] = [("a", "b", "v"), ("a", "b", ["v"]), ("a", "b")]
    edges = [attributes(Graph([a, b], edges=[way])) for way in ways]
    assert edges[0] == edges[1] == edges[2]


def test_e95_control_and_ordering_edges_are_still_added() -> None:
    nodes = [
        choice("g", "x", "a", END),
        step("a", "x", "v", emit="done"),
        step("b", "x", "w", wait_for="done"),
    ]
    kinds = {pair: data["edge_type"] for pair, data in attributes(Graph(nodes, edges=[])).items()}
    assert kinds == {("g", "a"): "control", ("a", "b"): "ordering"}


def test_e96_listed_edges_may_form_a_cycle_with_entry_points() -> None:
    nodes = [step("a", "q", "p"), step("b", "p", "q")]
    graph = Graph(nodes, edges=[("a", "b"), ("b", "a")])
    assert graph.has_cycles and graph.inputs.entrypoints == {"a": ("q",), "b": ("p",)}


def test_e97_listed_edges_survive_every_derivation_and_cannot_be_extended() -> None:
    graph = Graph([*chain(), step("c", "v", "u")], edges=[("a", "b")])
    derived = graph.bind(x=1).unbind("x").select("w").with_entrypoint("a")
    assert derived.explicit_edges and attributes(derived) == attributes(graph)
    with pytest.raises(GraphConfigError, match="Cannot use add_nodes"):
        derived.add_nodes()


def test_e98_listed_edges_join_nested_graphs_by_the_name_of_their_node() -> None:
    inner = Graph([step("a", "x", "v")], name="first")
    graph = Graph([inner.as_node(), step("b", "v", "w")], edges=[("first", "b")])
    assert attributes(graph) == {("first", "b"): {"edge_type": "data", "value_names": ["v"]}}


def links(graph: Graph) -> set[tuple[str, str, str, tuple[str, ...]]]:
    """The full wiring as plain tuples."""
    return {(k.source, k.target, k.kind, k.names) for k in graph.wiring.full}


def test_x151_a_consumer_takes_a_name_from_its_declared_edges_only() -> None:
    nodes = [step("a", "", "v"), step("b", "", "v"), step("c", "v", "w")]
    graph = Graph(nodes, edges=[("a", "b"), ("b", "c")])
    assert links(graph) == {("a", "b", "ordering", ()), ("b", "c", "data", ("v",))}


def test_x151_a_name_that_other_edges_carry_comes_from_all_its_producers() -> None:
    nodes = [step("a", "", "v"), step("b", "", "v"), step("c", "v", "w"), step("d", "v", "u")]
    graph = Graph(nodes, edges=[("a", "b"), ("b", "c")])
    assert {("a", "d", "data", ("v",)), ("b", "d", "data", ("v",))} <= links(graph)
    assert ("a", "c", "data", ("v",)) not in links(graph)


def test_x151_a_name_on_no_edge_comes_from_no_node() -> None:
    graph = Graph(chain(), edges=[])
    assert links(graph) == set() and graph.inputs.required == ("x", "v")
