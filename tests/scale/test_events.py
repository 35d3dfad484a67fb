"""Events of items that workers executed reach the processors here."""

from __future__ import annotations

import asyncio
from concurrent.futures import Executor
from typing import Any

import pytest

from hypergraph import (
    AsyncRunner,
    BaseEvent,
    EventProcessor,
    NodeTimes,
    RunEndEvent,
    RunStartEvent,
    SyncRunner,
)
from tests.scale.shop import odd, shop

LINES = ["pen 4", "ink 1", "cap 2"]


class Heard(EventProcessor):
    """Remembers what it is told."""

    def __init__(self) -> None:
        self.events: list[BaseEvent] = []
        self.ended = 0

    def on_event(self, event: BaseEvent) -> None:
        """Keep it."""
        self.events.append(event)

    def shutdown(self) -> None:
        """Count."""
        self.ended += 1

    def told(self) -> list[tuple[Any, ...]]:
        """What two maps of the same items have in common."""
        spans: dict[str | None, int] = {None: -1}
        found = []
        for event in self.events:
            spans.setdefault(event.span_id, len(spans))
            parent = spans[event.parent_span_id]
            names = ("node_name", "graph_name", "decision", "status", "error", "error_type")
            facts = [getattr(event, name, None) for name in names]
            size = (getattr(event, "is_map", None), getattr(event, "map_size", None))
            found.append((type(event), spans[event.span_id], parent, *facts, *size))
        return found


def heard(runner: Any, **options: Any) -> Heard:
    """What one map tells."""
    listener = Heard()
    mapped = runner.map(
        shop,
        line=LINES,
        map_over="line",
        error_handling="continue",
        event_processors=[listener],
        **options,
    )
    results = asyncio.run(mapped) if isinstance(runner, AsyncRunner) else mapped
    ends = {one.run_id for one in listener.events if isinstance(one, RunEndEvent)}
    assert {one.run_id for one in results} <= ends
    assert listener.ended == 1
    return listener


def test_events_are_those_of_the_map_here(processes: Executor) -> None:
    there = heard(SyncRunner(), executor=processes, max_in_flight=1)
    assert there.told() == heard(SyncRunner()).told()
    assert {type(one).__module__ for one in there.events} == {"hypergraph.runtime.events"}


def test_events_of_the_runner_of_the_loop_are_too(threads: Executor) -> None:
    there = heard(AsyncRunner(), executor=threads, max_concurrency=1, chunk_size=1, max_in_flight=1)
    assert there.told() == heard(AsyncRunner(), max_concurrency=1).told()


@pytest.mark.parametrize("on_workers", [True, False])
def test_a_map_over_an_iterator_has_no_size(threads: Executor, on_workers: bool) -> None:
    listener = Heard()
    results = SyncRunner().map_iter(
        shop,
        line=iter(LINES[:2]),
        map_over="line",
        event_processors=[listener],
        executor=threads if on_workers else None,
    )
    assert listener.events == []
    assert [one["total"] for one in results] == [12, 7]
    first, *_, last = listener.events
    assert isinstance(first, RunStartEvent)
    assert (first.is_map, first.map_size) == (True, None)
    assert isinstance(last, RunEndEvent)
    assert (last.span_id, last.status) == (first.span_id, "completed")


def test_items_are_told_as_their_chunk_comes_back(threads: Executor) -> None:
    listener = Heard()
    results = SyncRunner().map_iter(
        shop,
        line=(line for line in LINES[:2] * 10),
        map_over="line",
        event_processors=[listener],
        executor=threads,
        chunk_size=1,
        max_in_flight=1,
    )
    next(results)
    ends = [one for one in listener.events if isinstance(one, RunEndEvent)]
    assert len(ends) == 1
    results.close()


def test_an_item_that_never_ran_has_failed_all_the_same(threads: Executor) -> None:
    listener = Heard()
    SyncRunner().map(
        odd,
        what=["a", (one for one in "b")],
        map_over="what",
        executor=threads,
        error_handling="continue",
        event_processors=[listener],
    )
    ends = [one.status for one in listener.events if isinstance(one, RunEndEvent)]
    assert sorted(ends) == ["completed", "completed", "failed"]


class Items(Heard):
    """Wants to know of items, and nothing of their nodes."""

    wanted = frozenset({"RunStartEvent", "RunEndEvent"})


class Ends(Heard):
    """Wants to know what nodes gave."""

    wanted = frozenset({"NodeEndEvent"})


def test_who_wants_nothing_of_nodes_costs_workers_nothing(threads: Executor) -> None:
    listener = Items()
    results = SyncRunner().map(
        shop,
        line=LINES,
        map_over="line",
        event_processors=[listener],
        executor=threads,
        error_handling="continue",
    )
    assert {type(one) for one in listener.events} == {RunStartEvent, RunEndEvent}
    ends = [one for one in listener.events if isinstance(one, RunEndEvent)]
    assert [one.status.value for one in ends].count("completed") == 3
    assert {one.run_id for one in results} < {one.run_id for one in ends}


def test_what_one_wants_is_recorded_for_all(threads: Executor) -> None:
    ends, times = Ends(), NodeTimes()
    SyncRunner().map(
        shop, line=LINES[:2], map_over="line", event_processors=[ends, times], executor=threads
    )
    told = {type(one).__name__ for one in ends.events}
    assert told == {"RunStartEvent", "RunEndEvent", "NodeEndEvent"}
    assert times.totals["shop", "read"].calls == 2


@pytest.mark.parametrize("runner", [SyncRunner(), AsyncRunner()])
def test_times_of_nodes_are_added_up_by_workers(threads: Executor, runner: Any) -> None:
    here, there = NodeTimes(), NodeTimes()
    for times, executor in ((here, None), (there, threads)):
        mapped = runner.map(
            shop,
            line=LINES * 3,
            map_over="line",
            event_processors=[times],
            executor=executor,
            error_handling="continue",
        )
        if isinstance(runner, AsyncRunner):
            asyncio.run(mapped)
    counted = {name: (one.calls, one.failed) for name, one in there.totals.items()}
    assert counted == {name: (one.calls, one.failed) for name, one in here.totals.items()}
    assert counted["shop", "price"] == (9, 3)
    assert there.totals["shop", "read"].seconds > 0
