"""Names with several producers, which must exclude each other or be ordered."""

from __future__ import annotations

from typing import Any

import pytest

from hypergraph import END, Graph, GraphConfigError, HyperNode
from tests.graph.making import choice, explains, fork, step


def refused(*nodes: HyperNode, edges: list[Any] | None = None) -> GraphConfigError:
    """The error for a graph of ``nodes``."""
    with pytest.raises(GraphConfigError) as caught:
        Graph(nodes, edges=edges)
    return caught.value


def test_g65_e99_two_unrelated_producers_are_refused() -> None:
    a, b = step("a", "x", "v"), step("b", "x", "v")
    error = refused(a, b)
    facts = ("Multiple nodes produce 'v' … 'a' … 'b'", "emit … wait_for")
    assert explains(error, *facts, where=(a.func, b.func))


def test_g65_with_listed_edges_the_remedy_is_an_edge() -> None:
    error = refused(step("a", "x", "v"), step("b", "x", "v"), edges=[])
    assert explains(error, "Multiple nodes produce 'v' … 'a' … 'b'", "add an edge")


def test_g65_the_first_failing_pair_is_reported() -> None:
    nodes = [step("a", "", "v"), step("b", "", "v"), step("c", "", "w"), step("d", "", "w")]
    message = str(refused(*nodes))
    assert "'v'" in message and "'w'" not in message


def test_e44_a_shared_signal_is_contested_too() -> None:
    a, b = step("a", "x", "p", emit="s"), step("b", "x", "q", emit="s")
    assert explains(refused(a, b), "Multiple nodes produce 's'")
    assert Graph([fork("g", "x", "a", "b"), a, b]).outputs == ("p", "s", "q")
    ordered = step("b", "x", "q", emit="s", wait_for="p")
    assert Graph([a, ordered]).outputs == ("p", "s", "q")


def test_e100_producers_in_one_cycle_need_an_order() -> None:
    first, second = step("a", "v", "v"), step("b", "v", "v")
    assert explains(refused(first, second), "Multiple nodes produce 'v'")
    signalling = step("a", "v", "v", emit="done")
    assert Graph([signalling, step("b", "v", "v", wait_for="done")]).has_cycles


@pytest.mark.parametrize("gate", [fork("g", "x", "a", "b"), choice("g", "x", "a", "b", END)])
def test_g62_e101_direct_targets_of_one_gate_may_share_an_output(gate: HyperNode) -> None:
    graph = Graph([gate, step("a", "", "v"), step("b", "", "v")])
    assert graph.self_producers["v"] == {"a", "b"}


def test_g62_e101_nodes_further_down_distinct_branches_may_too() -> None:
    nodes = [
        fork("g", "x", "a", "b"),
        step("a", "", "p"),
        step("b", "", "q"),
        step("a2", "p", "v"),
        step("b2", "q", "v"),
    ]
    assert Graph(nodes).self_producers["v"] == {"a2", "b2"}


def test_g62_e102_a_chain_of_gates_excludes_deeper_branches() -> None:
    nodes = [
        fork("outer", "x", "a", "inner"),
        fork("inner", "x", "b", "c"),
        step("a", "", "v"),
        step("b", "", "v"),
        step("c", "", "v"),
    ]
    assert Graph(nodes).self_producers["v"] == {"a", "b", "c"}


def test_g62_e102_a_fallback_is_a_branch() -> None:
    nodes = [choice("g", "x", "a", fallback="b"), step("a", "", "v"), step("b", "", "v")]
    assert Graph(nodes).self_producers["v"] == {"a", "b"}


def test_g62_a_gate_with_one_real_target_excludes_nothing() -> None:
    error = refused(choice("g", "x", "a", END), step("a", "", "v"), step("b", "", "v"))
    assert explains(error, "Multiple nodes produce 'v'")


def test_g62_e103_several_targets_at_once_exclude_nothing() -> None:
    gate = choice("g", "x", "a", "b", multi_target=True)
    error = refused(gate, step("a", "", "v"), step("b", "", "v"))
    assert explains(error, "Multiple nodes produce 'v'")
    downstream = [step("a2", "p", "v"), step("b2", "q", "v")]
    error = refused(gate, step("a", "", "p"), step("b", "", "q"), *downstream)
    assert explains(error, "Multiple nodes produce 'v'")
    assert Graph([gate, step("a", "", "p"), step("b", "", "q")]).outputs == ("p", "q")


def test_g62_e104_a_node_behind_both_branches_belongs_to_neither() -> None:
    gate, merge = fork("g", "x", "a", "b"), step("c", "p q", "p")
    nodes = [gate, step("a", "", "p"), step("b", "", "q"), merge]
    assert explains(refused(*nodes), "Multiple nodes produce 'p' … 'a' … 'c'")


def test_g62_e105_two_nodes_of_one_branch_are_not_exclusive() -> None:
    nodes = [
        fork("g", "x", "a", "b"),
        step("a", "", "p"),
        step("b", "", "q"),
        step("a2", "p", "v"),
        step("a3", "p", "v"),
    ]
    assert explains(refused(*nodes), "Multiple nodes produce 'v' … 'a2' … 'a3'")


def test_e106_each_pair_of_three_producers_is_judged_by_itself() -> None:
    gate, a = fork("g", "x", "a", "b"), step("a", "", "v", emit="s")
    b, after = step("b", "", "v", emit="t"), step("c", "", "v", wait_for=("s", "t"))
    assert Graph([gate, a, b, after]).self_producers["v"] == {"a", "b", "c"}
    unrelated = step("c", "", "v")
    assert explains(refused(gate, a, b, unrelated), "Multiple nodes produce 'v' … 'a' … 'c'")


def test_e107_one_signal_orders_producers_of_two_names() -> None:
    graph = Graph([step("a", "x", "p q", emit="s"), step("b", "x", "p q", wait_for="s")])
    assert set(graph.self_producers) == {"p", "q", "s"}


def test_g63_e108_another_value_between_the_two_orders_them() -> None:
    graph = Graph([step("a", "x", "v token"), step("b", "token", "v")])
    assert graph.self_producers["v"] == {"a", "b"}


def test_g63_e109_the_contested_value_itself_does_not_order() -> None:
    nodes = [
        step("a", "x", "v"),
        step("s", "v", "w"),
        choice("g", "w", "b", END),
        step("b", "v", "v"),
    ]
    assert explains(refused(*nodes), "Multiple nodes produce 'v' … 'a' … 'b'")


def test_g63_e110_a_gate_that_waits_for_the_first_orders_the_second() -> None:
    nodes = [
        step("a", "x", "v", emit="ready"),
        step("s", "v", "w"),
        choice("g", "w", "b", END, wait_for="ready"),
        step("b", "v", "v"),
    ]
    assert Graph(nodes).self_producers["v"] == {"a", "b"}


def test_g63_a_value_that_the_same_producers_share_does_not_order() -> None:
    nodes = [step("a", "x", "v p"), step("b", "p", "v p")]
    assert explains(refused(*nodes), "Multiple nodes produce 'v'")


def test_g63_waiting_for_the_contested_name_orders() -> None:
    graph = Graph([step("a", "x", "v"), step("b", "x", "v", wait_for="v")])
    assert graph.self_producers["v"] == {"a", "b"}


def test_g64_e111_with_listed_edges_any_path_orders() -> None:
    nodes = [step("a", "x", "v"), step("b", "x", "v"), step("c", "v", "w")]
    edges: list[Any] = [("a", "c"), ("b", "c")]
    assert explains(refused(*nodes, edges=edges), "Multiple nodes produce 'v'")
    assert Graph(nodes, edges=[*edges, ("a", "b")]).self_producers["v"] == {"a", "b"}
    through = [step("a", "x", "v"), step("m", "v", "w"), step("b", "w", "v")]
    assert Graph(through, edges=[("a", "m"), ("m", "b")]).outputs == ("v", "w")


def test_g64_exclusive_branches_may_share_with_listed_edges_too() -> None:
    nodes = [fork("g", "x", "a", "b"), step("a", "", "v"), step("b", "", "v")]
    assert Graph(nodes, edges=[]).self_producers["v"] == {"a", "b"}


def test_l1_a_missing_target_is_what_is_reported() -> None:
    a, b = step("alpha", "", "v"), step("beta", "", "v")
    gate = choice("g", "x", "alpha", "betta")
    error = refused(gate, a, b)
    facts = ("targets unknown node 'betta'", "Did you mean 'beta'")
    assert explains(error, *facts, where=(gate.func,))


def test_l32_writers_that_a_loops_gate_picks_between_are_not_exclusive() -> None:
    nodes = [step("a", "v", "v"), step("b", "v", "v"), choice("g", "v", "a", "b", END)]
    assert explains(refused(*nodes), "Multiple nodes produce 'v' … 'a' … 'b'")
    signalling = step("a", "v", "v", emit="s")
    assert Graph([signalling, step("b", "v", "v", wait_for="s"), nodes[2]]).has_cycles
