"""How events reach processors: who is awaited, who may fail, when it ends (X136-X138)."""

from __future__ import annotations

import asyncio
import logging
from typing import Any

import pytest

from hypergraph import AsyncRunner, EventProcessor, Graph, RunEndEvent, interrupt, node
from hypergraph.runtime.events import BaseEvent
from tests.execution.watching import BOTH, AsyncMemory, Kind, Memory, run, run_map

both = pytest.mark.parametrize("kind", BOTH)


@node(output_name="y")
def double(x: int) -> int:
    if x < 0:
        raise ValueError("negative")
    return 2 * x


@interrupt(output_name="verdict")
def ask(x: int) -> None:
    return None


GRAPH = Graph([double], name="g")


class Clumsy(EventProcessor):
    """Raises whatever it is told."""

    def on_event(self, event: BaseEvent) -> None:
        raise RuntimeError("dropped")

    def shutdown(self) -> None:
        raise RuntimeError("slipped")


@both
def test_xe199_a_processor_that_raises_disturbs_nobody(
    kind: Kind, caplog: pytest.LogCaptureFixture
) -> None:
    """X137, X150: each failure is logged, those of shutdown too."""
    memory = Memory()
    assert run(kind, GRAPH, {"x": 1}, Clumsy(), memory)["y"] == 2
    assert len(memory.events) == 4 and memory.shutdowns == 1
    assert {one.name for one in caplog.records} == {"hypergraph.events.dispatcher"}
    assert [one.levelno for one in caplog.records] == [logging.WARNING] * 5


@both
def test_x136_every_processor_is_told_in_list_order(kind: Kind) -> None:
    told: list[str] = []

    class Named(EventProcessor):
        def __init__(self, name: str) -> None:
            self.name = name

        def on_event(self, event: BaseEvent) -> None:
            told.append(self.name)

    run(kind, GRAPH, {"x": 1}, Named("a"), Named("b"))
    assert told == ["a", "b"] * 4


def test_x136_asyncio_runs_await_the_processors_that_can_be_awaited() -> None:
    """XE196: their shutdown as well, and each event before anything else happens in the run."""
    awaited, plain = AsyncMemory(), Memory()
    run("async", GRAPH, {"x": 1}, awaited, plain)
    assert awaited.awaited == plain.events and len(plain.events) == 4
    assert awaited.called == [] and awaited.ends == ["awaited"] and plain.shutdowns == 1


def test_x136_synchronous_runs_only_ever_call() -> None:
    memory = AsyncMemory()
    run("sync", GRAPH, {"x": 1}, memory)
    assert len(memory.called) == 4 and memory.awaited == [] and memory.ends == ["called"]


@both
def test_xe196_shutdown_comes_once_per_top_level_run_and_map(kind: Kind) -> None:
    """X138: completed or failed; nested runs and items do not count."""
    memory = Memory()
    outer = Graph([GRAPH.as_node()], name="outer")
    run(kind, outer, {"x": 1}, memory)
    run(kind, outer, {"x": -1}, memory, error_handling="continue")
    with pytest.raises(ValueError, match="negative"):
        run(kind, outer, {"x": -1}, memory)
    run_map(kind, outer, {"x": [1, 2]}, memory, map_over="x")
    with pytest.raises(ValueError, match="negative"):
        run_map(kind, outer, {"x": [1, -2]}, memory, map_over="x")
    assert memory.shutdowns == 5


def test_x138_a_pause_ends_the_watching_too() -> None:
    memory = Memory()
    assert run("async", Graph([ask]), {"x": 1}, memory).paused
    assert memory.shutdowns == 1


def test_xe130_cancelling_shuts_processors_down() -> None:
    """X75: without a run-end."""
    memory = AsyncMemory()

    async def cancel() -> None:
        started = asyncio.Event()

        @node(output_name="never")
        async def wait() -> None:
            started.set()
            await asyncio.Event().wait()

        options: Any = {"event_processors": [memory]}
        task = asyncio.ensure_future(AsyncRunner().run(Graph([wait]), **options))
        await started.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(cancel())
    assert memory.ends == ["awaited"]
    assert not [one for one in memory.awaited if isinstance(one, RunEndEvent)]
