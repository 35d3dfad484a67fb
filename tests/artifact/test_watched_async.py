"""Files with events in them under ``AsyncRunner``, synchronous ones among them."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from hypergraph import AsyncRunner, InMemoryCache
from tests.artifact.words import LONG, WORDS, calls_of
from tests.artifact.workplace import Workplace
from tests.execution.watching import AsyncMemory, Memory


def test_k10_a_file_with_events_tells_of_its_pauses(place: Workplace) -> None:
    program = place.compile(WORDS, attribute="asking", events=True, cache=True).program()
    memory, runner = Memory(), AsyncRunner(InMemoryCache())
    paused = asyncio.run(runner.run(program, text=LONG, event_processors=[memory]))
    assert paused.pause is not None and memory.story[-1] == "RunEnd asking paused"
    answered = asyncio.run(runner.run(program, text=LONG, verdict="yes", event_processors=[memory]))
    assert answered["verdict"] == "yes" and calls_of() == [LONG]


def test_x136_a_sync_program_tells_the_processors_of_an_event_loop(place: Workplace) -> None:
    program = place.compile(WORDS, events=True).program()
    called, awaited = Memory(), AsyncMemory()
    result = asyncio.run(AsyncRunner().run(program, text=LONG, event_processors=[called, awaited]))
    assert result["short"] == ["a", "b"]
    assert awaited.awaited == called.events and awaited.called == []
    assert (awaited.ends, called.shutdowns) == (["awaited"], 1)
    assert called.story[:2] == ["RunStart words", "NodeStart split"]


def test_x136_a_sync_program_without_awaited_processors_stays_in_its_thread(
    place: Workplace,
) -> None:
    program = place.compile(THREADS, events=True).program()
    here = asyncio.run(AsyncRunner().run(program, event_processors=[Memory()]))
    away = asyncio.run(AsyncRunner().run(program, event_processors=[AsyncMemory()]))
    assert here["thread"] == "MainThread" and away["thread"] != "MainThread"


THREADS = """
    import threading
    from hypergraph import Graph, node

    @node(output_name="thread")
    def where(): return threading.current_thread().name

    graph = Graph([where], name="threads")
"""


def test_x131_the_items_of_a_sync_program_follow_each_other(place: Workplace) -> None:
    program = place.compile(WORDS, events=True, cache=True).program()
    awaited = AsyncMemory()
    results = asyncio.run(
        AsyncRunner(InMemoryCache()).map(
            program, text=[LONG, LONG, "a"], map_over="text", event_processors=[awaited]
        )
    )
    assert [result["size"] for result in results] == [3, 3, 1]
    assert calls_of() == [LONG, "a"] and awaited.ends == ["awaited"]


def test_a_failure_of_a_sync_program_reaches_its_caller(place: Workplace) -> None:
    program = place.compile(WORDS, events=True).program()
    awaited = AsyncMemory()
    run = AsyncRunner().run(
        program, text=None, event_processors=[awaited], error_handling="continue"
    )
    assert isinstance(asyncio.run(run).error, AttributeError)
    assert [type(event).__name__ for event in awaited.awaited][-2:] == [
        "NodeErrorEvent",
        "RunEndEvent",
    ]


def test_xe130_a_cancelled_sync_program_makes_no_further_call(place: Workplace) -> None:
    program = place.compile(WORDS, events=True).program()

    class Slow(AsyncMemory):
        async def on_event_async(self, event: Any) -> None:
            await super().on_event_async(event)
            if getattr(event, "node_name", "") == "split":
                started.set()
                await asyncio.sleep(0.05)

    async def cancelled() -> None:
        task = asyncio.ensure_future(AsyncRunner().run(program, text=LONG, event_processors=[slow]))
        await started.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    started, slow = asyncio.Event(), Slow()
    asyncio.run(cancelled())
    assert slow.ends == ["awaited"]
    assert not any(getattr(event, "node_name", "") == "count" for event in slow.awaited)


def test_a_cache_without_use_is_fine_for_a_sync_program(place: Workplace) -> None:
    program = place.compile(WORDS, attribute="plain").program()
    assert asyncio.run(AsyncRunner(InMemoryCache()).run(program, terms=["a"]))["size"] == 1
