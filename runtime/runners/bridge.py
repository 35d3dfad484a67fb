"""Synchronous programs under ``AsyncRunner``: how their events reach those who are awaited (X136).

A synchronous program cannot await anybody. Where a processor is to be awaited, the program runs in
a thread of its own, which stands still until everybody has been told; otherwise it runs where it is
called, as it does without processors.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from typing import Any

from hypergraph.runtime.dispatch import EventDispatcher
from hypergraph.runtime.events import BaseEvent
from hypergraph.runtime.runspan import RunSpan
from hypergraph.runtime.watching import Watch


class Bridge:
    """Runs synchronous programs whose events ``dispatcher`` brings to its processors.

    One bridge runs one program at a time: the items of a map do not meet in different threads.
    """

    __slots__ = ("dispatcher", "cache", "_threads", "_told")

    def __init__(self, dispatcher: EventDispatcher, cache: Any) -> None:
        self.dispatcher = dispatcher
        self.cache = cache
        self._threads: ThreadPoolExecutor | None = None
        self._told: Awaiting | None = None

    async def run(self, entry: Callable[..., Any], span: RunSpan, call: dict[str, Any]) -> Any:
        """What the program gives."""
        if not self.dispatcher.awaits:
            return entry(Watch(span, self.dispatcher, self.cache), **call)
        loop = asyncio.get_running_loop()
        if self._threads is None or self._told is None:
            self._threads = ThreadPoolExecutor(1, "hypergraph")
            self._told = Awaiting(self.dispatcher, loop)
        watch, context = Watch(span, self._told, self.cache), copy_context()
        return await loop.run_in_executor(self._threads, lambda: context.run(entry, watch, **call))

    def close(self) -> None:
        """Nothing more is told, and a program that is still running makes no further call."""
        if self._told is not None:
            self._told.closed = True
        if self._threads is not None:
            self._threads.shutdown(wait=False)


class Awaiting(EventDispatcher):
    """Tells events from another thread than that of the event loop, which awaits the processors."""

    __slots__ = ("_told", "_loop", "closed")

    def __init__(self, told: EventDispatcher, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__()
        self._told = told
        self._loop = loop
        self.closed = False

    @property
    def active(self) -> bool:
        """Whether there is any processor to tell."""
        return self._told.active

    def emit(self, event: BaseEvent) -> None:
        """Tell every processor, and wait for those that are awaited."""
        if self.closed:
            raise asyncio.CancelledError
        asyncio.run_coroutine_threadsafe(self._told.emit_async(event), self._loop).result()
