"""Every case that once went wrong, or stands for one that must not, in every engine."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest

from tests.differential.all_engines import ENGINES
from tests.differential.engines import Engine
from tests.differential.spec import Case
from tests.differential.test_differential import disagreement

NAMES = sorted(path.stem for path in Path(__file__).parent.glob("case_*.py"))


@pytest.mark.parametrize("engine", ENGINES, ids=lambda engine: engine.name)
@pytest.mark.parametrize("name", NAMES)
def test_case(name: str, engine: Engine) -> None:
    case: Case = import_module(f"tests.corpus.{name}").CASE
    if case.concurrent and not engine.concurrent:
        pytest.skip("needs an event loop")
    found = disagreement(case, engine)
    assert not found, found
