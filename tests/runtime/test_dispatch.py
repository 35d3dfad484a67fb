"""Processors, and how events reach them (execution.md, section 24)."""

from __future__ import annotations

import asyncio
import logging
from typing import Any

import pytest

from hypergraph import (
    AsyncEventProcessor,
    BaseEvent,
    EventDispatcher,
    EventProcessor,
    NodeStartEvent,
    RunStartEvent,
    TypedEventProcessor,
)
from hypergraph.runtime.events import (
    CacheHitEvent,
    InterruptEvent,
    NodeEndEvent,
    NodeErrorEvent,
    RouteDecisionEvent,
    RunEndEvent,
    StopRequestedEvent,
)

HANDLERS: dict[str, type[BaseEvent]] = {
    "on_run_start": RunStartEvent,
    "on_run_end": RunEndEvent,
    "on_node_start": NodeStartEvent,
    "on_node_end": NodeEndEvent,
    "on_cache_hit": CacheHitEvent,
    "on_node_error": NodeErrorEvent,
    "on_route_decision": RouteDecisionEvent,
    "on_interrupt": InterruptEvent,
    "on_stop_requested": StopRequestedEvent,
}


class Recorder(EventProcessor):
    def __init__(self, log: list[Any], name: str = "") -> None:
        self.log = log
        self.name = name

    def on_event(self, event: BaseEvent) -> None:
        self.log.append((self.name, event))

    def shutdown(self) -> None:
        self.log.append((self.name, "shutdown"))


class AsyncRecorder(AsyncEventProcessor):
    def __init__(self, log: list[Any]) -> None:
        self.log = log

    def on_event(self, event: BaseEvent) -> None:
        self.log.append(("called", event))

    def shutdown(self) -> None:
        self.log.append(("called", "shutdown"))

    async def on_event_async(self, event: BaseEvent) -> None:
        await asyncio.sleep(0)
        self.log.append(("awaited", event))

    async def shutdown_async(self) -> None:
        await asyncio.sleep(0)
        self.log.append(("awaited", "shutdown"))


class Raiser(EventProcessor):
    def __init__(self, error: BaseException) -> None:
        self.error = error

    def on_event(self, event: BaseEvent) -> None:
        raise self.error

    def shutdown(self) -> None:
        raise self.error


class AsyncRaiser(AsyncEventProcessor):
    async def on_event_async(self, event: BaseEvent) -> None:
        raise ValueError("odd")

    async def shutdown_async(self) -> None:
        raise ValueError("odd")


EVENT = NodeStartEvent("run-1", node_name="n")


def test_x134_processors_do_nothing_by_default() -> None:
    plain, awaited = EventProcessor(), AsyncEventProcessor()
    for processor in (plain, awaited):
        processor.on_event(EVENT)
        processor.shutdown()
    asyncio.run(awaited.on_event_async(EVENT))
    asyncio.run(awaited.shutdown_async())
    assert isinstance(awaited, EventProcessor)


@pytest.mark.parametrize("handler", HANDLERS)
def test_x135_xe200_an_event_reaches_exactly_the_handler_of_its_class(handler: str) -> None:
    reached: list[tuple[str, BaseEvent]] = []
    spies = {
        name: (lambda self, event, name=name: reached.append((name, event))) for name in HANDLERS
    }
    processor = type("Spy", (TypedEventProcessor,), spies)()
    event = HANDLERS[handler]("run-1")
    processor.on_event(event)
    assert reached == [(handler, event)]


@pytest.mark.parametrize("kind", HANDLERS.values())
def test_xe200_unhandled_types_are_ignored(kind: type[BaseEvent]) -> None:
    TypedEventProcessor().on_event(kind("run-1"))


def test_x135_unknown_classes_are_ignored_even_derived_ones() -> None:
    class Derived(NodeStartEvent): ...

    class Strict(TypedEventProcessor):
        def on_node_start(self, event: NodeStartEvent) -> None:
            raise AssertionError("not its exact class")

    Strict().on_event(Derived("run-1"))
    Strict().on_event(BaseEvent("run-1"))


def test_x136_events_reach_every_processor_in_list_order() -> None:
    log: list[Any] = []
    dispatcher = EventDispatcher([Recorder(log, "a"), Recorder(log, "b")])
    dispatcher.emit(EVENT)
    assert log == [("a", EVENT), ("b", EVENT)]


def test_x136_the_awaiting_way_awaits_async_processors_and_calls_the_others() -> None:
    log: list[Any] = []
    dispatcher = EventDispatcher([AsyncRecorder(log), Recorder(log, "plain")])
    asyncio.run(dispatcher.emit_async(EVENT))
    asyncio.run(dispatcher.shutdown_async())
    assert log == [
        ("awaited", EVENT),
        ("plain", EVENT),
        ("awaited", "shutdown"),
        ("plain", "shutdown"),
    ]


def test_x136_the_synchronous_way_only_calls() -> None:
    log: list[Any] = []
    dispatcher = EventDispatcher([AsyncRecorder(log)])
    dispatcher.emit(EVENT)
    dispatcher.shutdown()
    assert log == [("called", EVENT), ("called", "shutdown")]


def test_x137_x150_xe199_a_raising_processor_is_logged_and_disturbs_nobody(
    caplog: pytest.LogCaptureFixture,
) -> None:
    log: list[Any] = []
    dispatcher = EventDispatcher([Raiser(ValueError("odd")), Recorder(log)])
    dispatcher.emit(EVENT)
    dispatcher.emit(EVENT)
    dispatcher.shutdown()
    assert log == [("", EVENT), ("", EVENT), ("", "shutdown")]
    assert {(record.name, record.levelno) for record in caplog.records} == {
        ("hypergraph.events.dispatcher", logging.WARNING)
    }
    first, _, last = caplog.records
    assert "Raiser" in first.getMessage() and "NodeStartEvent" in first.getMessage()
    assert first.exc_info and str(first.exc_info[1]) == "odd"
    assert "Raiser" in last.getMessage() and "shutdown" in last.getMessage() and last.exc_info


def test_x137_xe199_a_raising_async_processor_disturbs_nobody(
    caplog: pytest.LogCaptureFixture,
) -> None:
    log: list[Any] = []
    dispatcher = EventDispatcher([AsyncRaiser(), Recorder(log)])
    asyncio.run(dispatcher.emit_async(EVENT))
    asyncio.run(dispatcher.shutdown_async())
    assert log == [("", EVENT), ("", "shutdown")] and len(caplog.records) == 2


@pytest.mark.parametrize("error", [KeyboardInterrupt(), SystemExit(1)])
def test_x137_only_exceptions_are_kept_from_the_run(error: BaseException) -> None:
    log: list[Any] = []
    dispatcher = EventDispatcher([Raiser(error), Recorder(log)])
    with pytest.raises(type(error)):
        dispatcher.emit(EVENT)
    with pytest.raises(type(error)):
        dispatcher.shutdown()
    assert log == [("", "shutdown")], "the others are shut down all the same"


@pytest.mark.parametrize("processors", [None, []])
def test_x139_xe201_without_processors_a_dispatcher_is_inactive_and_harmless(
    processors: list[EventProcessor] | None,
) -> None:
    dispatcher = EventDispatcher(processors)
    assert not dispatcher.active
    dispatcher.emit(EVENT)
    dispatcher.shutdown()
    asyncio.run(dispatcher.emit_async(EVENT))
    asyncio.run(dispatcher.shutdown_async())


def test_x139_a_dispatcher_copies_the_list() -> None:
    log: list[Any] = []
    processors: list[EventProcessor] = [Recorder(log)]
    dispatcher = EventDispatcher(processors)
    processors.clear()
    dispatcher.emit(EVENT)
    assert dispatcher.active and log


def test_x139_strict_lets_exceptions_through() -> None:
    dispatcher = EventDispatcher([Raiser(ValueError("odd"))], strict=True)
    with pytest.raises(ValueError, match="odd"):
        dispatcher.emit(EVENT)
    with pytest.raises(ValueError, match="odd"):
        asyncio.run(dispatcher.emit_async(EVENT))


def test_x139_strict_shutdown_reaches_everybody_then_raises_the_first_error() -> None:
    log: list[Any] = []
    dispatcher = EventDispatcher(
        [Raiser(ValueError("first")), Raiser(KeyError("second")), Recorder(log)], strict=True
    )
    with pytest.raises(ValueError, match="first"):
        dispatcher.shutdown()
    with pytest.raises(ValueError, match="first"):
        asyncio.run(dispatcher.shutdown_async())
    assert log == [("", "shutdown"), ("", "shutdown")]


def test_x140_one_processor_may_serve_several_dispatchers() -> None:
    log: list[Any] = []
    processor = Recorder(log)
    for _ in range(2):
        dispatcher = EventDispatcher([processor])
        dispatcher.emit(EVENT)
        dispatcher.shutdown()
    assert log == [("", EVENT), ("", "shutdown")] * 2


@pytest.mark.parametrize(("kind", "awaits"), [(EventProcessor, False), (AsyncEventProcessor, True)])
def test_a_dispatcher_tells_whether_it_has_anything_to_await(
    kind: type[EventProcessor], awaits: bool
) -> None:
    assert EventDispatcher([kind()]).awaits is awaits
