"""What a graph needs to be given."""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from typing import Any

import pytest

from hypergraph import END, Graph, InputSpec, node
from hypergraph.compiler.check.input_spec import scope_of
from tests.graph.making import ask, choice, step


def test_g85_the_four_fields_are_mandatory() -> None:
    spec = InputSpec(("a",), ("b",), {"n": ("c", "a")}, {"b": 1, "z": 2})
    assert spec.all == ("a", "b", "c")
    with pytest.raises(TypeError):
        InputSpec(("a",), ("b",))  # type: ignore[call-arg]


def test_g85_a_spec_is_frozen_and_compares_by_value() -> None:
    spec: Any = InputSpec((), ("b",), {}, {})
    assert spec == InputSpec((), ("b",), {}, {}) and spec != InputSpec(("b",), (), {}, {})
    with pytest.raises(FrozenInstanceError):
        spec.required = ()
    for attempt in (hash, iter):
        with pytest.raises(TypeError):
            attempt(spec)


def test_e120_names_keep_the_order_of_first_appearance() -> None:
    nodes = [step("a", "x k", "p", k=1), step("b", "w x m", "q", m=2), step("c", "k v", "r", k=1)]
    spec = Graph(nodes).inputs
    assert (spec.required, spec.optional) == (("x", "w", "v"), ("k", "m"))


def test_e121_a_node_that_feeds_itself_is_its_entry_point() -> None:
    spec = Graph([step("tick", "n", "n")]).inputs
    assert spec == InputSpec((), (), {"tick": ("n",)}, {})


def ring() -> list[Any]:
    """Three nodes in a ring, not in alphabetical order."""
    return [step("c", "z", "x"), step("a", "x", "y"), step("b", "y", "z")]


def test_g87_e122_every_member_of_a_ring_is_an_entry_point() -> None:
    entrypoints = Graph(ring()).inputs.entrypoints
    assert list(entrypoints.items()) == [("a", ("x",)), ("b", ("y",)), ("c", ("z",))]


def test_e123_what_a_ring_reads_from_outside_is_required() -> None:
    nodes = [*ring()[:2], step("b", "y seed", "z")]
    spec = Graph(nodes).inputs
    assert spec.required == ("seed",) and set(spec.entrypoints) == {"a", "b", "c"}


def test_e124_independent_rings_have_entries_of_their_own() -> None:
    nodes = [*ring(), step("tick", "n", "n")]
    graph = Graph(nodes)
    assert set(graph.inputs.entrypoints) == {"a", "b", "c", "tick"}
    assert scope_of(graph, None).components == (("a", "b", "c"), ("tick",))


def test_e125_a_loop_closed_by_a_gate_alone_has_no_entry_points() -> None:
    graph = Graph([step("draft", "topic", "text"), choice("again", "text", "draft", END)])
    assert graph.has_cycles and graph.inputs.entrypoints == {}
    assert graph.inputs.required == ("topic",)


def test_e126_a_member_with_a_default_is_no_entry_point() -> None:
    nodes = [step("c", "z", "x", z=0), *ring()[1:]]
    assert Graph(nodes).inputs.entrypoints == {"a": ("x",), "b": ("y",)}


def test_e127_binding_a_ring_name_removes_it_everywhere() -> None:
    nodes = [step("a", "x", "y"), step("b", "x y", "x")]
    graph = Graph(nodes)
    assert graph.inputs.entrypoints == {"a": ("x",), "b": ("x", "y")}
    assert graph.bind(x=1).inputs.entrypoints == {"b": ("y",)}
    assert graph.bind(x=1).inputs.all == ("y",)


def test_g88_an_entry_lists_all_names_the_member_lacks() -> None:
    nodes = [step("reply", "history", "answer"), step("log", "history answer", "history")]
    entrypoints = Graph(nodes).inputs.entrypoints
    assert entrypoints == {"log": ("history", "answer"), "reply": ("history",)}


def test_g88_a_member_also_needs_names_of_another_cycle_that_it_reads() -> None:
    nodes = [step("tick", "n", "n"), step("tock", "m n", "m")]
    assert Graph(nodes).inputs.entrypoints == {"tick": ("n",), "tock": ("m", "n")}


def test_g89_a_loop_that_starts_itself_needs_nothing() -> None:
    spec = Graph([step("tick", "n", "n", n=0)]).inputs
    assert spec == InputSpec((), (), {}, {}) and spec.all == ()


def test_g89_a_graph_without_data_cycles_has_no_entry_points() -> None:
    nodes = [
        step("a", "x", "y", emit="s", wait_for="t"),
        step("b", "x", "z", emit="t", wait_for="s"),
    ]
    assert Graph(nodes).has_cycles and Graph(nodes).inputs.entrypoints == {}
    assert Graph([step("a", "x", "y")]).inputs.entrypoints == {}


def test_g90_gates_are_no_entry_points_but_have_inputs() -> None:
    nodes = [step("tick", "n", "n"), choice("more", "n limit", "tick", END)]
    spec = Graph(nodes).inputs
    assert spec == InputSpec(("limit",), (), {"tick": ("n",)}, {})


def test_g91_variadic_parameters_are_ordinary_required_inputs() -> None:
    @node(output_name="y")
    def gather(*args: int, **kwargs: int) -> int:
        return 0

    assert Graph([gather]).inputs.required == ("args", "kwargs")


def test_e71_what_an_interrupt_answers_is_no_entry_name_but_what_it_reads_may_be() -> None:
    nodes = [step("draft", "verdict", "text"), ask("approve", "text", "verdict")]
    assert Graph(nodes).inputs.entrypoints == {"approve": ("text",)}


def test_a_fed_input_is_nowhere_even_if_it_has_a_default_or_is_bound() -> None:
    graph = Graph([step("a", "x", "y"), step("b", "y", "z", y=1)]).bind(y=2)
    assert graph.inputs == InputSpec(("x",), (), {}, {"y": 2})


def test_one_consumer_with_a_binding_inside_makes_a_name_optional() -> None:
    inner = Graph([step("a", "k", "p")], name="inner").bind(k=1).as_node()
    spec = Graph([step("b", "k", "q"), inner]).inputs
    assert (spec.required, spec.optional, spec.bound) == ((), ("k",), {"k": 1})


def test_l19_all_writers_in_a_cycle_make_entries() -> None:
    nodes = [
        step("add", "cart item", "cart", emit="added"),
        step("price", "cart", "total"),
        step("gift", "cart total", "cart", wait_for="added"),
        choice("more", "total", "add", END),
    ]
    spec = Graph(nodes).inputs
    assert spec.required == ("item",)
    assert spec.entrypoints == {"add": ("cart",), "gift": ("cart", "total"), "price": ("cart",)}


@pytest.mark.parametrize("first", [0, 1])
def test_l19_a_name_that_a_node_before_the_cycle_produces_is_no_entry(first: int) -> None:
    nodes = [step("init", "x", "n", emit="ready"), step("tick", "n", "n", wait_for="ready")]
    spec = Graph(nodes if first == 0 else nodes[::-1]).inputs
    assert spec == InputSpec(("x",), (), {}, {})


def test_l19_with_listed_edges_a_producer_before_the_cycle_counts_too() -> None:
    nodes = [step("init", "x", "n"), step("up", "n", "m"), step("down", "m", "n")]
    graph = Graph(nodes, edges=[("init", "up"), ("up", "down"), ("down", "up")])
    assert graph.inputs == InputSpec(("x",), (), {"down": ("m",)}, {})


def test_l19_a_producer_on_another_branch_does_not_start_the_cycle() -> None:
    nodes = [choice("g", "x", "tick", "init"), step("tick", "n", "n"), step("init", "x", "n")]
    assert Graph(nodes).inputs.entrypoints == {"tick": ("n",)}


def test_l19_a_producer_that_runs_after_the_cycle_does_not_start_it() -> None:
    nodes = [step("tick", "n", "n", emit="done"), step("reset", "x", "n", wait_for="done")]
    assert Graph(nodes[::1]).inputs.entrypoints == {"tick": ("n",)}


def test_scope_of_tells_what_a_selection_needs() -> None:
    graph = Graph([step("a", "x", "y"), step("b", "y", "z"), step("c", "u", "v")])
    scope = scope_of(graph.select("v"), ("z",))
    assert scope.active == {"a", "b"} and scope.edge_names == {"y"}
    assert scope.spec.required == ("x",) and scope.components == ()
    assert scope_of(graph, None).active == {"a", "b", "c"}
    assert scope_of(graph.bind(x=1), ()).spec == InputSpec((), (), {}, {"x": 1})


def test_k9_k19_components_group_the_entries_of_one_loop() -> None:
    nodes = [step("a", "x", "y"), step("b", "y", "x"), choice("more", "x", "a", END)]
    assert Graph(nodes).scope.components == (("a", "b"),)
