"""Every engine against the reference, on drawn graphs and calls."""

from __future__ import annotations

from hypothesis import HealthCheck, Phase, given, settings

from tests.differential.agreement import differences, kind_of
from tests.differential.all_engines import INTERLEAVED, PLAIN
from tests.differential.cases import cases
from tests.differential.engines import Engine, reference
from tests.differential.paste import report
from tests.differential.reduction import reduced
from tests.differential.source import is_valid
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


def departures(case: Case, engine: Engine) -> list[str]:
    """Where an engine departs from the reference."""
    expected = reference(case, engine)
    try:
        actual = engine.observe(case)
    except Exception as error:
        return [f"engine: {type(error).__name__}: {error}"]
    return differences(expected, actual, ordered=not engine.concurrent, told=engine.told)


def disagreement(case: Case, engine: Engine) -> str:
    """What a person needs to see when an engine departs from the reference, as small as it gets."""
    kind = kind_of(departures(case, engine))
    if not kind:
        return ""

    def goes_wrong_alike(smaller: Case) -> bool:
        return is_valid(smaller.graph) and kind_of(departures(smaller, engine)) == kind

    smallest = reduced(case, goes_wrong_alike)
    lines = "\n".join(departures(smallest, engine))
    return f"{engine.name}:\n{lines}\n\n{report(smallest)}"


def disagreements(case: Case, engines: tuple[Engine, ...]) -> str:
    """The same for several engines."""
    return "\n".join(filter(None, (disagreement(case, engine) for engine in engines)))


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
