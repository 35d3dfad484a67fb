"""Adding nodes to a graph."""

from __future__ import annotations

import pytest

from hypergraph import END, Graph, GraphConfigError, node
from tests.graph.making import choice, explains, step


def base() -> Graph:
    """A chain of two nodes, named, bound and narrowed."""
    return Graph([step("a", "x", "y"), step("b", "y k", "z")], name="base").bind(k=1).select("z")


def test_g99_e143_adding_wires_both_ways_and_keeps_what_was_configured() -> None:
    original = base().with_entrypoint("b")
    extended = original.add_nodes(step("before", "w", "x"), step("after", "z", "end"))
    assert set(extended.nx_graph.edges) == {("a", "b"), ("before", "a"), ("b", "after")}
    assert (extended.name, extended.selected, extended.bindings) == ("base", ("z",), {"k": 1})
    assert extended.entrypoints_config is None and extended.inputs.required == ("w",)
    assert list(original.nodes) == ["a", "b"] and original.entrypoints_config == ("b",)


def test_e143_a_gate_may_be_added_together_with_its_target() -> None:
    extended = base().add_nodes(choice("g", "z", "more", END), step("more", "z", "w"))
    assert extended.controlled_by == {"more": ["g"]}


def test_g99_e144_adding_nothing_changes_nothing() -> None:
    graph = base()
    assert graph.add_nodes() is graph


def test_e144_what_is_added_is_checked_like_a_new_graph() -> None:
    with pytest.raises(GraphConfigError, match="Duplicate node name"):
        base().add_nodes(step("a", "q", "r"))
    with pytest.raises(GraphConfigError, match="Multiple nodes produce 'z'"):
        base().add_nodes(step("c", "q", "z"))


def test_g99_a_graph_with_listed_edges_cannot_be_extended() -> None:
    graph = Graph([step("a", "x", "y")], edges=[])
    for nodes in ((), (step("b", "y", "z"),)):
        with pytest.raises(GraphConfigError) as caught:
            graph.add_nodes(*nodes)
        assert explains(caught.value, "Cannot use add_nodes")


def test_e145_a_bound_name_that_becomes_produced_stays_bound() -> None:
    extended = base().add_nodes(step("maker", "m", "k"))
    assert extended.inputs.bound == {"k": 1} and "k" not in extended.inputs.all


def test_g99_e145_a_bound_name_that_becomes_a_signal_must_be_unbound_first() -> None:
    signalling = step("maker", "m", "", emit="k")
    with pytest.raises(ValueError) as caught:
        base().add_nodes(signalling)
    assert explains(caught.value, "'k' … no longer valid … unbind")
    assert base().unbind("k").add_nodes(signalling).bindings == {}


def test_e146_strictness_and_name_survive_every_derivation() -> None:
    @node(output_name="y")
    def typed(x: int) -> int:
        return x

    graph = Graph([typed], name="strict", strict_types=True)
    derived = [
        graph.bind(x=1),
        graph.bind(x=1).unbind("x"),
        graph.select("y"),
        graph.with_entrypoint("typed"),
        graph.add_nodes(step("other", "u", "v")),
    ]
    for each in derived:
        assert each.strict_types and each.name == "strict"
