"""Stand-ins are the graphs they stand for, but for what the functions do."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hypergraph import Graph, HyperNode, node
from hypergraph.compiler.diagnostics.artifacts import CompileError
from tests.agreement.test_differential import many
from tests.differential.cases import cases
from tests.differential.graphs import drawn_features
from tests.differential.proof import Budget, cases_of, drawn_cases, proved, report
from tests.differential.sketch import Sketch
from tests.differential.source import build
from tests.differential.spec import Case
from tests.differential.stand_in import stand_in

pytestmark = pytest.mark.slow

some = settings(many, max_examples=60)


def facts_of(graph: Graph) -> Any:
    """All that a graph says about itself, but for its functions."""
    spec = graph.inputs
    return (
        [(node.name, node.inputs, node.outputs, node.is_async) for node in graph.iter_nodes()],
        [(spec.required, spec.optional, dict(spec.entrypoints), tuple(spec.bound))],
        [graph.outputs, graph.selected, graph.entrypoints_config],
        sorted(map(repr, graph.nx_graph.edges(data="edge_type"))),
        graph.controlled_by,
    )


@some
@given(case=cases(concurrent=True), data=st.data())
def test_a_stand_in_is_wired_like_the_graph(case: Case, data: st.DataObject) -> None:
    graph = build(case.graph).graph
    other = build(stand_in(Sketch(data.draw, drawn_features(data.draw)), graph)).graph
    assert facts_of(other) == facts_of(graph)


@some
@given(case=cases(), data=st.data())
def test_stand_ins_can_be_called(case: Case, data: st.DataObject) -> None:
    drawn = data.draw(cases_of(build(case.graph).graph))
    assert build(drawn.graph).graph.outputs == build(case.graph).graph.outputs


def test_functions_that_take_any_number_of_arguments_have_stand_ins() -> None:
    @node(output_name="total")
    def add(first: int = 1, *others: int, **named: int) -> int:
        return first + sum(others) + sum(named.values())

    assert proved(cases_of(Graph([add])), Budget(cases=3)).holds


def test_proofs_count_what_they_compare() -> None:
    proof = proved(drawn_cases(), Budget(cases=8, seed=3))
    assert proof.holds, report(proof)
    assert proof.cases == sum(proof.ends.values()) == 8
    assert proof.compared["sequential"] + proof.compared["interleaved 0"] == 8


def test_a_proof_of_nothing_does_not_hold() -> None:
    assert not proved(drawn_cases(), Budget(seconds=0)).holds


class Own(HyperNode):
    """A node of a class that only the user knows."""

    def __init__(self) -> None:
        self.name, self.inputs, self.outputs = "own", (), ("x",)
        self._rename_history = []


def test_classes_of_the_user_have_no_stand_in() -> None:
    with pytest.raises(CompileError, match="own is a Own, which has no stand-in"):
        proved(cases_of(Graph([Own()])), Budget(cases=1))
