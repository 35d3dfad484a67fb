"""How fast a map goes and how long it will take, from when its items were done."""

from __future__ import annotations

import sys

from hypergraph.runtime.pace import Pace


def steady(per_second: float, seconds: int) -> Pace:
    pace = Pace(0.0)
    for second in range(1, seconds + 1):
        pace.reach(int(per_second * second), float(second))
    return pace


def test_nothing_is_told_in_the_first_second() -> None:
    pace = Pace(0.0)
    pace.reach(500, 0.5)
    assert pace.told(1000, 0.9) == "" and pace.overall() == ""
    assert pace.told(1000, 1.0) == "500/s, 1 s left"


def test_the_time_left_is_what_is_left_at_the_present_pace() -> None:
    assert steady(50, 10).told(2000, 10.0) == "50/s, 30 s left"
    assert steady(0.5, 100).told(3650, 100.0) == "30/min, 2 h 00 min left"


def test_without_a_known_end_there_is_a_pace_only() -> None:
    assert steady(50, 10).told(None, 10.0) == "50/s"


def test_a_slow_start_is_forgotten() -> None:
    pace = Pace(0.0)
    pace.reach(1, 60.0)
    for second in range(61, 181):
        pace.reach(1 + (second - 60) * 100, float(second))
    assert pace.told(13_001, 180.0) == "100/s, 10 s left"
    assert pace.overall() == "67/s"


def test_bursts_of_chunks_do_not_look_faster_than_they_are() -> None:
    pace = Pace(0.0)
    for burst in range(1, 31):
        for item in range(1000):
            pace.reach((burst - 1) * 1000 + item + 1, burst * 0.5 + item * 1e-6)
    rate = pace.per_second(15.0)
    assert rate is not None and 1900 < rate <= 2001


def test_a_pace_falls_while_nothing_gets_done() -> None:
    pace = steady(100, 30)
    rates = [pace.per_second(now) or 0 for now in (30.0, 40.0, 80.0)]
    assert rates[0] == 100 and rates == sorted(rates, reverse=True) and rates[2] < 30


def test_items_of_minutes_have_a_pace_too() -> None:
    pace = Pace(0.0)
    for item in range(1, 7):
        pace.reach(item, item * 600.0)
    assert pace.told(12, 3600.0) == "6.0/h, 1 h 00 min left"


def test_it_holds_no_more_after_a_day_than_after_a_minute() -> None:
    pace = Pace(0.0)
    for second in range(86_400):
        pace.reach(second * 3, float(second))
    assert sys.getsizeof(pace._marks) < 4000 and len(pace._marks) < 100
