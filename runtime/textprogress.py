"""Progress as lines of plain text, for logs and for terminals without ``rich``."""

from __future__ import annotations

import sys
from threading import RLock
from typing import TYPE_CHECKING, TextIO

from hypergraph.runtime.dispatch import TypedEventProcessor
from hypergraph.runtime.pace import Pace
from hypergraph.runtime.results import RunStatus
from hypergraph.runtime.spans import Span, Spans

if TYPE_CHECKING:
    from hypergraph.runtime.events import (
        BaseEvent,
        InterruptEvent,
        NodeEndEvent,
        NodeErrorEvent,
        NodeStartEvent,
        RunEndEvent,
        RunStartEvent,
    )


class TextProgressProcessor(TypedEventProcessor):
    """Writes one line per finished node, and for a map at most one line per ``interval`` seconds.

    Lines go to ``stream``, by default to standard error. Nodes of nested graphs are indented;
    nodes inside a map are counted with its items instead of being listed. The line of a map says
    how many items are done and how many of them failed, how many are done in a second, and how long
    the others will take.

    >>> from hypergraph.runtime.events import NodeEndEvent, NodeStartEvent, RunEndEvent
    >>> from hypergraph.runtime.events import RunStartEvent
    >>> progress = TextProgressProcessor(stream=sys.stdout)
    >>> progress.on_event(RunStartEvent("run-1", "s1", graph_name="rag"))
    rag: started
    >>> progress.on_event(NodeStartEvent("run-1", "s2", "s1", node_name="embed"))
    >>> progress.on_event(NodeEndEvent("run-1", "s2", "s1", node_name="embed", duration_ms=12.0))
      embed: done in 12 ms
    >>> progress.on_event(RunEndEvent("run-1", "s1", graph_name="rag", duration_ms=1500.0))
    rag: completed in 1.50 s
    """

    # All that is shown of a map on workers; what happens here is told whole.
    wanted = frozenset(("RunStartEvent", "RunEndEvent"))

    def __init__(self, *, stream: TextIO | None = None, interval: float = 1.0) -> None:
        self._stream = stream
        self._interval = interval
        self._spans = Spans()
        self._counts: dict[int, _Count] = {}
        self._lock = RLock()

    def on_event(self, event: BaseEvent) -> None:
        """Take in one event; runs in several threads may report to one processor."""
        with self._lock:
            super().on_event(event)

    def on_run_start(self, event: RunStartEvent) -> None:
        """Announce a top-level run or any map that is not inside another."""
        span = self._spans.start(event)
        if span.kind == "map":
            self._counts[id(span)] = _Count(event.timestamp)
        if _listed(span) and (span.parent is None or span.kind == "map"):
            known = span.kind == "map" and span.size is not None
            size = f", {span.size:,} items" if known else ""
            self._write(span, f"started{size}")

    def on_node_start(self, event: NodeStartEvent) -> None:
        """Remember where the node belongs."""
        self._spans.start(event)

    def on_node_end(self, event: NodeEndEvent) -> None:
        """Say that a node is done."""
        span = self._spans.end(event.span_id)
        if span is not None and _listed(span):
            how = "cached" if event.cached else f"done in {_duration(event.duration_ms)}"
            self._write(span, how)

    def on_node_error(self, event: NodeErrorEvent) -> None:
        """Say that a node has failed."""
        span = self._spans.end(event.span_id)
        if span is not None and _listed(span):
            kind = event.error_type.removeprefix("builtins.")
            self._write(span, f"FAILED: {kind}{': ' if kind else ''}{event.error}")

    def on_interrupt(self, event: InterruptEvent) -> None:
        """Say what a run waits for."""
        span = self._spans.end(event.span_id)
        if span is not None and _listed(span):
            self._write(span, f"waits for {event.response_param}")

    def on_run_end(self, event: RunEndEvent) -> None:
        """Count an item of a map, or say how a run or map has ended."""
        span = self._spans.end(event.span_id)
        if span is None:
            return
        self._count_item(span, event)
        count = self._counts.pop(id(span), None)
        if _listed(span) and (span.parent is None or span.kind == "map"):
            self._write(span, _ending(event, span, count))

    def _count_item(self, span: Span, event: RunEndEvent) -> None:
        count = self._counts.get(id(span.parent))
        if span.parent is None or count is None:
            return
        now = count.item(event)
        size = span.parent.size
        late = now - count.told >= self._interval
        if late and count.done != size and _listed(span.parent):
            count.told = now
            self._write(span.parent, _counted(count, size) + _aside(count.pace.told(size, now)))

    def _write(self, span: Span, text: str) -> None:
        level = span.depth + (1 if span.kind == "node" else 0)
        if span.kind == "map" and span.parent is not None:
            level += 1
        name = span.name or ("map" if span.kind == "map" else "run")
        line = " ".join(f"{name}: {text}".splitlines())
        print("  " * level + line, file=self._stream or sys.stderr, flush=True)


class _Count:
    """How far a map is, how fast it goes, and when that was last told."""

    __slots__ = ("done", "failed", "now", "pace", "told")

    def __init__(self, now: float) -> None:
        self.done = 0
        self.failed = 0
        self.now = self.told = now
        self.pace = Pace(now)

    def item(self, event: RunEndEvent) -> float:
        """One more item has ended: the time at which it did.

        Items may run on machines whose clocks differ; time does not go back for that.
        """
        self.done += 1
        self.failed += event.status is RunStatus.FAILED
        self.now = max(self.now, event.timestamp)
        self.pace.reach(self.done, self.now)
        return self.now


def _listed(span: Span) -> bool:
    """Whether a span gets lines of its own: not what is inside a map."""
    around = span.parent
    while around is not None:
        if around.kind == "map":
            return False
        around = around.parent
    return True


def _ending(event: RunEndEvent, span: Span, count: _Count | None) -> str:
    duration, items, pace = _duration(event.duration_ms), "", ""
    if count is not None:
        items = f", {_counted(count, span.size)}"
        pace = _aside(count.pace.overall())
    if event.status is RunStatus.FAILED:
        return f"FAILED after {duration}{items}: {event.error}"
    how = "paused after" if event.status is RunStatus.PAUSED else "completed in"
    return f"{how} {duration}{items}{pace}"


def _counted(count: _Count, size: int | None) -> str:
    done = f"{count.done:,}" if size is None else f"{count.done:,}/{size:,}"
    items = "item" if done == "1" else "items"
    return f"{done} {items}" + (f" ({count.failed:,} failed)" if count.failed else "")


def _aside(text: str) -> str:
    return f", {text}" if text else ""


def _duration(milliseconds: float) -> str:
    if milliseconds < 999.5:
        return f"{milliseconds:.0f} ms"
    if milliseconds < 60_000:
        return f"{milliseconds / 1000:.2f} s"
    minutes, seconds = divmod(round(milliseconds / 1000), 60)
    return f"{minutes} min {seconds:02} s"
