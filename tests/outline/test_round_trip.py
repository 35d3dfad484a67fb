"""What is read from the text of a program equals the plan that the text was written from."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings

from hypergraph.compiler.outline.read import read_outline
from hypergraph.compiler.schedule.supply import Supply
from tests.agreement.test_differential import many
from tests.differential.cases import cases
from tests.differential.source import build
from tests.differential.spec import Case
from tests.outline.outlines import written

pytestmark = pytest.mark.slow

some = settings(many, max_examples=max(many.max_examples * 3 // 5, 1))
EXAMPLES = sorted(Path(__file__).parents[2].glob("examples/*/*_program.py"))


def supplied(case: Case) -> Supply:
    """The shape of the drawn call: what it gives of what the graph asks for."""
    graph = build(case.graph).graph
    return Supply(frozenset(name for name, _ in case.call.values).intersection(graph.inputs.all))


@some
@given(case=cases())
def test_sync_programs_are_read_as_they_were_planned(case: Case) -> None:
    graph = build(case.graph).graph
    for supply in (None, supplied(case)):
        planned, text = written(graph, "sync", supply)
        assert read_outline(text) == planned, text


@some
@given(case=cases(concurrent=True))
def test_async_programs_are_read_as_they_were_planned(case: Case) -> None:
    graph = build(case.graph).graph
    for limited in (False, True):
        planned, text = written(graph, "async", supplied(case), limited=limited)
        assert read_outline(text) == planned, text


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_committed_programs_can_be_read(path: Path) -> None:
    outline = read_outline(path.read_text(encoding="utf-8"))
    assert outline.entry.supersteps and outline.entry.returns
