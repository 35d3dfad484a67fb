"""Narrowing a graph to some outputs, and to what follows some nodes."""

from __future__ import annotations

import pytest

from hypergraph import END, Graph, GraphConfigError, InputSpec
from tests.graph.making import choice, explains, fork, step


def chain() -> Graph:
    """Four nodes in a row, each with an input of its own."""
    return Graph(
        [
            step("a", "x", "p"),
            step("b", "p k", "q", k=1, emit="done"),
            step("c", "q u", "r"),
            step("d", "r v", "s"),
        ]
    )


def test_g97_e134_selecting_drops_what_comes_after() -> None:
    assert chain().select("q").inputs == InputSpec(("x",), ("k",), {}, {})
    assert chain().select("s").inputs == chain().inputs
    everything = chain().select(*chain().outputs)
    assert set(everything.inputs.all) == set(chain().inputs.all)


def test_g97_selecting_changes_neither_outputs_nor_nodes() -> None:
    narrowed = chain().select("q", "p")
    assert narrowed.selected == ("q", "p")
    assert narrowed.outputs == chain().outputs and narrowed.leaf_outputs == ("s",)
    assert list(narrowed.nodes) == ["a", "b", "c", "d"]


def test_g97_signals_can_be_selected() -> None:
    assert chain().select("done").inputs.required == ("x",)


def test_g97_e136_a_later_selection_replaces_an_earlier_one() -> None:
    assert chain().select("p").select("q").selected == ("q",)


def test_g97_e136_unknown_names_are_refused() -> None:
    with pytest.raises(ValueError) as caught:
        chain().select("p", "dome")
    facts = ("['dome']: not graph outputs … ['p', 'q', 'done', 'r', 's']", "Did you mean 'done'")
    assert explains(caught.value, *facts)


def test_g97_e136_repeated_names_are_refused() -> None:
    with pytest.raises(ValueError) as caught:
        chain().select("p", "q", "p")
    assert explains(caught.value, "unique output names … ['p']")


def branching() -> Graph:
    """A source, a gate with two branches, and a node behind one of them."""
    return Graph(
        [
            step("source", "x", "n"),
            fork("g", "n t", "left", "right"),
            step("left", "l", "p"),
            step("right", "r", "q"),
            step("behind", "q w", "z"),
        ]
    )


def test_e135_selecting_behind_a_gate_needs_all_its_branches_and_what_follows() -> None:
    assert set(branching().select("p").inputs.required) == {"x", "t", "l", "r", "w"}
    assert branching().select("n").inputs.required == ("x",)


def test_l19_selecting_needs_every_producer_of_what_is_read() -> None:
    nodes = [
        fork("g", "t", "a", "b"),
        step("a", "x", "v"),
        step("b", "y", "v"),
        step("c", "v", "w"),
    ]
    assert set(Graph(nodes).select("w").inputs.required) == {"t", "x", "y"}
    ordered = [
        step("a", "x", "v", emit="s"),
        step("b", "y", "v", wait_for="s"),
        step("c", "v", "w"),
    ]
    assert set(Graph(ordered).select("w").inputs.required) == {"x", "y"}


def test_g98_e137_starting_in_the_middle_makes_fed_inputs_required() -> None:
    narrowed = chain().with_entrypoint("b")
    assert narrowed.inputs == InputSpec(("p", "u", "v"), ("k",), {}, {})
    assert narrowed.active == {"b", "c", "d"} and chain().active == {"a", "b", "c", "d"}
    assert narrowed.outputs == chain().outputs


def test_e138_several_entry_points_unite_what_they_reach() -> None:
    nodes = [step("a", "x", "p"), step("b", "y", "q"), step("c", "p q", "r"), step("d", "z", "s")]
    narrowed = Graph(nodes).with_entrypoint("b", "d")
    assert narrowed.active == {"b", "c", "d"} and narrowed.inputs.required == ("y", "p", "z")


def test_g98_e139_entry_points_accumulate() -> None:
    twice = chain().with_entrypoint("c").with_entrypoint("b", "c")
    assert twice.entrypoints_config == ("c", "b")
    assert twice.inputs == chain().with_entrypoint("b", "c").inputs


def test_g98_e140_an_unknown_entry_point_is_refused() -> None:
    graph = Graph([step("fetch", "x", "y"), step("parse", "y", "z")])
    with pytest.raises(GraphConfigError) as caught:
        graph.with_entrypoint("fetch", "pars")
    facts = ("Unknown entry point 'pars' … ['fetch', 'parse']", "Did you mean 'parse'")
    assert explains(caught.value, *facts)


def test_g98_e140_a_gate_is_no_entry_point() -> None:
    graph = branching()
    with pytest.raises(GraphConfigError) as caught:
        graph.with_entrypoint("g")
    assert explains(caught.value, "'g' is a gate")


def test_e141_narrowing_and_binding_combine_in_any_order() -> None:
    one = chain().bind(u=1).with_entrypoint("b").select("r")
    two = chain().select("r").with_entrypoint("b").bind(u=1)
    assert one.inputs == two.inputs == InputSpec(("p",), ("k", "u"), {}, {"u": 1})


def test_e142_starting_inside_a_ring_keeps_the_rings_entries() -> None:
    nodes = [step("feed", "x", "seed"), step("a", "n seed", "m"), step("b", "m", "n")]
    graph = Graph(nodes)
    narrowed = graph.with_entrypoint("a")
    assert narrowed.inputs.entrypoints == graph.inputs.entrypoints == {"a": ("n",), "b": ("m",)}
    assert graph.inputs.required == ("x",) and narrowed.inputs.required == ("seed",)


def test_l19_starting_at_a_branch_that_is_not_listed_first_keeps_the_consumer() -> None:
    nodes = [
        fork("g", "t", "a", "b"),
        step("a", "x", "v"),
        step("b", "y", "v"),
        step("c", "v", "w"),
    ]
    narrowed = Graph(nodes).with_entrypoint("b")
    assert narrowed.active == {"b", "c"} and narrowed.inputs.required == ("y",)


def test_l16_narrowing_to_nothing_is_refused() -> None:
    with pytest.raises(ValueError) as caught:
        chain().select()
    assert explains(caught.value, "select() needs at least one output name")
    with pytest.raises(ValueError) as caught:
        chain().with_entrypoint()
    assert explains(caught.value, "with_entrypoint() needs at least one node name")


def test_l17_selecting_what_the_entry_points_exclude_needs_nothing() -> None:
    narrowed = chain().with_entrypoint("c").select("p")
    assert narrowed.inputs == InputSpec((), (), {}, {}) and narrowed.scope.active == frozenset()


def test_l18_a_node_of_a_narrowed_graph_does_not_offer_what_was_excluded() -> None:
    narrowed = chain().with_entrypoint("c").as_node(name="tail")
    assert narrowed.inputs == ("q", "u", "v") and narrowed.outputs == ("r", "s")
    assert not Graph([narrowed]).has_cycles


def test_l18_a_node_of_a_graph_that_selects_only_excluded_outputs_offers_nothing() -> None:
    narrowed = chain().with_entrypoint("c").select("p").as_node(name="none")
    assert narrowed.inputs == () and narrowed.outputs == ()


def test_e135_a_gate_with_end_needs_its_one_branch() -> None:
    nodes = [choice("g", "t", "a", END), step("a", "x", "p"), step("b", "y", "q")]
    assert Graph(nodes).select("p").inputs.required == ("t", "x")
