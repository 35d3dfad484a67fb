"""The reference's own input specification against that of drawn graphs."""

from __future__ import annotations

from hypothesis import given

from tests.agreement.test_differential import many
from tests.differential.cases import cases
from tests.differential.paste import report
from tests.differential.source import build
from tests.differential.spec import Case
from tests.reference.scope import scope_of


@many
@given(case=cases())
def test_g85_inputs_of_drawn_graphs(case: Case) -> None:
    graph = build(case.graph).graph
    expected, actual = scope_of(graph, graph.selected), graph.inputs
    assert (expected.required, expected.optional, expected.entrypoints) == (
        actual.required,
        actual.optional,
        actual.entrypoints,
    ), report(case)
