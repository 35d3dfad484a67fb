"""What a program with events or a cache is handed: one ``Watch`` per run (sections 22 and 23).

Generated code gives it every call of a node, as something still to be done, and gets back what the
call gave. Nested runs and the items of a map get watches of their own, whose events belong to a
span inside this one's.
"""

from __future__ import annotations

from contextlib import contextmanager
from time import perf_counter

from hypergraph.runtime.cache import compute_cache_key
from hypergraph.runtime.events import new_span_id
from hypergraph.runtime.expand import cloned, expand
from hypergraph.runtime.items import columns, filled
from hypergraph.runtime.sentinels import ABSENT

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from typing import Any

    from hypergraph.runtime.cache import CacheBackend
    from hypergraph.runtime.dispatch import EventDispatcher
    from hypergraph.runtime.runspan import RunSpan


class Watch:
    """One run of a program on the calling thread: tells its events, looks its calls up.

    >>> from hypergraph.runtime.dispatch import EventDispatcher
    >>> from hypergraph.runtime.runspan import RunSpan
    >>> watch = Watch(RunSpan("sums"), EventDispatcher())
    >>> watch.call("add", lambda: 1 + 2)
    3
    """

    __slots__ = ("span", "dispatcher", "cache", "active")

    def __init__(
        self, span: RunSpan, dispatcher: EventDispatcher, cache: CacheBackend | None = None
    ) -> None:
        self.span = span
        self.dispatcher = dispatcher
        self.cache = cache
        self.active = dispatcher.active

    def inside(self, graph: str | None, parent: str, map_size: int | None = None) -> Watch:
        """The watch of a run, or a map, that belongs to the span ``parent``."""
        return Watch(self.span.inside(graph, parent, map_size), self.dispatcher, self.cache)

    def whole(self, work: Callable[[Watch], Any]) -> Any:
        """The run itself, from its first event to its last (X130)."""
        span, tell = self.span, self.dispatcher.emit
        if not self.active:
            return work(self)
        tell(span.started())
        try:
            value = work(self)
        except Exception as error:
            tell(span.failed(error))
            raise
        tell(span.completed())
        return value

    @contextmanager
    def open(self) -> Iterator[Watch]:
        """The same for work that is done in between; what is given up has failed."""
        span, tell = self.span, self.dispatcher.emit
        if self.active:
            tell(span.started())
        try:
            yield self
        except BaseException as error:
            if self.active:
                tell(span.failed(error))
            raise
        if self.active:
            tell(span.completed())

    def call(self, node: str, work: Callable[[], Any]) -> Any:
        """What a node gives, between its start and its end."""
        return self._timed(node, new_span_id(), work) if self.active else work()

    def _timed(self, node: str, own: str, work: Callable[[], Any]) -> Any:
        span, tell = self.span, self.dispatcher.emit
        tell(span.node_started(node, own))
        began = perf_counter()
        try:
            value = work()
        except BaseException as error:
            tell(span.node_failed(node, own, error))
            raise
        tell(span.node_ended(node, own, began))
        return value

    def decide(
        self, node: str, work: Callable[[], Any], branches: Mapping[bool, Any] | None = None
    ) -> Any:
        """What a gate decides; ``branches`` are what an ``@ifelse`` gate chooses between."""

        def decided() -> Any:
            said = work()
            self._tell_decision(node, said, branches)
            return said

        return self._timed(node, new_span_id(), decided)

    def _tell_decision(self, node: str, said: Any, branches: Mapping[bool, Any] | None) -> None:
        if self.active:
            shown = None if said == () else said if branches is None else branches[said]
            self.dispatcher.emit(self.span.decided(node, shown))

    def cached(
        self,
        node: str,
        definition: str,
        given: dict[str, Any],
        work: Callable[[dict[str, Any]], Any],
        finish: Callable[[Any], Any] | None = None,
    ) -> Any:
        """What a node gives, from the cache if it is there.

        Kept is what the function gave, before ``finish`` makes it what this node gives (K4); only
        what could be finished is kept (X123).
        """
        if self.cache is None or self.active:
            made = finish or _as_it_is
            return self._looked_up(node, definition, given, work, lambda raw, hit: made(raw))
        key = compute_cache_key(definition, given)
        hit, raw = self.cache.get(key) if key else (False, None)
        if not hit:
            raw = work(given)
        value = raw if finish is None else finish(raw)
        if not hit:
            keep(self.cache, key, raw)
        return value

    def cached_decision(
        self,
        node: str,
        definition: str,
        given: dict[str, Any],
        work: Callable[[dict[str, Any]], Any],
        finish: Callable[[Any], Any],
        branches: Mapping[bool, Any] | None = None,
    ) -> Any:
        """What a gate decides, from the cache if it is there; no decision is not told again."""

        def decided(raw: Any, hit: bool) -> Any:
            said = finish(raw)
            if not (hit and raw is None and not said):
                self._tell_decision(node, said, branches)
            return said

        return self._looked_up(node, definition, given, work, decided)

    def _looked_up(
        self,
        node: str,
        definition: str,
        given: dict[str, Any],
        work: Callable[[dict[str, Any]], Any],
        finish: Callable[[Any, bool], Any],
    ) -> Any:
        key, hit, kept = found(self.cache, definition, given)
        active = self.active
        if hit:
            return self._replayed(node, key, kept, finish) if active else finish(kept, True)

        def made() -> Any:
            raw = work(given)
            value = finish(raw, False)
            keep(self.cache, key, raw)
            return value

        return self.call(node, made) if active else made()

    def _replayed(self, node: str, key: str, kept: Any, finish: Callable[[Any, bool], Any]) -> Any:
        span, own, tell = self.span, new_span_id(), self.dispatcher.emit
        tell(span.node_started(node, own))
        tell(span.cache_hit(node, own, key))
        try:
            value = finish(kept, True)
        except BaseException as error:
            tell(span.node_failed(node, own, error))
            raise
        tell(span.node_cached(node, own))
        return value

    def run(self, node: str, graph: str | None, work: Callable[[Watch], Any]) -> Any:
        """What a nested graph gives, in a run of its own."""
        own = new_span_id()
        return self._timed(node, own, lambda: self.inside(graph, own).whole(work))

    def map(
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
        """What a mapped graph node gives: a list per output, of one run per item (X96 to X100).

        ``work`` takes the watch of an item, its elements of what is ``mapped``, and its copies of
        what is ``copied``. Items that are not ``told`` of fail their checks (X18).
        """
        own = new_span_id()

        def every_item() -> Any:
            rows = rows_of(mapped, mode, copied)
            if not rows:
                return lists_of([], outputs)
            whole = self.inside(graph, own, len(rows))
            results = whole.whole(
                lambda each: [each.item(graph, on_error, outputs, row, work, told) for row in rows]
            )
            return lists_of(results, outputs)

        return self._timed(node, own, every_item)

    def item(
        self,
        graph: str | None,
        on_error: str,
        outputs: int,
        row: tuple[Any, ...],
        work: Callable[..., Any],
        told: bool,
    ) -> Any:
        """What one item of this map gives; nothing, if it fails and that is to be passed over."""
        inside = self.inside(graph, self.span.span_id)
        try:
            return inside.whole(lambda inner: work(inner, *row)) if told else work(inside, *row)
        except Exception:
            if on_error == "raise":
                raise
            return nothing(outputs)


def _as_it_is(value: Any) -> Any:
    return value


def found(
    cache: CacheBackend | None, definition: str, given: dict[str, Any]
) -> tuple[str, bool, Any]:
    """The key of a call, whether there is an entry, and what it holds (X119, X120)."""
    if cache is None:
        return "", False, None
    key = compute_cache_key(definition, given)
    return (key, *cache.get(key)) if key else (key, False, None)


def keep(cache: CacheBackend | None, key: str, raw: Any) -> None:
    """Store what a function gave; a call without a key is not kept."""
    if cache is not None and key:
        cache.set(key, raw)


def rows_of(mapped: dict[str, Any], mode: str, copied: dict[str, Any]) -> list[tuple[Any, ...]]:
    """The arguments of every item: its elements, then its own copies.

    >>> rows_of({"x": [1, 2], "y": "ab"}, "zip", {"rest": [0]})
    [(1, 'a', [0]), (2, 'b', [0])]
    """
    rows = expand(mapped, tuple(mapped), mode).rows
    return [(*row, *[cloned(value, name) for name, value in copied.items()]) for row in rows]


def nothing(outputs: int) -> Any:
    """What a failed item gives, in the form in which others give their outputs."""
    return ABSENT if outputs == 1 else (ABSENT,) * outputs


def lists_of(results: list[Any], outputs: int) -> Any:
    """The outputs of all items: one list, or a list per output (X97, K7).

    >>> lists_of([1, ABSENT], 1), lists_of([], 2)
    ([1, None], ([], []))
    """
    return filled(results) if outputs == 1 else columns(results, outputs)
