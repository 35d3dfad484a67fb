"""What the drawn cases are like: none is thrown away, and together they go everywhere."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from hypothesis import given, seed, settings
from hypothesis.statistics import collector

from hypergraph import Graph
from tests.agreement.coverage import coverage_of
from tests.agreement.test_differential import many
from tests.differential.all_engines import INTERLEAVED, PLAIN
from tests.differential.cases import cases
from tests.differential.engines import reference
from tests.differential.source import build
from tests.differential.spec import Case
from tests.reference.observation import Observation
from tests.reference.planning import plan

pytestmark = pytest.mark.slow

DRAWN = 400
NODES = {"plain function", "generator function", "several outputs", "no output", "hostile names"}
PARAMETERS = {
    *(f"{kind} parameter" for kind in ("positional", "normal", "spread", "keyword")),
    *("spread by name parameter", "default on an edge-fed input", "renamed input"),
}
GATES = {
    *("route", "ifelse", "open gate", "closed gate", "gate of a gate"),
    *("multi_target", "fallback", "END", "None decision"),
}
LOOPS = {
    *("loop of one", "ring", "large loop", "gate in a loop", "loop without a gate"),
    *("self-production", "graph in a loop", "loop in a loop", "long loop", "beside a loop"),
}
NESTING = {"depth 1", "depth 2", "depth 3", "renamed graph node", "clone"}
MAPS = {
    *("map_over, zip", "map_over, product", "map_over, raise", "map_over, continue"),
    *("map, zip", "map, product", "map over no", "map over one", "map over many"),
}
WIRING = {"fan-in", "fan-out", "emit", "wait_for", "explicit edges"}
NARROWED = {"select", "select=", "with_entrypoint", "entrypoint=", "bind", "injected or seeded"}
BODIES = {"body fail", "body falsy", "body miscounted", "body spin", "body echo"}
ENDS = {"completed", "failed", "raised", "rejected", "warned"}
EVERYWHERE = NODES | PARAMETERS | GATES | LOOPS | NESTING | MAPS | WIRING | NARROWED | BODIES | ENDS
ONLY = {
    False: {"body push", "body collect"},
    True: {
        *("interrupt", "nested interrupt", "paused", "dotted answer"),
        *("async function", "async generator function"),
    },
}


def observed_features(case: Case, concurrent: bool) -> set[str]:
    """What becomes of a case."""
    seen = reference(case, (INTERLEAVED if concurrent else PLAIN)[0])
    found = {seen.status} | ({"warned"} if seen.warnings else set())
    if isinstance(seen, Observation):
        found |= {"long loop" for rounds in seen.rounds if rounds.count > 3}
    if goes_on_beside_a_loop(build(case.graph).graph):
        found.add("beside a loop")
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


@pytest.mark.parametrize("concurrent", [False, True], ids=["sequential", "concurrent"])
def test_drawn_cases_go_everywhere(concurrent: bool) -> None:
    tally: Counter[str] = Counter()

    @seed(1)
    @settings(many, max_examples=DRAWN, derandomize=False)
    @given(case=cases(concurrent=concurrent))
    def draw_many(case: Case) -> None:
        tally.update(coverage_of(case) | observed_features(case, concurrent))

    draw_many()
    missing = {name for name in EVERYWHERE | ONLY[concurrent] if not tally[name]}
    assert not missing, tally
    assert tally["completed"] > 0.5 * DRAWN, tally


@pytest.mark.parametrize("concurrent", [False, True], ids=["sequential", "concurrent"])
def test_fewer_than_two_in_a_hundred_draws_are_rejected(concurrent: bool) -> None:
    """Graphs are valid by construction. What Hypothesis itself cuts short does not count; that no
    draw is too large for it is what its health check says."""
    told: list[dict[str, Any]] = []
    health = [check for check in many.suppress_health_check if check.name != "data_too_large"]

    @seed(2)
    @settings(many, max_examples=DRAWN, derandomize=False, suppress_health_check=health)
    @given(case=cases(concurrent=concurrent))
    def draw_many(case: Case) -> None:
        pass

    with collector.with_value(told.append):  # type: ignore[arg-type]
        draw_many()
    ends = Counter(one["status"] for one in told[0]["generate-phase"]["test-cases"])
    print(f"rejected: {ends['invalid']} of {ends['invalid'] + ends['valid']} draws")
    assert ends["valid"] >= DRAWN
    assert ends["invalid"] < 0.02 * DRAWN, ends
