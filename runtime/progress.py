"""Progress bars in a terminal, drawn by ``rich`` (X141 to X145)."""

from __future__ import annotations

from threading import RLock
from typing import TYPE_CHECKING, Any

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

_NODE = "📦"
_INNER_NODE = "🌳"
# Terminals draw this one wider than they count it.
_MAP = "🗺️ "
# Narrower terminals would cut how far it is for the sake of how fast it goes.
_ROOM_FOR_PACE = 72


class RichProgressProcessor(TypedEventProcessor):
    """Shows one bar per node and per map while a run goes on, and a line when it has ended.

    The bar of a map says how many items are done and how many of them failed, and from its first
    second on how many are done in a second and how long the others will take.

    With ``transient`` the bars disappear at the end and the line stays. Where the output is not a
    terminal, only the lines appear, and the final bars if they are not transient. Without ``nodes``
    only maps have bars; workers then need not tell of every node.

    Raises ``ImportError`` if the package ``rich`` is not installed.
    """

    def __init__(self, *, transient: bool = True, nodes: bool = True) -> None:
        self._transient = transient
        self._nodes = nodes
        if not nodes:
            self.wanted = frozenset(("RunStartEvent", "RunEndEvent"))
        self._progress = _new_progress(transient)
        self._started = False
        self._stopped = False
        self._spans = Spans()
        self._bars: dict[Any, _Bar] = {}
        self._lock = RLock()

    def on_event(self, event: BaseEvent) -> None:
        """Take in one event; runs in several threads may report to one processor."""
        with self._lock:
            super().on_event(event)

    def on_run_start(self, event: RunStartEvent) -> None:
        """Add the bar of a map; plain runs have none."""
        self._start(anew=event.parent_span_id is None)
        span = self._spans.start(event)
        if span.kind == "map":
            self._expect_map(event.span_id, span)

    def on_node_start(self, event: NodeStartEvent) -> None:
        """Add the bar of a node, or take the one it already has."""
        self._start(anew=False)
        span = self._spans.start(event)
        if self._nodes:
            self._node_bar(span).reach(span.items)

    def on_node_end(self, event: NodeEndEvent) -> None:
        """Advance the bar of the node."""
        span = self._spans.end(event.span_id)
        if span is not None and self._nodes:
            self._node_bar(span).advance()

    def on_node_error(self, event: NodeErrorEvent) -> None:
        """Mark the bar of the node."""
        span = self._spans.end(event.span_id)
        if span is not None and self._nodes:
            self._node_bar(span).mark("FAILED")

    def on_interrupt(self, event: InterruptEvent) -> None:
        """Forget the execution that paused."""
        self._spans.end(event.span_id)

    def on_run_end(self, event: RunEndEvent) -> None:
        """Advance the bar of the map the run is an item of, or say how it all ended."""
        span = self._spans.end(event.span_id)
        if span is not None and span.kind == "map":
            self._map_bar(event.span_id, span).settle()
        if event.parent_span_id is None:
            self._say_end(event)
        elif span is not None and span.parent is not None and span.parent.kind == "map":
            bar = self._map_bar(event.parent_span_id, span.parent)
            bar.advance()
            if event.status is RunStatus.FAILED:
                bar.failed += 1
                bar.mark(f"({bar.failed} failed)")

    def shutdown(self) -> None:
        """Stop drawing; the next run draws anew."""
        with self._lock:
            if self._started:
                self._started, self._stopped = False, True
                self._progress.stop()

    def _start(self, anew: bool) -> None:
        from rich.errors import LiveError

        if self._started:
            return
        self._started = True
        if self._stopped:
            self._replace_progress(anew)
        try:
            self._progress.start()
        except LiveError:
            # Something else draws there already: it may finish, the lines will do.
            self._progress.disable = True

    def _replace_progress(self, anew: bool) -> None:
        # A display that was stopped still counts the lines it had, and would write over others.
        self._progress = _new_progress(self._transient)
        if anew:
            self._bars.clear()
        for bar in self._bars.values():
            bar.move(self._progress)

    def _node_bar(self, span: Span) -> _Bar:
        key = (span.graph_name, span.name, span.depth)
        return self._bars.get(key) or self._new_node_bar(key, span)

    def _new_node_bar(self, key: Any, span: Span) -> _Bar:
        icon = _NODE if span.depth == 0 else _INNER_NODE
        text = _description(span, icon, span.name)
        self._bars[key] = bar = _Bar(self._progress, text, span.items, paced=False)
        return bar

    def _map_bar(self, span_id: str, span: Span) -> _Bar:
        key = _map_key(span_id, span)
        return self._bars.get(key) or self._new_map_bar(key, span)

    def _new_map_bar(self, key: Any, span: Span) -> _Bar:
        text = _description(span, _MAP, f"{span.name or 'Map'} Progress")
        self._bars[key] = bar = _Bar(self._progress, text, span.size, paced=True)
        return bar

    def _expect_map(self, span_id: str, span: Span) -> None:
        known = self._bars.get(_map_key(span_id, span))
        if known is None:
            self._map_bar(span_id, span)
        elif span.size is None or known.total is None:
            known.reach(None)
        else:
            known.reach(known.total + span.size)

    def _say_end(self, event: RunEndEvent) -> None:
        from rich.text import Text

        name = event.graph_name or "Run"
        if event.status is RunStatus.COMPLETED:
            line = Text(f"✓ {name} completed!", style="green")
        elif event.status is RunStatus.FAILED:
            line = Text(f"✗ {name} failed: {event.error}", style="red")
        else:
            return
        self._progress.console.print(line, soft_wrap=True)


class _Bar:
    """One bar: how far it is, and what is said beside it; ``total`` is ``None`` if unknown."""

    __slots__ = ("clock", "done", "failed", "pace", "progress", "task", "text", "total")

    def __init__(self, progress: Any, text: str, total: int | None, paced: bool) -> None:
        self.progress = progress
        self.text = text
        self.total = total
        self.done = 0
        self.failed = 0
        self.clock = progress.get_time
        self.pace = Pace(self.clock()) if paced else None
        self.task = progress.add_task(text, total=total, pace=self)

    def __str__(self) -> str:
        """What is shown at the end of the line; asked for anew whenever that is drawn."""
        if self.pace is None:
            return ""
        if self.done == self.total:
            return self.pace.overall()
        return self.pace.told(self.total, self.clock())

    def move(self, progress: Any) -> None:
        """Go on in another display."""
        self.progress = progress
        self.task = progress.add_task(self.text, total=self.total, completed=self.done, pace=self)

    def reach(self, total: int | None) -> None:
        """Grow to ``total``, if that is more than it is, or to an end that nobody knows."""
        if self.total is not None and (total is None or total > self.total):
            self.total = total
            self.progress.update(self.task, total=total)

    def settle(self) -> None:
        """What is done is all there is, where that was not known before."""
        if self.total is None:
            self.total = self.done
            self.progress.update(self.task, total=self.done)

    def advance(self) -> None:
        """One more is done; loops make a node go on beyond what was expected."""
        self.done += 1
        self.reach(self.done)
        self.progress.advance(self.task, 1)
        if self.pace is not None:
            self.pace.reach(self.done, self.clock())

    def mark(self, note: str) -> None:
        """Put a red note after the description, in place of an earlier one."""
        self.progress.update(self.task, description=f"{self.text} [red]{note}[/red]")


def _new_progress(transient: bool) -> Any:
    try:
        import rich
        from rich import progress
    except ImportError:
        raise ImportError(
            "RichProgressProcessor needs the package rich. "
            "Install it with: pip install 'hypergraph[progress]'"
        ) from None
    console = rich.get_console()
    pace = progress.TextColumn("{task.fields[pace]}", style="progress.remaining")
    return progress.Progress(
        progress.SpinnerColumn(),
        progress.TextColumn("{task.description}"),
        progress.BarColumn(),
        progress.MofNCompleteColumn(),
        progress.TimeElapsedColumn(),
        *([pace] if console.width >= _ROOM_FOR_PACE else []),
        console=console,
        transient=transient,
        # There is nothing to show then, and starting would leave an empty line behind.
        disable=transient and not (console.is_terminal or console.is_jupyter),
    )


def _map_key(span_id: str, span: Span) -> Any:
    # A map inside a run may be executed over and over, and its executions share one bar.
    return span_id if span.parent is None else ("map", span.graph_name, span.depth)


def _description(span: Span, icon: str, name: str) -> str:
    from rich.markup import escape

    return f"{'  ' * span.depth}{icon} {escape(name)}"
