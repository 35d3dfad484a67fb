"""Binding values to names, and taking bindings back."""

from __future__ import annotations

import pytest

from hypergraph import Graph
from tests.graph.making import explains, fork, step


def graph() -> Graph:
    """A chain of two nodes; the second has an optional input."""
    return Graph([step("a", "x", "y", emit="done"), step("b", "y k", "z", k=1)], name="g")


def test_g92_deriving_leaves_the_receiver_alone_and_keeps_the_rest() -> None:
    original = Graph([step("a", "x", "y"), step("b", "y k", "z", k=1)], name="g")
    derived = original.bind(x=1).select("y").with_entrypoint("a").unbind("x")
    assert (original.selected, original.entrypoints_config, original.bindings) == (None, None, {})
    assert derived.name == "g" and derived.wiring is original.wiring
    assert derived.definition_hash == original.definition_hash
    assert derived.nodes == original.nodes and derived is not original


def test_g93_inputs_and_data_outputs_can_be_bound() -> None:
    assert graph().bind(x=1, k=2, y=3, z=4).inputs.bound == {"x": 1, "k": 2, "y": 3, "z": 4}


def test_g93_e47_a_signal_cannot_be_bound() -> None:
    with pytest.raises(ValueError) as caught:
        graph().bind(done=1)
    assert explains(caught.value, "Cannot bind 'done' … emit-only")


def test_e47_a_name_that_is_a_signal_here_and_a_value_there_can_be_bound() -> None:
    nodes = [fork("g", "x", "a", "b"), step("a", "", "", emit="v"), step("b", "", "v")]
    assert Graph(nodes).bind(v=1).inputs.bound == {"v": 1}


def test_g93_e131_an_unknown_name_cannot_be_bound() -> None:
    with pytest.raises(ValueError) as caught:
        Graph([step("a", "alpha", "y")]).bind(alpa=1)
    facts = ("Cannot bind 'alpa' … not a graph input or output … ['alpha', 'y']",)
    assert explains(caught.value, *facts, "Did you mean 'alpha'")


def test_g93_all_unknown_names_are_reported_together() -> None:
    with pytest.raises(ValueError) as caught:
        graph().bind(x=1, nope=2, nada=3)
    assert explains(caught.value, "Cannot bind 'nope'", "Cannot bind 'nada'")


def test_g94_e129_newer_values_win_and_other_bindings_stay() -> None:
    first = graph().bind(x=1)
    second = first.bind(x=2, k=3)
    assert second.inputs.bound == {"x": 2, "k": 3} and first.inputs.bound == {"x": 1}
    assert first.bind() is not first and first.bind().inputs.bound == {"x": 1}


def test_g94_g123_e132_values_are_kept_by_reference() -> None:
    value = object()
    bound = graph().bind(x=value)
    assert bound.inputs.bound["x"] is value
    outer = Graph([bound.as_node()])
    assert outer.inputs.bound["x"] is value and outer.bind(x=0).inputs.bound["x"] == 0


def test_g95_e128_none_is_a_value() -> None:
    bound = graph().bind(x=None)
    assert bound.inputs.optional == ("x", "k") and bound.inputs.bound == {"x": None}
    assert bound.unbind("x").inputs.required == ("x",)


def test_g95_what_binding_does_depends_on_the_kind_of_name() -> None:
    assert graph().bind(k=5).inputs.optional == ("k",)
    assert graph().bind(k=5).unbind("k").inputs.optional == ("k",)
    produced = graph().bind(y=1).inputs
    assert produced.all == graph().inputs.all and produced.bound == {"y": 1}
    looping = Graph([step("tick", "n", "n")])
    assert looping.bind(n=0).inputs.all == ()


def test_g95_a_hidden_name_cannot_be_bound_but_keeps_its_binding() -> None:
    with pytest.raises(ValueError, match="not a graph input or output"):
        graph().select("y").bind(k=2)
    assert graph().bind(k=2).select("y").inputs.bound == {"k": 2}


def test_g96_e130_unbinding_ignores_names_that_are_not_bound() -> None:
    bound = graph().bind(x=1, k=2)
    assert bound.unbind("k", "nope").inputs.bound == {"x": 1}
    assert bound.unbind().inputs.bound == {"x": 1, "k": 2}
    assert bound.unbind("x").bind(x=3).inputs.bound == {"x": 3, "k": 2}
    assert bound.unbind("x").nodes["a"] is bound.nodes["a"]


def test_g96_bindings_inside_a_nested_graph_stay() -> None:
    outer = Graph([graph().bind(x=1).as_node()])
    assert outer.unbind("x").inputs.bound == {"x": 1}


def test_l30_names_may_be_those_of_python_parameters() -> None:
    nodes = [step("a", "self values", "y")]
    assert Graph(nodes).bind(**{"self": 1, "values": 2}).inputs.bound == {"self": 1, "values": 2}
