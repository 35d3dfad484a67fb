"""Every case that once went wrong, or stands for one that must not, in every engine."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest

from tests.differential.all_engines import INTERLEAVED, PLAIN
from tests.differential.engines import Engine
from tests.differential.spec import Case
from tests.differential.test_differential import disagreement

CASES: dict[str, Case] = {
    path.stem: import_module(f"tests.corpus.{path.stem}").CASE
    for path in sorted(Path(__file__).parent.glob("case_*.py"))
}


def can_take(engine: Engine, case: Case) -> bool:
    """Whether an engine can run a case at all."""
    fits_loop = engine.concurrent or not case.concurrent
    return fits_loop and not (engine.own_shape and case.call.select is not None)


PAIRS = [
    pytest.param(case, engine, id=f"{name.removeprefix('case_')}-{engine.name}")
    for name, case in CASES.items()
    for engine in (*PLAIN, *INTERLEAVED)
    if can_take(engine, case)
]


@pytest.mark.parametrize(("case", "engine"), PAIRS)
def test_case(case: Case, engine: Engine) -> None:
    found = disagreement(case, engine)
    assert not found, found
