"""Which run, map and node are inside which, as far as events have told (X131, X142)."""

from __future__ import annotations

from dataclasses import dataclass

from hypergraph.runtime.events import NodeStartEvent, RunStartEvent


@dataclass(eq=False)
class Span:
    """Something that has started: a run, a map of ``size`` runs, or the execution of a node.

    ``items`` is the size of the nearest map around a span, itself included, and 1 without one. The
    size of a map over an iterator that has no length is ``None``.
    """

    kind: str
    name: str
    graph_name: str | None
    depth: int
    items: int | None
    size: int | None
    parent: Span | None

    @property
    def root(self) -> Span:
        """The top-level run or map this span belongs to."""
        span = self
        while span.parent is not None:
            span = span.parent
        return span


class Spans:
    """The spans that have started and not ended.

    >>> spans = Spans()
    >>> run = spans.start(RunStartEvent("run-1", "s1", graph_name="rag"))
    >>> spans.start(NodeStartEvent("run-1", "s2", "s1", node_name="embed")).depth
    0
    >>> spans.start(RunStartEvent("run-2", "s3", "s2", graph_name="inner")).depth
    1
    """

    def __init__(self) -> None:
        self._open: dict[str, Span] = {}

    def start(self, event: RunStartEvent | NodeStartEvent) -> Span:
        """The span that begins with ``event``."""
        parent = self._open.get(event.parent_span_id or "")
        if isinstance(event, NodeStartEvent):
            span = _node(event, parent)
        else:
            span = _run(event, parent)
        self._open[event.span_id] = span
        return span

    def find(self, span_id: str | None) -> Span | None:
        """The open span of that identity."""
        return self._open.get(span_id or "")

    def end(self, span_id: str) -> Span | None:
        """Close a span; with a top-level one, everything that never ended inside it."""
        span = self._open.pop(span_id, None)
        if span is not None and span.parent is None:
            left = [inside for inside, each in self._open.items() if each.root is span]
            for inside in left:
                del self._open[inside]
        return span


def _run(event: RunStartEvent, parent: Span | None) -> Span:
    depth = 0 if parent is None else parent.depth + (parent.kind == "node")
    items = 1 if parent is None else parent.items
    size: int | None = 1
    if event.is_map:
        size = items = event.map_size
    kind = "map" if event.is_map else "run"
    return Span(kind, event.graph_name or "", event.graph_name, depth, items, size, parent)


def _node(event: NodeStartEvent, parent: Span | None) -> Span:
    depth, items = (parent.depth, parent.items) if parent is not None else (0, 1)
    return Span("node", event.node_name, event.graph_name, depth, items, 1, parent)
