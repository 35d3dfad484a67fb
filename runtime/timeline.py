"""What happened in runs over time, as a page to look at."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING

from hypergraph.runtime.dispatch import TypedEventProcessor
from hypergraph.runtime.results import RunStatus

if TYPE_CHECKING:
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
    )


@dataclass(eq=False)
class Bar:
    """One stretch of time: a run, a map, or the execution of a node.

    ``lane`` says where it is drawn: the names of the nodes it is inside of, and its own, with
    ``""`` for a top-level run and for the items of a map. A run inside a node has the lane of the
    node, for it takes the same time. A map has a ``size``, and so many of its ``items`` have begun.
    """

    kind: str
    name: str
    lane: tuple[str, ...]
    start: float
    end: float | None = None
    outcome: str = "unfinished"
    note: str = ""
    size: int = 0
    items: int = 0
    parent: Bar | None = None


@dataclass
class Chart:
    """Everything that happened in one top-level run or map, in order of its beginning."""

    bars: list[Bar] = field(default_factory=list)
    last: float = 0.0


class TimelineProcessor(TypedEventProcessor):
    """Collects the events of runs and writes them as one self-contained HTML page.

    The page is written to ``path`` whenever a run has ended; it shows every top-level run this
    processor was given, one chart each, until ``clear`` is called. Without a ``path`` nothing is
    written: ask for the page with ``html``.

    >>> from hypergraph.runtime.events import RunEndEvent, RunStartEvent
    >>> timeline = TimelineProcessor()
    >>> timeline.on_event(RunStartEvent("run-1", "s1", graph_name="rag"))
    >>> timeline.on_event(RunEndEvent("run-1", "s1", graph_name="rag"))
    >>> "rag" in timeline.html()
    True
    """

    def __init__(self, path: str | os.PathLike[str] | None = None, *, title: str = "Runs") -> None:
        self._path = None if path is None else Path(path)
        self._title = title
        self._charts: list[Chart] = []
        self._open: dict[str, tuple[Bar, Chart]] = {}
        self._lock = RLock()

    @property
    def charts(self) -> list[Chart]:
        """What was collected so far, one chart per top-level run or map."""
        return self._charts

    def html(self) -> str:
        """The page as it stands."""
        from hypergraph.runtime.timeline_page import page

        with self._lock:
            return page(self._title, self._charts)

    def clear(self) -> None:
        """Forget everything that was collected."""
        with self._lock:
            self._charts = []
            self._open.clear()

    def shutdown(self) -> None:
        """Write the page, so that a reader never sees half of it."""
        if self._path is None:
            return
        self._path.parent.mkdir(parents=True, exist_ok=True)
        draft = self._path.with_name(self._path.name + ".part")
        draft.write_text(self.html(), encoding="utf-8")
        os.replace(draft, self._path)

    def on_event(self, event: BaseEvent) -> None:
        """Take in one event; runs in several threads may report to one processor."""
        with self._lock:
            super().on_event(event)

    def on_run_start(self, event: RunStartEvent) -> None:
        """Begin a chart, an item of a map, or what goes on inside a node."""
        parent, chart = self._around(event)
        kind = "map" if event.is_map else "run"
        if parent is None:
            lane: tuple[str, ...] = ("",)
        else:
            lane = (*parent.lane, "") if parent.kind == "map" else parent.lane
        if parent is not None and parent.kind == "map":
            # A map over an iterator is as large as what has come out of it.
            parent.items += 1
            parent.size = max(parent.size, parent.items)
        size = event.map_size or 0
        bar = Bar(kind, event.graph_name or kind, lane, event.timestamp, size=size, parent=parent)
        self._begin(event, bar, chart)

    def on_node_start(self, event: NodeStartEvent) -> None:
        """Begin the bar of a node."""
        parent, chart = self._around(event)
        lane = (*(parent.lane if parent is not None else ("",)), event.node_name)
        self._begin(
            event, Bar("node", event.node_name, lane, event.timestamp, parent=parent), chart
        )

    def on_cache_hit(self, event: CacheHitEvent) -> None:
        """Mark the node as one that was not called."""
        if event.span_id in self._open:
            self._open[event.span_id][0].outcome = "cached"

    def on_route_decision(self, event: RouteDecisionEvent) -> None:
        """Note what the gate chose at the execution that is going on."""
        run, _ = self._around(event)
        for bar, _ in reversed(self._open.values()):
            if bar.parent is run and bar.name == event.node_name and bar.kind == "node":
                bar.note = f"→ {_chosen(event.decision)}"
                return

    def on_node_end(self, event: NodeEndEvent) -> None:
        """End the bar of a node."""
        self._finish(event, "cached" if event.cached else "done")

    def on_node_error(self, event: NodeErrorEvent) -> None:
        """End the bar of a node that raised."""
        kind = event.error_type.removeprefix("builtins.")
        self._finish(event, "failed", f"{kind}: {event.error}" if kind else event.error)

    def on_interrupt(self, event: InterruptEvent) -> None:
        """End the bar of a node that paused its run."""
        self._finish(event, "paused", f"asks for {event.response_param}")

    def on_run_end(self, event: RunEndEvent) -> None:
        """End a run; one that pauses inside a node ends the bar of that node too."""
        outcome = "done" if event.status is RunStatus.COMPLETED else event.status.value
        bar = self._finish(event, outcome, event.error or "")
        around = bar.parent if bar is not None and event.status is RunStatus.PAUSED else None
        if around is not None and around.kind == "node":
            self._end(event.parent_span_id or "", event.timestamp, "paused", "")

    def _around(self, event: BaseEvent) -> tuple[Bar | None, Chart]:
        if event.parent_span_id in self._open:
            return self._open[event.parent_span_id]
        return None, Chart()

    def _begin(self, event: BaseEvent, bar: Bar, chart: Chart) -> None:
        if bar.parent is None:
            self._charts.append(chart)
        chart.bars.append(bar)
        chart.last = max(chart.last, event.timestamp)
        self._open[event.span_id] = bar, chart

    def _finish(self, event: BaseEvent, outcome: str, note: str = "") -> Bar | None:
        return self._end(event.span_id, event.timestamp, outcome, note)

    def _end(self, span_id: str, at: float, outcome: str, note: str) -> Bar | None:
        bar, chart = self._open.pop(span_id, (None, None))
        if bar is None or chart is None:
            return None
        bar.end = max(bar.start, at)
        bar.outcome = outcome
        bar.note = note or bar.note
        chart.last = max(chart.last, bar.end)
        return bar


def _chosen(decision: object) -> str:
    if isinstance(decision, list):
        return ", ".join(_chosen(each) for each in decision) or "nothing"
    if decision is None:
        return "nothing"
    return decision if isinstance(decision, str) else repr(decision)
