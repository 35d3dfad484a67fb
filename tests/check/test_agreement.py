"""Findings of drawn graphs agree with the plans of these graphs."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from hypergraph import Graph
from hypergraph.compiler.check.findings import findings_of
from hypergraph.compiler.held_plans import file_plan
from hypergraph.compiler.mode import mode_for
from hypergraph.compiler.plan import Loop
from tests.differential.cases import cases
from tests.differential.source import build
from tests.differential.spec import Case

IDLE = {"HG501", "HG502"}
DRAWN = st.booleans().flatmap(lambda concurrent: cases(concurrent=concurrent, own_shape=True))


def planned(graph: Graph) -> set[str]:
    """The nodes that have a place in the plan of a graph."""
    names = set()
    for superstep in file_plan(graph, mode_for(graph, None)).supersteps:
        for item in superstep.items:
            if isinstance(item, Loop):
                names |= {member.call.node for member in item.members if member.possible}
            else:
                names.add(item.call.node)
    return names


@settings(max_examples=100)
@given(DRAWN)
def test_nodes_said_never_to_run_have_no_place_in_the_plan(case: Case) -> None:
    """HG501 and HG502 only name nodes that no run which gives what is asked for gets to."""
    graph = build(case.graph).graph
    found = {one.subject for one in findings_of(graph) if one.code in IDLE and not one.path}
    assert found.isdisjoint(planned(graph))
