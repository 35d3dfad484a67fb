"""Processors that remember, and one way to start a run under either runner."""

from __future__ import annotations

import asyncio
from typing import Any, Literal

from hypergraph import (
    AsyncEventProcessor,
    AsyncRunner,
    EventProcessor,
    Graph,
    RunEndEvent,
    RunStartEvent,
    SyncRunner,
)
from hypergraph.runtime.events import BaseEvent

Kind = Literal["sync", "async"]
BOTH: tuple[Kind, ...] = ("sync", "async")


class Memory(EventProcessor):
    """Keeps every event, and how often it was shut down."""

    def __init__(self) -> None:
        self.events: list[Any] = []
        self.shutdowns = 0

    def on_event(self, event: BaseEvent) -> None:
        self.events.append(event)

    def shutdown(self) -> None:
        self.shutdowns += 1

    @property
    def story(self) -> list[str]:
        """The events in a few words each: ``NodeStart embed``, ``RunEnd failed``."""
        return [_told(event) for event in self.events]

    def of(self, kind: type[Any], node: str | None = None) -> list[Any]:
        """The events of one class, of one node or of all."""
        found: list[Any] = [event for event in self.events if type(event) is kind]
        return [one for one in found if node is None or one.node_name == node]


class AsyncMemory(AsyncEventProcessor):
    """The same for a processor that is awaited; being called instead would show."""

    def __init__(self) -> None:
        self.awaited: list[BaseEvent] = []
        self.called: list[BaseEvent] = []
        self.ends: list[str] = []

    def on_event(self, event: BaseEvent) -> None:
        self.called.append(event)

    async def on_event_async(self, event: BaseEvent) -> None:
        await asyncio.sleep(0)
        self.awaited.append(event)

    def shutdown(self) -> None:
        self.ends.append("called")

    async def shutdown_async(self) -> None:
        await asyncio.sleep(0)
        self.ends.append("awaited")


def _told(event: Any) -> str:
    kind = type(event).__name__.removesuffix("Event")
    if isinstance(event, RunStartEvent):
        return f"{kind} {event.graph_name}"
    if isinstance(event, RunEndEvent):
        return f"{kind} {event.graph_name} {event.status.value}"
    return f"{kind} {event.node_name}"


def run(
    kind: Kind,
    graph: Graph,
    values: dict[str, Any] | None = None,
    *processors: EventProcessor,
    cache: Any = None,
    **options: Any,
) -> Any:
    """The result of one run; an asyncio run gets an event loop of its own."""
    options["event_processors"] = list(processors)
    if kind == "sync":
        return SyncRunner(cache=cache).run(graph, values, **options)
    return asyncio.run(AsyncRunner(cache=cache).run(graph, values, **options))


def run_map(
    kind: Kind,
    graph: Graph,
    values: dict[str, Any],
    *processors: EventProcessor,
    cache: Any = None,
    **options: Any,
) -> Any:
    """The results of a map."""
    options["event_processors"] = list(processors)
    if kind == "sync":
        return SyncRunner(cache=cache).map(graph, values, **options)
    return asyncio.run(AsyncRunner(cache=cache).map(graph, values, **options))
