"""Proofs by many cases: engines compared with the reference until a time or a number is reached."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from itertools import combinations
from typing import Any

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from hypergraph import Graph

from .agreement import kind_of
from .all_engines import ENGINES, can_take
from .cases import cases, drawn_call
from .disagreement import departures, disagreement
from .engines import Engine, reference
from .features import FEATURES, features_of
from .graphs import drawn_features
from .sketch import Sketch
from .source import is_valid
from .spec import Call, Case
from .stand_in import members_of_cycles, stand_in

BATCH = 50
ENOUGH_ROUNDS = 20


@dataclass(frozen=True)
class Budget:
    """How long to go on: until so many seconds are over, or so many cases compared."""

    seconds: float | None = None
    cases: int | None = None
    seed: int = 0


@dataclass
class Proof:
    """What was compared, and the smallest case of every kind that went wrong, with its engine."""

    cases: int = 0
    invalid: int = 0
    ends: Counter[str] = field(default_factory=Counter)
    compared: Counter[str] = field(default_factory=Counter)
    disagreed: Counter[str] = field(default_factory=Counter)
    pairs: Counter[tuple[str, str]] = field(default_factory=Counter)
    wrong: dict[tuple[str, str], tuple[Engine, Case]] = field(default_factory=dict)

    @property
    def holds(self) -> bool:
        """Whether there were cases, and every engine agreed on all of them."""
        return self.cases > 0 and not self.wrong

    def take(self, case: Case) -> None:
        """Compare the engines on one more case."""
        if not is_valid(case.graph):
            self.invalid += 1
            return
        self.cases += 1
        self.pairs.update(combinations(features_of(case), 2))
        self.pairs.update((one, one) for one in features_of(case))
        engines = [
            one for one in ENGINES if one.concurrent == case.concurrent and can_take(one, case)
        ]
        self.ends[reference(case, engines[0]).status] += 1
        for engine in engines:
            self.compared[engine.name] += 1
            self._note(engine, case, kind_of(departures(case, engine)))

    def _note(self, engine: Engine, case: Case, kind: str) -> None:
        if not kind:
            return
        self.disagreed[engine.name] += 1
        known = self.wrong.get((engine.name, kind))
        if known is None or len(repr(case)) < len(repr(known[1])):
            self.wrong[engine.name, kind] = (engine, case)


def proved(strategy: st.SearchStrategy[Case], budget: Budget) -> Proof:
    """Draw cases and compare, batch by batch, until the budget is spent."""
    proof = Proof()
    began = time.monotonic()
    number = budget.seed
    while not _is_spent(budget, proof, time.monotonic() - began):
        left = BATCH if budget.cases is None else min(BATCH, budget.cases - _drawn(proof))
        _batch(strategy, proof.take, number, left)
        number += 1
    return proof


def _drawn(proof: Proof) -> int:
    return proof.cases + proof.invalid


def _is_spent(budget: Budget, proof: Proof, seconds: float) -> bool:
    if budget.cases is not None and _drawn(proof) >= budget.cases:
        return True
    return budget.seconds is not None and seconds >= budget.seconds


def _batch(
    strategy: st.SearchStrategy[Case], take: Callable[[Case], None], number: int, size: int
) -> None:
    """Draw ``size`` cases; the same ones for the same number."""

    @seed(number)
    @settings(
        max_examples=size,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def draw(case: Case) -> None:
        take(case)

    draw()


def drawn_cases() -> st.SearchStrategy[Case]:
    """Cases of all kinds: half of them need asyncio, half take graphs as they were declared."""
    return st.one_of(
        [cases(concurrent=loop, own_shape=own) for loop in (False, True) for own in (False, True)]
    )


@st.composite
def cases_of(draw: Any, graph: Graph) -> Case:
    """A stand-in for a graph, and a call of it."""
    concurrent = graph.has_async_nodes or graph.has_interrupts or draw(st.booleans())
    sketch = Sketch(draw, drawn_features(draw) - {"spin"})
    described = stand_in(sketch, graph)
    call = drawn_call(sketch, described, concurrent, draw(st.booleans()))
    return Case(described, bounded(graph, call), concurrent)


def bounded(graph: Graph, call: Call) -> Call:
    """The call with a limit where a drawn body could keep a loop going for long."""
    if call.max_iterations is not None or not members_of_cycles(graph):
        return call
    return replace(call, max_iterations=ENOUGH_ROUNDS)


def report(proof: Proof) -> str:
    """The counts, and the smallest case of each kind that went wrong."""
    parts = [_heading(proof), _engines(proof), _pairs(proof)]
    parts += [disagreement(case, engine) for engine, case in proof.wrong.values()]
    return "\n\n".join(filter(None, parts))


def _heading(proof: Proof) -> str:
    ends = ", ".join(f"{count} {end}" for end, count in proof.ends.most_common())
    share = 100 * proof.invalid / max(1, _drawn(proof))
    return f"{proof.cases} cases: {ends}\n{share:.1f} % of the draws were no graph"


def _engines(proof: Proof) -> str:
    width = max(map(len, proof.compared), default=0)
    return "\n".join(
        f"{name:{width}}  {count:>6} compared  {proof.disagreed[name]:>4} disagreed"
        for name, count in proof.compared.items()
    )


def _pairs(proof: Proof) -> str:
    """How many cases had both of two features; on the diagonal, how many had the one."""
    known = [name for name in FEATURES if (name, name) in proof.pairs]
    width = max(map(len, known), default=0)
    lines = [
        f"{one:{width}}" + "".join(f"{proof.pairs[other, one]:>6}" for other in known[: i + 1])
        for i, one in enumerate(known)
    ]
    lines.append(" " * width + "".join(f"{name[:5]:>6}" for name in known))
    return "\n".join(lines)
