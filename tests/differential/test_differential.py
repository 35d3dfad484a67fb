"""Every engine against the reference, on drawn graphs and calls."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.differential.agreement import differences
from tests.differential.all_engines import ARTIFACTS, CONCURRENT, SEQUENTIAL
from tests.differential.cases import cases
from tests.differential.engines import Engine, reference
from tests.differential.paste import report
from tests.differential.spec import Case

EXAMPLES = {"ci": 2_000, "long": 50_000}
many = settings(
    max_examples=EXAMPLES.get(settings.get_current_profile_name(), 300),
    derandomize=settings.get_current_profile_name() != "long",
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
few = settings(many, max_examples=many.max_examples // 5)


def disagreement(case: Case, engine: Engine) -> str:
    """What a person needs to see when an engine departs from the reference."""
    expected, actual = reference(case, engine), engine.observe(case)
    lines = differences(expected, actual, ordered=not engine.concurrent, told=engine.told)
    if not lines:
        return ""
    found = "\n".join(lines)
    return f"{engine.name}:\n{found}\n\n{report(case)}"


@pytest.mark.parametrize("engine", SEQUENTIAL, ids=lambda engine: engine.name)
@many
@given(case=cases())
def test_sequential_engines_agree_with_the_reference(engine: Engine, case: Case) -> None:
    found = disagreement(case, engine)
    assert not found, found


@pytest.mark.parametrize("engine", CONCURRENT, ids=lambda engine: engine.name)
@many
@given(case=cases(concurrent=True))
def test_concurrent_engines_agree_with_the_reference(engine: Engine, case: Case) -> None:
    found = disagreement(case, engine)
    assert not found, found


@pytest.mark.parametrize("engine", ARTIFACTS, ids=lambda engine: engine.name)
@few
@given(data=st.data())
def test_artifacts_agree_with_the_reference(engine: Engine, data: st.DataObject) -> None:
    case = data.draw(cases(concurrent=engine.concurrent, own_shape=True))
    found = disagreement(case, engine)
    assert not found, found


def test_hardly_any_draw_is_thrown_away() -> None:
    tally: Counter[str] = Counter()

    @st.composite
    def counted(draw: Any) -> Case:
        tally["begun"] += 1
        case: Case = draw(cases())
        tally["done"] += 1
        return case

    @settings(many, max_examples=300)
    @given(counted())
    def draw_many(case: Case) -> None:
        tally["used"] += 1

    draw_many()
    assert tally["used"] > 0.98 * tally["begun"], tally
