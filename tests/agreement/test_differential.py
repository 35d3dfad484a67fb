"""Every engine against the reference, on drawn graphs and calls."""

from __future__ import annotations

from hypothesis import HealthCheck, Phase, given, settings

from tests.differential.all_engines import INTERLEAVED, PLAIN
from tests.differential.cases import cases
from tests.differential.disagreement import disagreements
from tests.differential.spec import Case

EXAMPLES = {"ci": 100, "long": 50_000}
many = settings(
    max_examples=EXAMPLES.get(settings.get_current_profile_name(), 100),
    derandomize=settings.get_current_profile_name() != "long",
    deadline=None,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
some = settings(many, max_examples=many.max_examples // 3)


@many
@given(case=cases())
def test_sequential_runs_agree_with_the_reference(case: Case) -> None:
    found = disagreements(case, PLAIN)
    assert not found, found


@some
@given(case=cases(concurrent=True))
def test_interleaved_runs_agree_with_the_reference(case: Case) -> None:
    found = disagreements(case, INTERLEAVED)
    assert not found, found
