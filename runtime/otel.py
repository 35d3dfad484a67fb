"""Runs as OpenTelemetry traces."""

from __future__ import annotations

from dataclasses import dataclass
from threading import RLock
from typing import TYPE_CHECKING, Any

from hypergraph.runtime.dispatch import TypedEventProcessor
from hypergraph.runtime.results import RunStatus

if TYPE_CHECKING:
    from opentelemetry.trace import Span, TracerProvider

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
class _Open:
    """A span that has not ended, and what it was opened for."""

    span: Span
    node_name: str | None
    parent_id: str | None


class OpenTelemetryProcessor(TypedEventProcessor):
    """Reports every run, map, item and node as a span, each inside the one it belongs to.

    A top-level run is a child of the span that is current where it is started. Errors set the
    status of every span they pass; decisions of gates, cache hits and pauses are events of the
    node's span. No values of the graph are reported. Spans go to ``tracer_provider``, by default
    the global one.

    Raises ``ImportError`` if the package ``opentelemetry-api`` is not installed.
    """

    def __init__(self, tracer_provider: TracerProvider | None = None) -> None:
        try:
            from opentelemetry import trace
        except ImportError:
            raise ImportError(
                "OpenTelemetryProcessor needs the package opentelemetry-api. "
                "Install it with: pip install 'hypergraph[otel]'"
            ) from None
        self._trace = trace
        self._tracer = trace.get_tracer("hypergraph", tracer_provider=tracer_provider)
        self._open: dict[str, _Open] = {}
        self._ended = 0
        self._lock = RLock()

    def on_event(self, event: BaseEvent) -> None:
        """Take in one event; runs in several threads may report to one processor."""
        with self._lock:
            super().on_event(event)

    def on_run_start(self, event: RunStartEvent) -> None:
        """Open the span of a run or map."""
        kind = "map" if event.is_map else "run"
        attributes: dict[str, Any] = {"hypergraph.run_id": event.run_id}
        if event.graph_name is not None:
            attributes["hypergraph.graph"] = event.graph_name
        if event.map_size is not None:
            attributes["hypergraph.map_size"] = event.map_size
        name = f"{kind} {event.graph_name}" if event.graph_name else kind
        self._begin(event, name, attributes, None)

    def on_node_start(self, event: NodeStartEvent) -> None:
        """Open the span of a node."""
        attributes = {"hypergraph.run_id": event.run_id, "hypergraph.node": event.node_name}
        self._begin(event, f"node {event.node_name}", attributes, event.node_name)

    def on_cache_hit(self, event: CacheHitEvent) -> None:
        """Note the hit on the node's span."""
        self._note(event.span_id, event, "cache hit", {"hypergraph.cache_key": event.cache_key})

    def on_route_decision(self, event: RouteDecisionEvent) -> None:
        """Note the decision on the span of the gate."""
        chosen = event.decision if isinstance(event.decision, list) else [event.decision]
        attributes = {"hypergraph.decision": [str(target) for target in chosen]}
        for span_id, each in reversed(self._open.items()):
            if each.node_name == event.node_name and each.parent_id == event.parent_span_id:
                self._note(span_id, event, "decision", attributes)
                return

    def on_node_end(self, event: NodeEndEvent) -> None:
        """Close the span of a node."""
        if event.span_id in self._open:
            self._open[event.span_id].span.set_attribute("hypergraph.cached", event.cached)
        self._end(event.span_id, event)

    def on_node_error(self, event: NodeErrorEvent) -> None:
        """Close the span of a node that raised."""
        facts = {"exception.type": event.error_type, "exception.message": event.error}
        self._note(event.span_id, event, "exception", facts)
        self._end(event.span_id, event, event.error)

    def on_interrupt(self, event: InterruptEvent) -> None:
        """Close the span of a node that paused its run."""
        facts = {"hypergraph.response_param": event.response_param}
        self._note(event.span_id, event, "interrupt", facts)
        self._end(event.span_id, event)

    def on_run_end(self, event: RunEndEvent) -> None:
        """Close the span of a run; one that pauses closes that of the node around it too."""
        if event.span_id in self._open:
            self._open[event.span_id].span.set_attribute("hypergraph.status", event.status.value)
        failed = event.status is RunStatus.FAILED
        self._end(event.span_id, event, (event.error or "") if failed else None)
        around = self._open.get(event.parent_span_id or "")
        if event.status is RunStatus.PAUSED and around is not None and around.node_name is not None:
            self._end(event.parent_span_id or "", event)
        self._ended += event.parent_span_id is None

    def shutdown(self) -> None:
        """Close what a run left open that was cancelled."""
        with self._lock:
            if self._ended:
                self._ended -= 1
                return
            roots = [each for each in self._open.values() if each.parent_id not in self._open]
            # With several runs under way there is no telling which of them this is.
            if len(roots) == 1:
                for each in reversed(self._open.values()):
                    each.span.end()
                self._open.clear()

    def _begin(
        self, event: BaseEvent, name: str, attributes: dict[str, Any], node_name: str | None
    ) -> None:
        parent = self._open.get(event.parent_span_id or "")
        context = None if parent is None else self._trace.set_span_in_context(parent.span)
        span = self._tracer.start_span(
            name, context=context, attributes=attributes, start_time=_nanoseconds(event)
        )
        self._open[event.span_id] = _Open(span, node_name, event.parent_span_id)

    def _note(self, span_id: str, event: BaseEvent, name: str, facts: dict[str, Any]) -> None:
        if span_id in self._open:
            self._open[span_id].span.add_event(name, facts, timestamp=_nanoseconds(event))

    def _end(self, span_id: str, event: BaseEvent, error: str | None = None) -> None:
        ended = self._open.pop(span_id, None)
        if ended is None:
            return
        if error is not None:
            ended.span.set_status(self._trace.Status(self._trace.StatusCode.ERROR, error))
        ended.span.end(end_time=_nanoseconds(event))


def _nanoseconds(event: BaseEvent) -> int:
    return int(event.timestamp * 1_000_000_000)
