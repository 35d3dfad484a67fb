"""Wiring by shared names: which edges a graph has when none are listed."""

from __future__ import annotations

from typing import Any

from hypergraph import END, Graph
from tests.graph.making import choice, fork, step


def edges(graph: Graph) -> dict[tuple[str, str], list[str]]:
    """The edges of ``nx_graph`` and what they carry."""
    return {(a, b): d.get("value_names", []) for a, b, d in graph.nx_graph.edges(data=True)}


def kinds(graph: Graph) -> dict[tuple[str, str], str]:
    """The edges of ``nx_graph`` and their types."""
    return {(a, b): d["edge_type"] for a, b, d in graph.nx_graph.edges(data=True)}


def test_g48_nodes_are_a_list_or_tuple_given_by_position_or_keyword() -> None:
    a = step("a", "x", "y")
    for graph in (Graph([a]), Graph((a,)), Graph(nodes=[a])):
        assert list(graph.nodes) == ["a"]


def test_g50_every_consumer_of_a_name_gets_an_edge_from_its_producer() -> None:
    graph = Graph([step("a", "x", "y"), step("b", "y", "z"), step("c", "y z", "w")])
    assert edges(graph) == {("a", "b"): ["y"], ("a", "c"): ["y"], ("b", "c"): ["z"]}
    assert set(kinds(graph).values()) == {"data"}


def test_g50_names_on_one_edge_follow_the_consumers_inputs() -> None:
    graph = Graph([step("a", "", "x y z"), step("b", "z x y")])
    assert edges(graph) == {("a", "b"): ["z", "x", "y"]}


def test_g51_a_parameter_named_like_a_signal_gets_a_data_edge() -> None:
    graph = Graph([step("a", "", "x", emit="done"), step("b", "done", "y")])
    assert graph.nx_graph.edges["a", "b"] == {"edge_type": "data", "value_names": ["done"]}
    assert graph.inputs.all == ()


def test_g52_only_the_first_producer_feeds_consumers_in_nx_graph() -> None:
    first, second = step("a", "", "v", emit="s"), step("b", "", "v", wait_for="s")
    reader = step("c", "v", "w")
    assert ("a", "c") in edges(Graph([first, second, reader]))
    assert ("b", "c") not in edges(Graph([first, second, reader]))
    assert ("b", "c") in edges(Graph([second, first, reader]))


def test_g59_a_gate_has_a_control_edge_to_every_target_but_end() -> None:
    graph = Graph([choice("g", "x", "a", END, "b"), step("a", "x"), step("b", "x")])
    assert kinds(graph) == {("g", "a"): "control", ("g", "b"): "control"}


def test_g60_the_first_signal_between_two_nodes_names_their_ordering_edge() -> None:
    source = step("a", "", "x y")
    graph = Graph([source, step("b", "", "z", wait_for=("y", "x"))])
    assert graph.nx_graph.edges["a", "b"] == {"edge_type": "ordering", "value_names": ["y"]}


def test_g60_waiting_for_ones_own_output_adds_no_edge() -> None:
    graph = Graph([step("a", "", "x", wait_for="x")])
    assert edges(graph) == {}


def test_g61_nodes_of_nx_graph_have_all_attributes() -> None:
    graph = Graph([choice("g", "x", "a", END), step("a", "x y", "z", y=1, emit="e")])
    drawn = graph.nx_graph
    assert list(drawn) == ["g", "a"]
    assert drawn.nodes["a"] == {
        "node_type": "FUNCTION",
        "label": "a",
        "inputs": ("x", "y"),
        "outputs": ("z", "e"),
        "data_outputs": ("z",),
        "wait_for": (),
        "input_types": {"x": None, "y": None},
        "output_types": {"z": None, "e": None},
        "has_defaults": {"x": False, "y": True},
        "hide": False,
        "parent": None,
    }
    assert drawn.nodes["g"]["node_type"] == "BRANCH" and "branch_data" in drawn.nodes["g"]


def test_g61_data_beats_control_and_control_beats_ordering() -> None:
    gate = choice("g", "x", "a", "b", emit="go")
    graph = Graph([gate, step("a", "go"), step("b", "x", wait_for="go")])
    assert kinds(graph) == {("g", "a"): "data", ("g", "b"): "control"}


def test_e42_an_ordering_edge_carries_the_signal_also_in_the_flat_graph() -> None:
    inner = Graph([step("a", "x", "y", emit="done"), step("b", "x", "z", wait_for="done")])
    expected = {"edge_type": "ordering", "value_names": ["done"]}
    assert inner.nx_graph.edges["a", "b"] == expected
    flat = Graph([inner.as_node(name="in")]).to_flat_graph()
    assert flat.edges["in/a", "in/b"] == expected


def test_e43_a_pair_with_a_data_edge_gets_no_ordering_edge() -> None:
    graph = Graph([step("a", "", "x", emit="done"), step("b", "x", "y", wait_for="done")])
    assert graph.nx_graph.edges["a", "b"] == {"edge_type": "data", "value_names": ["x"]}
    assert graph.nx_graph.number_of_edges() == 1


def test_e45_nodes_that_wait_for_each_other_build_a_cycle_without_entry_points() -> None:
    ping = step("ping", "", "x", emit="a", wait_for="b")
    pong = step("pong", "", "y", emit="b", wait_for="a")
    graph = Graph([ping, pong])
    assert graph.has_cycles and graph.inputs.entrypoints == {}


def test_e62_control_edges_have_no_value_names() -> None:
    graph = Graph([fork("g", "x", "a", "b"), step("a", "x"), step("b", "x")])
    for target in ("a", "b"):
        assert graph.nx_graph.edges["g", target] == {"edge_type": "control"}


def test_e65_a_gates_signal_read_by_its_target_replaces_the_control_edge_only() -> None:
    graph = Graph([choice("g", "x", "a", END, emit="go"), step("a", "go", "y")])
    assert graph.nx_graph.edges["g", "a"] == {"edge_type": "data", "value_names": ["go"]}
    assert graph.controlled_by == {"a": ["g"]}


def test_e74_a_graph_without_nodes() -> None:
    graph = Graph([])
    assert (graph.nodes, graph.outputs, graph.leaf_outputs, edges(graph)) == ({}, (), (), {})
    assert graph.inputs.all == () and not graph.has_cycles and len(graph.definition_hash) == 64


def test_e76_fan_out_fan_in_and_diamond_have_exactly_the_matching_edges() -> None:
    diamond = Graph(
        [step("a", "x", "y"), step("b", "y", "l"), step("c", "y", "r"), step("d", "l r", "z")]
    )
    assert set(edges(diamond)) == {("a", "b"), ("a", "c"), ("b", "d"), ("c", "d")}
    assert edges(Graph([step("a", "x", "y"), step("b", "u", "v")])) == {}


def test_e77_all_ends_of_disconnected_chains_are_leaves() -> None:
    nodes = [step("a", "", "x"), step("b", "x", "y"), step("c", "", "u"), step("d", "u", "v")]
    assert Graph(nodes).leaf_outputs == ("y", "v")


def test_e78_a_node_that_feeds_itself_has_a_loop_and_is_no_leaf() -> None:
    graph = Graph([step("tick", "n", "n")])
    assert edges(graph) == {("tick", "tick"): ["n"]}
    assert graph.has_cycles and graph.leaf_outputs == ()


def test_e79_two_values_between_one_pair_share_an_edge_and_are_no_inputs() -> None:
    graph = Graph([step("a", "x", "p q"), step("b", "p q", "r")])
    assert edges(graph) == {("a", "b"): ["p", "q"]}
    assert graph.inputs.all == ("x",)


def test_e80_an_input_shared_by_nodes_is_listed_once() -> None:
    assert Graph([step("a", "x", "p"), step("b", "x", "q")]).inputs.all == ("x",)


def test_e81_names_match_exactly() -> None:
    graph = Graph([step("n", "", "O"), step("N", "o", "p")])
    assert edges(graph) == {} and graph.inputs.required == ("o",)


def full(graph: Graph) -> set[tuple[Any, ...]]:
    """The full wiring as plain tuples."""
    return {(k.source, k.target, k.kind, k.names) for k in graph.wiring.full}


def test_l19_full_wiring_links_every_producer_to_every_consumer() -> None:
    graph = Graph(
        [fork("g", "x", "a", "b"), step("a", "", "v"), step("b", "", "v"), step("c", "v", "w")]
    )
    assert {("a", "c", "data", ("v",)), ("b", "c", "data", ("v",))} <= full(graph)
    assert {("g", "a", "control", ()), ("g", "b", "control", ())} <= full(graph)
    assert not graph.wiring.explicit and not graph.explicit_edges


def test_l19_full_wiring_keeps_one_link_of_each_kind_for_a_pair() -> None:
    gate = choice("g", "x", "a", END, emit="go")
    graph = Graph([gate, step("a", "go", "y", wait_for="ready"), step("b", "", "z", emit="ready")])
    assert full(graph) == {
        ("g", "a", "data", ("go",)),
        ("g", "a", "control", ()),
        ("b", "a", "ordering", ("ready",)),
    }


def test_l19_every_producer_of_an_awaited_name_comes_first() -> None:
    nodes = [step("a", "", "v", emit="s"), step("b", "", "v", wait_for="s")]
    graph = Graph([*nodes, step("c", "", "w", wait_for="v")])
    assert {("a", "c", "ordering", ("v",)), ("b", "c", "ordering", ("v",))} <= full(graph)
    assert graph.leaf_outputs == ("w",)
