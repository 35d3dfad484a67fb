"""Every case that once went wrong, or stands for one that must not, in every engine."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest

from tests.differential.all_engines import ENGINES, can_take
from tests.differential.disagreement import disagreement
from tests.differential.engines import Engine
from tests.differential.spec import Case

CASES: dict[str, Case] = {
    path.stem: import_module(f"tests.corpus.{path.stem}").CASE
    for path in sorted(Path(__file__).parent.glob("case_*.py"))
}


def writes_files(engine: Engine) -> bool:
    """Whether the engine compiles to a file, which takes a second or two."""
    return engine.name.startswith(("imported", "alone"))


PAIRS = [
    pytest.param(
        case,
        engine,
        id=f"{name.removeprefix('case_')}-{engine.name}",
        marks=[pytest.mark.slow] if writes_files(engine) else [],
    )
    for name, case in CASES.items()
    for engine in ENGINES
    if can_take(engine, case) and (engine.concurrent == case.concurrent or not writes_files(engine))
]


@pytest.mark.parametrize(("case", "engine"), PAIRS)
def test_case(case: Case, engine: Engine) -> None:
    found = disagreement(case, engine)
    assert not found, found
