"""A failure at every call that a run makes: the product ends as the reference does."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings

from hypergraph import SyncRunner
from tests.agreement.test_differential import many
from tests.differential.agreement import differences
from tests.differential.all_engines import PLAIN
from tests.differential.cases import cases
from tests.differential.engines import (
    Seen,
    calls_of,
    ended,
    heard,
    options_of,
    reference,
    sequential,
    values_of,
)
from tests.differential.source import Built, build
from tests.differential.spec import Case
from tests.reference.interpreter import interpret, interpret_map
from tests.reference.observation import Observation

pytestmark = pytest.mark.slow

some = settings(many, max_examples=25)
MOST_CALLS = 12
ERRORS: tuple[type[Exception], ...] = (ValueError, MemoryError, RecursionError)


class Failing(list[Any]):
    """A trace of calls that lets one of them fail."""

    def __init__(self, place: int, error: BaseException) -> None:
        super().__init__()
        self.place = place
        self.error = error

    def append(self, call: Any) -> None:
        """Note a call, and fail if it is the one."""
        super().append(call)
        if len(self) == self.place + 1:
            raise self.error


def prepared(case: Case, place: int, error: BaseException) -> Built:
    """The graph of a case, whose call number ``place`` fails."""
    built = build(case.graph)
    trace = Failing(place, error)
    vars(built.module)["TRACE"] = trace
    return Built(built.graph, trace, built.module)


def in_reference(case: Case, place: int, error: Exception) -> Seen:
    built = prepared(case, place, error)
    mapped = case.call.map_over is not None
    interpreted: Any = interpret_map if mapped else interpret
    seen: Seen = interpreted(built.graph, values_of(case.call), **options_of(case.call))
    return _with_calls(seen, built)


def in_product(case: Case, place: int, error: Exception) -> Seen:
    built = prepared(case, place, error)
    runner = SyncRunner()
    start = runner.run if case.call.map_over is None else runner.map
    with heard():
        seen = ended(lambda: start(built.graph, values_of(case.call), **options_of(case.call)))
    return _with_calls(seen, built)


def _with_calls(seen: Seen, built: Built) -> Seen:
    return replace(seen, calls=calls_of(built.trace), warnings=())


@some
@given(case=cases())
def test_a_failure_of_any_call_ends_the_run_as_specified(case: Case) -> None:
    calls = len(reference(case, PLAIN[0]).calls)
    for place in range(min(calls, MOST_CALLS)):
        error = ERRORS[place % len(ERRORS)]
        expected = in_reference(case, place, error("here", place))
        actual = in_product(case, place, error("here", place))
        assert differences(expected, actual, ordered=True) == [], place


@pytest.mark.parametrize("kind", [KeyboardInterrupt, SystemExit])
@some
@given(case=cases())
def test_what_is_no_error_of_a_node_leaves_at_once(kind: type[BaseException], case: Case) -> None:
    calls = len(sequential(case).calls)
    for place in range(min(calls, MOST_CALLS)):
        stop = kind(place)
        built = prepared(case, place, stop)
        runner = SyncRunner()
        start = runner.run if case.call.map_over is None else runner.map
        with heard(), pytest.raises(kind) as caught:
            start(built.graph, values_of(case.call), **options_of(case.call))
        assert caught.value is stop and len(built.trace) == place + 1


@some
@given(case=cases())
def test_a_program_runs_as_before_after_a_failure(case: Case) -> None:
    calls = len(reference(case, PLAIN[0]).calls)
    if not calls or case.call.map_over is not None or "in place" in str(case):
        return
    built = prepared(case, calls // 2, ValueError("once"))
    with heard():
        ended(lambda: SyncRunner().run(built.graph, values_of(case.call), **options_of(case.call)))
        vars(built.module)["TRACE"] = again = Failing(-2, ValueError())
        end = ended(
            lambda: SyncRunner().run(built.graph, values_of(case.call), **options_of(case.call))
        )
    assert isinstance(end, Observation)
    expected = sequential(case)
    assert isinstance(expected, Observation)
    assert (end.status, repr(end.values)) == (expected.status, repr(expected.values))
    assert calls_of(again) == expected.calls
