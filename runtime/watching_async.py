"""The watch of a program under asyncio: as ``watching``, for calls that overlap.

A call is something still to be done that may give a coroutine; every method that does it is a
coroutine itself. Pauses pass through: a node that pauses has no end (X114).
"""

from __future__ import annotations

from contextlib import asynccontextmanager
from time import perf_counter
from types import CoroutineType

from hypergraph.runtime.asking import distributed, handled
from hypergraph.runtime.events import new_span_id
from hypergraph.runtime.overlap import mapped as all_items
from hypergraph.runtime.pauses import Pause
from hypergraph.runtime.watching import found, keep, lists_of, rows_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Mapping
    from typing import Any

    from hypergraph.runtime.cache import CacheBackend
    from hypergraph.runtime.dispatch import EventDispatcher
    from hypergraph.runtime.events import BaseEvent
    from hypergraph.runtime.runspan import RunSpan


class AsyncWatch:
    """One run of a program on the event loop: tells its events, looks its calls up.

    >>> import asyncio
    >>> from hypergraph.runtime.dispatch import EventDispatcher
    >>> from hypergraph.runtime.runspan import RunSpan
    >>> watch = AsyncWatch(RunSpan("sums"), EventDispatcher())
    >>> asyncio.run(watch.call("add", lambda: 1 + 2))
    3
    """

    __slots__ = ("span", "dispatcher", "cache")

    def __init__(
        self, span: RunSpan, dispatcher: EventDispatcher, cache: CacheBackend | None = None
    ) -> None:
        self.span = span
        self.dispatcher = dispatcher
        self.cache = cache

    def inside(self, graph: str | None, parent: str, map_size: int | None = None) -> AsyncWatch:
        """The watch of a run, or a map, that belongs to the span ``parent``."""
        return AsyncWatch(self.span.inside(graph, parent, map_size), self.dispatcher, self.cache)

    async def tell(self, event: BaseEvent) -> None:
        """Tell every processor before anything else happens in this run."""
        await self.dispatcher.emit_async(event)

    async def whole(self, work: Callable[[AsyncWatch], Any]) -> Any:
        """The run itself, from its first event to its last (X130, K10)."""
        span = self.span
        if not self.dispatcher.active:
            return await work(self)
        await self.tell(span.started())
        try:
            value = await work(self)
        except Pause:
            await self.tell(span.paused())
            raise
        except Exception as error:
            await self.tell(span.failed(error))
            raise
        await self.tell(span.completed())
        return value

    @asynccontextmanager
    async def open(self) -> AsyncIterator[AsyncWatch]:
        """The same for work that is done in between; what is given up has failed."""
        active = self.dispatcher.active
        if active:
            await self.tell(self.span.started())
        try:
            yield self
        except BaseException as error:
            if active:
                await self.tell(self.span.failed(error))
            raise
        if active:
            await self.tell(self.span.completed())

    async def call(self, node: str, work: Callable[[], Any]) -> Any:
        """What a node gives, between its start and its end."""
        return await self._timed(node, new_span_id(), lambda: done(work()))

    async def _timed(self, node: str, own: str, work: Callable[[], Any]) -> Any:
        span = self.span
        await self.tell(span.node_started(node, own))
        began = perf_counter()
        try:
            value = await work()
        except Exception as error:
            await self.tell(span.node_failed(node, own, error))
            raise
        await self.tell(span.node_ended(node, own, began))
        return value

    async def decide(
        self, node: str, work: Callable[[], Any], branches: Mapping[bool, Any] | None = None
    ) -> Any:
        """What a gate decides; ``branches`` are what an ``@ifelse`` gate chooses between."""

        async def decided() -> Any:
            said = work()
            await self._tell_decision(node, said, branches)
            return said

        return await self._timed(node, new_span_id(), decided)

    async def _tell_decision(
        self, node: str, said: Any, branches: Mapping[bool, Any] | None
    ) -> None:
        if self.dispatcher.active:
            shown = None if said == () else said if branches is None else branches[said]
            await self.tell(self.span.decided(node, shown))

    async def cached(
        self,
        node: str,
        definition: str,
        given: dict[str, Any],
        work: Callable[[dict[str, Any]], Any],
        finish: Callable[[Any], Any] | None = None,
    ) -> Any:
        """What a node gives, from the cache if it is there; kept as the function gave it (K4)."""

        async def finished(raw: Any, hit: bool) -> Any:
            return raw if finish is None else finish(raw)

        own = new_span_id()
        return await self._looked_up(node, own, definition, given, lambda: work(given), finished)

    async def cached_decision(
        self,
        node: str,
        definition: str,
        given: dict[str, Any],
        work: Callable[[dict[str, Any]], Any],
        finish: Callable[[Any], Any],
        branches: Mapping[bool, Any] | None = None,
    ) -> Any:
        """What a gate decides, from the cache if it is there; no decision is not told again."""

        async def decided(raw: Any, hit: bool) -> Any:
            said = finish(raw)
            if not (hit and raw is None and not said):
                await self._tell_decision(node, said, branches)
            return said

        async def asked() -> Any:
            return work(given)

        return await self._looked_up(node, new_span_id(), definition, given, asked, decided)

    async def ask(
        self,
        node: str,
        outputs: tuple[str, ...],
        handler: Callable[[dict[str, Any]], Any],
        inputs: dict[str, Any],
        definition: str | None = None,
    ) -> Any:
        """The answer of an interrupt's handler, or a pause that is told as its question (K10)."""

        own = new_span_id()

        async def finished(raw: Any, hit: bool) -> Any:
            try:
                return distributed(node, outputs, raw, inputs)
            except Pause as pause:
                if self.dispatcher.active:
                    await self.tell(self.span.asked(node, own, pause.info))
                raise

        def asked() -> Any:
            return handled(node, lambda: handler(inputs))

        return await self._looked_up(node, own, definition, inputs, asked, finished)

    async def answered(self, node: str) -> None:
        """The caller had the answer to an interrupt, which is not cached (X103, K24)."""

        async def nothing() -> None:
            return None

        await self._timed(node, new_span_id(), nothing)

    async def _looked_up(
        self,
        node: str,
        own: str,
        definition: str | None,
        given: dict[str, Any],
        work: Callable[[], Any],
        finish: Callable[[Any, bool], Any],
    ) -> Any:
        cache = self.cache if definition is not None else None
        key, hit, kept = found(cache, definition or "", given)
        active = self.dispatcher.active
        if hit:
            if not active:
                return await finish(kept, True)
            return await self._replayed(node, own, key, kept, finish)

        async def made() -> Any:
            raw = await done(work())
            value = await finish(raw, False)
            keep(cache, key, raw)
            return value

        return await (self._timed(node, own, made) if active else made())

    async def _replayed(
        self, node: str, own: str, key: str, kept: Any, finish: Callable[[Any, bool], Any]
    ) -> Any:
        span = self.span
        await self.tell(span.node_started(node, own))
        await self.tell(span.cache_hit(node, own, key))
        try:
            value = await finish(kept, True)
        except Exception as error:
            await self.tell(span.node_failed(node, own, error))
            raise
        await self.tell(span.node_cached(node, own))
        return value

    async def run(self, node: str, graph: str | None, work: Callable[[AsyncWatch], Any]) -> Any:
        """What a nested graph gives, in a run of its own."""
        own = new_span_id()
        return await self._timed(node, own, lambda: self.inside(graph, own).whole(work))

    async def map(
        self,
        node: str,
        graph: str | None,
        mapped: dict[str, Any],
        mode: str,
        on_error: str,
        outputs: int,
        copied: dict[str, Any],
        work: Callable[..., Any],
        told: bool = True,
    ) -> Any:
        """What a mapped graph node gives: a list per output, of one run per item (X96 to X101).

        ``work`` takes the watch of an item, its elements of what is ``mapped``, and its copies of
        what is ``copied``. Items that are not ``told`` of fail their checks (X18).
        """
        own = new_span_id()

        async def every_item() -> Any:
            rows = rows_of(mapped, mode, copied)
            if not rows:
                return lists_of([], outputs)
            whole = self.inside(graph, own, len(rows))
            return await whole.whole(
                lambda each: all_items(
                    (each.item(graph, row, work, told) for row in rows), outputs, on_error
                )
            )

        return await self._timed(node, own, every_item)

    async def item(
        self, graph: str | None, row: tuple[Any, ...], work: Callable[..., Any], told: bool
    ) -> Any:
        """What one item of this map gives."""
        inner = self.inside(graph, self.span.span_id)
        return await (inner.whole(lambda watch: work(watch, *row)) if told else work(inner, *row))


async def done(result: Any) -> Any:
    """What a call gave, once a coroutine that it gave is done (K20)."""
    return await result if type(result) is CoroutineType else result
