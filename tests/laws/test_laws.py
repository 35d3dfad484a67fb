"""Laws of graphs: what may be changed about a declaration without changing what it computes."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.agreement.test_differential import many
from tests.differential.cases import cases, drawn_call
from tests.differential.engines import sequential
from tests.differential.features import features_of
from tests.differential.graphs import draw_graph, drawn_features
from tests.differential.sketch import FEATURES, Sketch
from tests.differential.source import build, is_valid
from tests.differential.spec import Case, Gate, GraphSpec
from tests.laws.texts import entry_statements, shape_of
from tests.laws.transforms import bound, followers, nested, renamed, swapped, with_unrelated
from tests.reference.observation import Batch, NodeCall, Observation

pytestmark = pytest.mark.slow

some = settings(many, max_examples=30)
few = settings(many, max_examples=8)
PLAIN = frozenset(FEATURES) - {"async", "interrupts", "hostile names"}
STRAIGHT = PLAIN - {
    "gates", "loops", "signals", "failures", "miscounts", "entrypoint", "select",
    "explicit edges", "ordered producers", "in place", "falsy",
}  # fmt: skip


@st.composite
def drawn(draw: Any, among: frozenset[str] = PLAIN) -> Case:
    """A case of a sync graph with ordinary names, with some of the features."""
    sketch = Sketch(draw, drawn_features(draw) & among)
    graph = draw_graph(sketch)
    return Case(graph, drawn_call(sketch, graph, concurrent=False, own_shape=True))


def runs_of(case: Case) -> list[Observation]:
    """The runs of a case: one, or those of a map."""
    seen = sequential(case)
    return list(seen.items) if isinstance(seen, Batch) else [seen]


def values_of(run: Observation, names: set[str] | None = None) -> dict[str, str]:
    return {name: repr(v) for name, v in run.values if names is None or name in names}


def calls_of(calls: tuple[NodeCall, ...]) -> list[tuple[Any, ...]]:
    return [(call.path, call.visit, call.arguments) for call in calls]


# ------------------------------------------------------------------ names


@some
@given(case=cases())
def test_renaming_every_value_changes_names_only(case: Case) -> None:
    other = renamed(case, "r_{}".format)
    assume(is_valid(other.graph))
    one, two = sequential(case), sequential(other)
    assert calls_of(one.calls) == calls_of(two.calls)
    for before, after in zip(runs_of(case), runs_of(other), strict=True):
        assert before.status == after.status
        assert [(f"r_{name}", repr(v)) for name, v in before.values] == [
            (name, repr(v)) for name, v in after.values
        ]


@few
@given(case=drawn())
def test_renaming_every_value_changes_no_more_of_the_text_than_names(case: Case) -> None:
    before = entry_statements(case.graph)
    after = entry_statements(renamed(case, "r_{}".format).graph)
    assert shape_of(before) == shape_of(after)


# ------------------------------------------------------------------ order


def independent_pairs(graph: GraphSpec) -> list[int]:
    """Where two neighbouring declarations have nothing to do with each other."""
    after = followers(graph)
    found = []
    for i, (one, other) in enumerate(zip(graph.nodes, graph.nodes[1:], strict=False)):
        apart = other.name not in after[one.name] and one.name not in after[other.name]
        shared = set(one.outputs) & set(other.outputs)
        if apart and not shared and one.name not in after[one.name]:
            found.append(i)
    return found


@some
@given(case=drawn(), data=st.data())
def test_reordering_independent_declarations_changes_no_value(
    case: Case, data: st.DataObject
) -> None:
    places = independent_pairs(case.graph)
    assume(places)
    graph = swapped(case.graph, data.draw(st.sampled_from(places)))
    other = Case(graph, case.call)
    for before, after in zip(runs_of(case), runs_of(other), strict=False):
        if before.status == "completed":
            assert after.status == "completed"
            assert values_of(before) == values_of(after)


@few
@given(case=drawn(), data=st.data())
def test_reordering_independent_declarations_moves_only_their_lines(
    case: Case, data: st.DataObject
) -> None:
    places = independent_pairs(case.graph)
    assume(places)
    first = data.draw(st.sampled_from(places))
    before, after = entry_statements(case.graph), entry_statements(swapped(case.graph, first))
    assert sorted(before) == sorted(after)
    names = [case.graph.nodes[first].name, case.graph.nodes[first + 1].name]

    def others(lines: list[str]) -> list[str]:
        theirs = (*names, " = ABSENT")
        return [line for line in lines if not any(name in line for name in theirs)]

    assert others(before) == others(after)


# ------------------------------------------------------------------ nesting


@some
@given(case=drawn(STRAIGHT), data=st.data())
def test_nesting_equals_flattening(case: Case, data: st.DataObject) -> None:
    after = followers(case.graph)
    top = data.draw(st.sampled_from(case.graph.nodes))
    names = {top.name, *after[top.name]}
    other = Case(nested(case.graph, names), case.call)
    assume(is_valid(other.graph))
    for flat, deep in zip(runs_of(case), runs_of(other), strict=True):
        if flat.status == "completed":
            assert deep.status == "completed", deep
            assert values_of(deep) == values_of(flat)


# ------------------------------------------------------------------ inputs


@some
@given(case=drawn(), data=st.data())
def test_binding_equals_passing_loop_seeds_aside(case: Case, data: st.DataObject) -> None:
    graph = build(case.graph).graph
    spec, computed = graph.inputs, graph.outputs
    over = case.call.map_over.names if case.call.map_over else ()
    clone = case.call.map_over.clone if case.call.map_over else False
    plain = [
        name
        for name, _ in case.call.values
        if name in (*spec.required, *spec.optional)
        and name.isidentifier()
        and name not in (*over, *computed)
        and not (isinstance(clone, tuple) and name in clone)
        and name not in dict(case.graph.bound)
    ]
    names = set(data.draw(st.lists(st.sampled_from(plain or [""]), max_size=3))) & set(plain)
    assume(names)
    other = bound(case, names)
    assume(is_valid(other.graph))
    for passed, held in zip(runs_of(case), runs_of(other), strict=True):
        if passed.status == "completed":
            assert held.status == "completed", held
            assert values_of(held) == values_of(passed)


# ------------------------------------------------------------------ additions


@few
@given(case=drawn())
def test_an_unrelated_node_is_one_hunk_in_the_entry(case: Case) -> None:
    assume(not case.graph.entrypoints)
    before = entry_statements(case.graph)
    after = entry_statements(with_unrelated(case.graph))
    added = [i for i, line in enumerate(after) if "unrelated(" in line]
    assert len(added) == 1
    assert after[: added[0]] + after[added[0] + 1 :] == before


def test_the_laws_are_tried_on_graphs_of_many_kinds() -> None:
    seen: set[str] = set()

    @some
    @given(case=drawn())
    def draw_many(case: Case) -> None:
        seen.update(features_of(case))
        assert not any(isinstance(node, Gate) and not node.targets for node in case.graph.nodes)

    draw_many()
    assert seen > {"gate", "loop", "nested", "mapped", "signals", "default", "rename", "binding"}
