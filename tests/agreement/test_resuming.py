"""Law: to run with all answers is to pause and resume at every point, each time elsewhere (X106).

It holds for interrupts that are executed at most once in a run; in a loop the caller also passes on
what the loop had reached (X108).
"""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings

from tests.agreement.resuming import (
    Told,
    answered,
    asks_at_most_once,
    in_a_new_process,
    run_of,
    told_of,
)
from tests.agreement.test_differential import many
from tests.differential.all_engines import INTERLEAVED
from tests.differential.cases import cases
from tests.differential.engines import interleaved, reference
from tests.differential.paste import report
from tests.differential.source import build
from tests.differential.spec import Case
from tests.reference.answers import keys_of
from tests.reference.observation import Observation

DRAWN = 300
MOST_PAUSES = 8


def as_specified(case: Case) -> Observation | None:
    """How a run of the case ends, if that is not a matter of timing."""
    seen = reference(case, INTERLEAVED[0])
    assert isinstance(seen, Observation)
    return None if seen.racing else seen


def pausing_cases() -> list[Case]:
    """Drawn cases that pause, without any answer given."""
    found: list[Case] = []

    @settings(many, max_examples=DRAWN, derandomize=True)
    @given(case=cases(concurrent=True, asking=True))
    def draw_many(case: Case) -> None:
        if case.call.map_over is not None or not asks_at_most_once(build(case.graph).graph):
            return
        keys = {key for several, _ in keys_of(build(case.graph).graph) for key in several}
        values = tuple((name, text) for name, text in case.call.values if name not in keys)
        unanswered = answered(replace(case, call=replace(case.call, values=values)), {})
        seen = as_specified(unanswered)
        if seen is not None and seen.status == "paused":
            found.append(unanswered)

    draw_many()
    return found


def checked(case: Case, answers: dict[str, str], told: Told) -> bool:
    """Whether the run ended as it should, and not by chance."""
    expected = as_specified(answered(case, answers))
    if expected is None:
        return False
    keys = told.pop("keys", [])
    assert told == told_of(expected), report(answered(case, answers))
    answers.update({key: f"answer to {key}" for key in keys})
    return True


@pytest.mark.slow
def test_x106_pausing_and_resuming_in_new_processes_is_running_with_all_answers() -> None:
    waiting: list[tuple[Case, dict[str, str]]] = [(case, {}) for case in pausing_cases()]
    assert len(waiting) > DRAWN / 10
    resumed = [0] * MOST_PAUSES
    for place in range(MOST_PAUSES):
        runs = [run_of(answered(case, answers), seed=place) for case, answers in waiting]
        still: list[tuple[Case, dict[str, str]]] = []
        for (case, answers), told in zip(waiting, in_a_new_process(runs), strict=True):
            if not checked(case, answers, dict(told)):
                continue
            if told["status"] == "paused":
                still.append((case, answers))
                continue
            resumed[place] += 1
            whole = interleaved(answered(case, answers), seed=place + 10)
            assert isinstance(whole, Observation) and told_of(whole) == told, report(case)
        waiting = still
        if not waiting:
            break
    assert not waiting and resumed[0] == 0
    assert resumed[1] > 10 and sum(resumed[2:]) > 5, resumed
