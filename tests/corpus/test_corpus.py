"""Every case that once went wrong, or stands for one that must not, in every engine."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest

from hypergraph.compiler.schedule.supply import own_supply
from tests.differential.all_engines import ENGINES
from tests.differential.disagreement import disagreement
from tests.differential.engines import Engine
from tests.differential.source import build
from tests.differential.spec import Case

CASES: dict[str, Case] = {
    path.stem: import_module(f"tests.corpus.{path.stem}").CASE
    for path in sorted(Path(__file__).parent.glob("case_*.py"))
}


def can_take(engine: Engine, case: Case) -> bool:
    """Whether an engine can run a case at all."""
    fits_loop = engine.concurrent or not case.concurrent
    return fits_loop and (not engine.own_shape or _is_own_shape(case))


def _is_own_shape(case: Case) -> bool:
    """Whether a file holds the call: it gives no value that the graph computes."""
    own = own_supply(build(case.graph).graph)
    given = {name for name, _ in case.call.values}
    return case.call.select is None and given <= own.certain | own.maybe


PAIRS = [
    pytest.param(case, engine, id=f"{name.removeprefix('case_')}-{engine.name}")
    for name, case in CASES.items()
    for engine in ENGINES
    if can_take(engine, case)
]


@pytest.mark.parametrize(("case", "engine"), PAIRS)
def test_case(case: Case, engine: Engine) -> None:
    found = disagreement(case, engine)
    assert not found, found
