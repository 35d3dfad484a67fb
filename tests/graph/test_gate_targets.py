"""What gates may target, what nodes may wait for, and what nested graphs may be."""

from __future__ import annotations

import pytest

from hypergraph import END, Graph, GraphConfigError, GraphNode, HyperNode
from tests.graph.making import ask, choice, explains, fork, step


def refused(*nodes: HyperNode) -> GraphConfigError:
    """The error for a graph of ``nodes``."""
    with pytest.raises(GraphConfigError) as caught:
        Graph(nodes)
    return caught.value


def test_g74_every_target_is_a_node_of_the_graph() -> None:
    gate = choice("pick", "x", "fetch", "fetsh", END)
    error = refused(gate, step("fetch", "x", "y"))
    facts = ("'pick' targets unknown node 'fetsh'", "['fetch']", "Did you mean 'fetch'")
    assert explains(error, *facts, where=(gate.func,))


def test_g74_all_unknown_targets_are_reported_together() -> None:
    error = refused(choice("g", "x", "nope", "a"), fork("h", "x", "a", "nada"), step("a", "x"))
    assert explains(error, "targets unknown node 'nope'", "targets unknown node 'nada'")


def test_e60_renaming_a_gate_or_a_target_leaves_targets_as_they_are() -> None:
    gate = choice("g", "x", "g", "a").with_name("h")
    assert explains(refused(gate, step("a", "x")), "'h' targets unknown node 'g'")
    renamed = step("a", "x").with_name("b")
    assert explains(refused(choice("g", "x", "a"), renamed), "targets unknown node 'a'")


def test_g75_no_gate_targets_itself() -> None:
    gate = choice("g", "x", "g", END)
    assert explains(refused(gate), "'g' cannot target itself", where=(gate.func,))
    graph = Graph([choice("g", "x", "h"), choice("h", "x", "g")])
    assert graph.controlled_by == {"h": ["g"], "g": ["h"]}


def test_g76_targets_chosen_together_share_no_output_even_when_ordered() -> None:
    gate = choice("g", "x", "a", "b", multi_target=True)
    error = refused(gate, step("a", "x", "v", emit="s"), step("b", "x", "v", wait_for="s"))
    assert explains(error, "'g' … sharing output 'v' … 'a', 'b'", where=(gate.func,))
    assert Graph([gate, step("a", "x", "v"), step("b", "x", "w")]).outputs == ("v", "w")


def review() -> Graph:
    """A graph that asks."""
    return Graph([ask("approve", "draft", "verdict")], name="review")


def test_g77_e73_a_mapped_graph_does_not_ask() -> None:
    mapped = review().as_node().map_over("draft")
    error = refused(mapped)
    assert explains(error, "'review' … map_over … InterruptNode … approve")


def test_l22_k12_a_mapped_graph_does_not_ask_at_any_depth() -> None:
    middle = Graph([review().as_node()], name="middle")
    outermost = Graph([middle.as_node()], name="top").as_node().map_over("draft")
    assert explains(refused(outermost), "'top' … map_over … InterruptNode … middle/review/approve")
    assert Graph([Graph([middle.as_node()], name="top").as_node()]).inputs.required == ("draft",)


def test_e166_g78_a_nested_graph_is_never_cached() -> None:
    class Cached(GraphNode):
        @property
        def cache(self) -> bool:
            return True

    graph = Graph([step("a", "x", "y", emit="s")], name="inner")
    assert graph.as_node().cache is False
    assert explains(refused(Cached(graph)), "'inner' … cache=True")


def test_g79_e40_every_awaited_name_is_produced() -> None:
    node = step("b", "x", "y", wait_for="dome")
    error = refused(step("a", "x", "v", emit="done"), node)
    facts = ("'b' … wait_for='dome'", "['v', 'done', 'y']", "Did you mean 'done'")
    assert explains(error, *facts, where=(node.func,))
    error = refused(step("b", "x", "y", wait_for="qqq"))
    assert explains(error, "wait_for='qqq'") and "Did you mean" not in str(error)


def test_g79_e41_names_are_matched_by_case_but_suggested_without() -> None:
    error = refused(step("a", "x", "v", emit="done"), step("b", "x", "y", wait_for="Done"))
    assert explains(error, "wait_for='Done'", "Did you mean 'done'")


def test_g79_a_node_may_wait_for_its_own_output() -> None:
    assert Graph([step("a", "x", "y", wait_for="y")]).inputs.all == ("x",)


def test_e46_awaited_names_are_no_inputs() -> None:
    graph = Graph([step("a", "x", "v", emit="done"), step("b", "u", "w", wait_for="done")])
    assert graph.inputs.all == ("x", "u")


def test_l20_k26_signals_stay_inside_a_nested_graph() -> None:
    inner = Graph([step("a", "x", "v", emit="done")], name="inner").as_node()
    assert inner.outputs == inner.data_outputs == ("v",)
    error = refused(inner, step("b", "u", "w", wait_for="done"))
    assert explains(error, "wait_for='done'", "['v', 'w']")
    with pytest.raises(ValueError, match="not a graph input or output"):
        Graph([inner]).bind(done=1)
