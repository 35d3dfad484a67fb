"""Cases run with a processor and a cache, and what must hold of the events of any run."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any

from hypergraph import (
    AsyncRunner,
    EventProcessor,
    InterruptEvent,
    NodeEndEvent,
    NodeErrorEvent,
    NodeStartEvent,
    RunEndEvent,
    RunStartEvent,
    SyncRunner,
)
from hypergraph.runtime.events import BaseEvent
from tests.differential.engines import Engine, Seen, calls_of, ended, heard, options_of, values_of
from tests.differential.source import build
from tests.differential.spec import Case

STARTS = (RunStartEvent, NodeStartEvent)
ENDS = (RunEndEvent, NodeEndEvent, NodeErrorEvent, InterruptEvent)


class Audit(EventProcessor):
    """Keeps the events of a run, and says what is wrong with them (X130, X131, X138, K10)."""

    def __init__(self) -> None:
        self.events: list[BaseEvent] = []
        self.shutdowns = 0

    def on_event(self, event: BaseEvent) -> None:
        self.events.append(event)

    def shutdown(self) -> None:
        self.shutdowns += 1

    def faults(self) -> list[str]:
        """Every way in which the events do not make up well-formed spans."""
        running: dict[str, BaseEvent] = {}
        wrong: list[str] = []
        for event in self.events:
            around = running.get(event.parent_span_id or "")
            if event.parent_span_id is not None and around is None:
                wrong.append(f"in a span that is not open: {event}")
            if isinstance(event, STARTS):
                running[event.span_id] = event
            elif not isinstance(around, RunStartEvent) and not isinstance(event, RunEndEvent):
                wrong.append(f"not directly in a run: {event}")
            if isinstance(event, ENDS) and running.pop(event.span_id, None) is None:
                wrong.append(f"ends twice, or never began: {event}")
        paused = any(isinstance(event, InterruptEvent) for event in self.events)
        if any(isinstance(left, RunStartEvent) or not paused for left in running.values()):
            wrong.append(f"left open: {list(running.values())}")
        if self.shutdowns != bool(self.events):
            wrong.append(f"shut down {self.shutdowns} times")
        return wrong


class Forgetful:
    """A cache in which nothing is found, so that every call is made."""

    def get(self, key: str) -> tuple[bool, Any]:
        return False, None

    def set(self, key: str, value: Any) -> None:
        assert len(key) == 64


def watched_sequential(case: Case) -> Seen:
    """The case under ``SyncRunner``, watched."""
    built, audit = build(case.graph), Audit()
    runner = SyncRunner(cache=Forgetful())
    start = runner.run if case.call.map_over is None else runner.map
    options = {**options_of(case.call), "event_processors": [audit]}
    with heard() as warned:
        end = ended(lambda: start(built.graph, values_of(case.call), **options))
    assert audit.faults() == []
    return replace(end, calls=calls_of(built.trace), warnings=tuple(warned))


def watched_interleaved(case: Case) -> Seen:
    """The case under ``AsyncRunner``, watched, the nodes giving way to each other."""
    built, audit = build(case.graph, 1), Audit()
    runner = AsyncRunner(cache=Forgetful())
    start = runner.run if case.call.map_over is None else runner.map
    options = {**options_of(case.call), "max_concurrency": case.call.max_concurrency}
    options["event_processors"] = [audit]
    with heard() as warned:
        end = ended(lambda: asyncio.run(start(built.graph, values_of(case.call), **options)))
    assert audit.faults() == []
    return replace(end, calls=calls_of(built.trace), warnings=tuple(warned))


WATCHED = (
    Engine("watched sequential", watched_sequential, concurrent=False),
    Engine("watched interleaved", watched_interleaved, concurrent=True),
)
