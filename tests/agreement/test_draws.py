"""What the drawn cases are like: none is thrown away, and together they go everywhere."""

from __future__ import annotations

from collections import Counter

from hypothesis import given, settings

from hypergraph import Graph
from tests.agreement.test_differential import many
from tests.differential.all_engines import INTERLEAVED, PLAIN
from tests.differential.cases import cases
from tests.differential.engines import reference
from tests.differential.source import build
from tests.differential.spec import Ask, Case, Gate, Sub, every_node
from tests.reference.observation import Observation
from tests.reference.planning import plan

DRAWN = 300
some = settings(many, max_examples=DRAWN)


def features_of(case: Case, concurrent: bool) -> set[str]:
    """What a case has and what becomes of it."""
    seen = reference(case, (INTERLEAVED if concurrent else PLAIN)[0])
    nodes = list(every_node(case.graph))
    found = {seen.status, *(type(node).__name__ for node in nodes)}
    found |= {"mapped" for node in nodes if isinstance(node, Sub) and node.map_over}
    found |= {"waits" for node in nodes if node.wait_for}
    found |= {"several targets" for node in nodes if isinstance(node, Gate) and node.multi_target}
    found |= {"async" for node in nodes if getattr(node, "kind", "").startswith("async")}
    if isinstance(seen, Observation):
        found |= {"long loop" for rounds in seen.rounds if rounds.count > 3}
        found |= {"wide loop" for rounds in seen.rounds if len(rounds.members) > 2}
    if concurrent and goes_on_beside_a_loop(build(case.graph).graph):
        found.add("beside a loop")
    if case.graph.edges is not None:
        found.add("edges")
    if seen.warnings:
        found.add("warned")
    return found


def goes_on_beside_a_loop(graph: Graph) -> bool:
    """Whether anything has nothing to do with a loop."""
    planned = plan(graph)
    regions = [region for generation in planned.generations for region in generation]
    return any(
        loop.is_loop and loop != other and planned.independent(loop, other)
        for loop in regions
        for other in regions
    )


def test_sequential_draws_go_everywhere() -> None:
    tally: Counter[str] = Counter()

    @some
    @given(case=cases())
    def draw_many(case: Case) -> None:
        tally.update(features_of(case, concurrent=False))

    draw_many()
    assert tally["completed"] > 0.5 * DRAWN and tally["rejected"] < 0.2 * DRAWN, tally
    often = {"Fn", "Gate", "Sub", "mapped", "waits", "several targets", "long loop", "wide loop"}
    assert all(tally[feature] > 0.05 * DRAWN for feature in often), tally
    assert all(tally[feature] for feature in ("failed", "edges", "warned")), tally


def test_concurrent_draws_go_everywhere() -> None:
    tally: Counter[str] = Counter()

    @some
    @given(case=cases(concurrent=True))
    def draw_many(case: Case) -> None:
        tally.update(features_of(case, concurrent=True))

    draw_many()
    assert tally["completed"] > 0.5 * DRAWN and tally["rejected"] < 0.2 * DRAWN, tally
    assert all(tally[feature] > 0.03 * DRAWN for feature in ("Ask", "async", "paused")), tally
    assert tally["beside a loop"] > 0.1 * DRAWN, tally


def test_asks_are_drawn_inside_graph_nodes_too() -> None:
    found: Counter[bool] = Counter()

    @some
    @given(case=cases(concurrent=True))
    def draw_many(case: Case) -> None:
        inside = [
            n for node in case.graph.nodes if isinstance(node, Sub) for n in every_node(node.graph)
        ]
        found[any(isinstance(node, Ask) for node in inside)] += 1

    draw_many()
    assert found[True] > 0.01 * DRAWN
