"""Processors of events, and how events reach them (X134 to X140)."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from hypergraph.runtime.events import (
    BaseEvent,
    CacheHitEvent,
    InterruptEvent,
    NodeEndEvent,
    NodeErrorEvent,
    NodeStartEvent,
    RouteDecisionEvent,
    RunEndEvent,
    RunStartEvent,
    StopRequestedEvent,
)

logger = logging.getLogger("hypergraph.events.dispatcher")


class EventProcessor:
    """Something that is told what happens in a run; override what is of interest (X134).

    ``wanted`` names the classes of events that workers of a map have to send for it; all, if it is
    ``None``. Of runs that are executed here it is told everything, whatever it says.
    """

    wanted: frozenset[str] | None = None

    def on_event(self, event: BaseEvent) -> None:
        """Called for every event, at the point where it occurs."""

    def shutdown(self) -> None:
        """Called once when the top-level run or map has ended, however it did."""


class AsyncEventProcessor(EventProcessor):
    """A processor that ``AsyncRunner`` awaits instead of calling (X134, X136)."""

    async def on_event_async(self, event: BaseEvent) -> None:
        """Awaited for every event, at the point where it occurs."""

    async def shutdown_async(self) -> None:
        """Awaited once when the top-level run or map has ended, however it did."""


class TypedEventProcessor(EventProcessor):
    """A processor with one method per class of events (X135).

    An event goes to the method of its exact class; events of other classes are ignored.

    >>> class Names(TypedEventProcessor):
    ...     def on_node_start(self, event):
    ...         print(event.node_name)
    >>> Names().on_event(NodeStartEvent("run-1", node_name="embed"))
    embed
    """

    def on_event(self, event: BaseEvent) -> None:
        """Pass the event on to the method of its class."""
        handler = _HANDLERS.get(type(event))
        if handler is not None:
            getattr(self, handler)(event)

    def on_run_start(self, event: RunStartEvent) -> None:
        """A run or map begins."""

    def on_run_end(self, event: RunEndEvent) -> None:
        """A run or map has ended."""

    def on_node_start(self, event: NodeStartEvent) -> None:
        """A node begins to execute."""

    def on_node_end(self, event: NodeEndEvent) -> None:
        """A node has executed."""

    def on_cache_hit(self, event: CacheHitEvent) -> None:
        """The outputs of a node were found in the cache."""

    def on_node_error(self, event: NodeErrorEvent) -> None:
        """A node raised."""

    def on_route_decision(self, event: RouteDecisionEvent) -> None:
        """A gate decided."""

    def on_interrupt(self, event: InterruptEvent) -> None:
        """An interrupt paused its run."""

    def on_stop_requested(self, event: StopRequestedEvent) -> None:
        """Something outside asked a run to stop."""


_HANDLERS: dict[type, str] = {
    RunStartEvent: "on_run_start",
    RunEndEvent: "on_run_end",
    NodeStartEvent: "on_node_start",
    NodeEndEvent: "on_node_end",
    CacheHitEvent: "on_cache_hit",
    NodeErrorEvent: "on_node_error",
    RouteDecisionEvent: "on_route_decision",
    InterruptEvent: "on_interrupt",
    StopRequestedEvent: "on_stop_requested",
}


class EventDispatcher:
    """Brings events to processors, in their order, and keeps their failures to itself (X139).

    A processor that raises is logged and neither disturbs the run nor the other processors.
    With ``strict`` its exception propagates instead; a strict shutdown still shuts every
    processor down before it raises the first exception.

    >>> EventDispatcher().active
    False
    """

    __slots__ = ("_processors", "_strict")

    def __init__(
        self, processors: Sequence[EventProcessor] | None = None, *, strict: bool = False
    ) -> None:
        self._processors = tuple(processors or ())
        self._strict = strict

    @property
    def active(self) -> bool:
        """Whether there is any processor to tell."""
        return bool(self._processors)

    @property
    def processors(self) -> tuple[EventProcessor, ...]:
        """Those who are told."""
        return self._processors

    @property
    def awaits(self) -> bool:
        """Whether any processor is one that ``emit_async`` awaits instead of calling."""
        return any(isinstance(each, AsyncEventProcessor) for each in self._processors)

    def emit(self, event: BaseEvent) -> None:
        """Tell every processor, by ``on_event``."""
        for processor in self._processors:
            try:
                processor.on_event(event)
            except Exception:
                self._failed(processor, event)

    async def emit_async(self, event: BaseEvent) -> None:
        """Tell every processor, awaiting those that can be awaited (X136)."""
        for processor in self._processors:
            try:
                if isinstance(processor, AsyncEventProcessor):
                    await processor.on_event_async(event)
                else:
                    processor.on_event(event)
            except Exception:
                self._failed(processor, event)

    def shutdown(self) -> None:
        """Shut every processor down, whatever the others do (X138)."""
        errors: list[BaseException] = []
        for processor in self._processors:
            try:
                processor.shutdown()
            except BaseException as error:
                errors.append(self._ended(processor, error))
        self._raise_first(errors)

    async def shutdown_async(self) -> None:
        """Shut every processor down, awaiting those that can be awaited (X138)."""
        errors: list[BaseException] = []
        for processor in self._processors:
            try:
                if isinstance(processor, AsyncEventProcessor):
                    await processor.shutdown_async()
                else:
                    processor.shutdown()
            except BaseException as error:
                errors.append(self._ended(processor, error))
        self._raise_first(errors)

    def _failed(self, processor: EventProcessor, event: BaseEvent) -> None:
        if self._strict:
            raise
        logger.warning(
            "Processor %s failed on %s",
            type(processor).__name__,
            type(event).__name__,
            exc_info=True,
        )

    def _ended(self, processor: EventProcessor, error: BaseException) -> BaseException:
        if isinstance(error, Exception) and not self._strict:
            name = type(processor).__name__
            logger.warning("Processor %s failed during shutdown", name, exc_info=True)
        return error

    def _raise_first(self, errors: list[BaseException]) -> None:
        # A cancellation or an exit has waited until every processor was shut down.
        for error in errors:
            if self._strict or not isinstance(error, Exception):
                raise error
