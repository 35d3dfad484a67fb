"""Contenders are timed fairly: in turns, after their results were compared."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from benchmarks.contender import BASE
from benchmarks.driver import Different, check, summary
from benchmarks.timing import PATIENCE, SAMPLE_SECONDS, measure, ratio
from benchmarks.workload import WORKLOADS


def takes(seconds: float, name: str, order: list[str]) -> Callable[[int], float]:
    """A contender that says how long it took, and notes that it was asked."""

    def timed(count: int) -> float:
        order.append(name)
        return seconds * count

    return timed


def test_contenders_take_turns_and_start_each_round_with_another() -> None:
    order: list[str] = []
    contenders = {name: takes(SAMPLE_SECONDS, name, order) for name in "abc"}
    figures = measure(contenders, rounds=3)
    assert "".join(order[-9:]) == "abcbcacab"
    assert figures == {name: dict.fromkeys(range(3), SAMPLE_SECONDS) for name in "abc"}


def test_quick_runs_are_repeated_until_they_fill_a_sample() -> None:
    order: list[str] = []
    figures = measure({"a": takes(SAMPLE_SECONDS / 8, "a", order)}, rounds=1)
    assert figures["a"][0] == pytest.approx(SAMPLE_SECONDS / 8)


def test_slow_contenders_sit_rounds_out_but_take_part_in_three() -> None:
    contenders = {"fast": takes(SAMPLE_SECONDS, "", []), "slow": takes(PATIENCE, "", [])}
    figures = measure(contenders, rounds=9)
    assert list(figures["fast"]) == list(range(9))
    assert list(figures["slow"]) == [0, 3, 6]


def test_what_tries_the_patience_runs_once() -> None:
    order: list[str] = []
    figures = measure({"a": takes(PATIENCE + 1, "a", order)}, rounds=9)
    assert figures == {"a": {0: PATIENCE + 1}} and order == ["a"]


def test_the_ratio_is_taken_round_by_round() -> None:
    assert ratio({0: 1.0, 1: 20.0, 2: 3.0}, {0: 1.0, 1: 10.0, 2: 1.0}) == 2.0
    assert ratio({1: 20.0}, {0: 1.0, 1: 10.0, 2: 1.0}) == 2.0


def test_a_summary_has_the_spread_of_the_figures() -> None:
    assert summary({0: 1.0, 1: 2.0, 2: 4.0}, {0: 1.0, 1: 1.0, 2: 1.0}) == {
        "median": 2.0,
        "best": 1.0,
        "worst": 4.0,
        "ratio": 2.0,
        "rounds": 3,
    }


@pytest.mark.parametrize("is_async", [False, True])
def test_another_result_is_refused_before_anything_is_timed(is_async: bool) -> None:
    def gives(value: int) -> Callable[[], Any]:
        async def later() -> int:
            return value

        return later if is_async else lambda: value

    workload: Any = SimpleNamespace(name="chain", is_async=is_async)
    loop = asyncio.new_event_loop()
    try:
        check(workload, {BASE.name: gives(10), "one": gives(10)}, loop)
        with pytest.raises(Different, match="chain: one came to 9 instead of 10"):
            check(workload, {BASE.name: gives(10), "one": gives(9)}, loop)
    finally:
        loop.close()


def test_workloads_are_named_once() -> None:
    names = [workload.name for workload in WORKLOADS]
    assert len(set(names)) == len(names)
