"""Runs told by hand: the events a processor would see, without a runner."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from hypergraph import EventProcessor, RunStatus
from hypergraph.runtime.events import (
    CacheHitEvent,
    InterruptEvent,
    NodeEndEvent,
    NodeErrorEvent,
    NodeStartEvent,
    RouteDecisionEvent,
    RunEndEvent,
    RunStartEvent,
    new_span_id,
)


class Teller:
    """Tells one processor what happens, in a time that passes only when it says so."""

    def __init__(self, processor: EventProcessor) -> None:
        self.processor = processor
        self.now = 1_700_000_000.0

    def wait(self, seconds: float) -> None:
        self.now += seconds

    @contextmanager
    def run(
        self,
        name: str | None,
        parent: str | None = None,
        *,
        items: int | None = None,
        status: RunStatus = RunStatus.COMPLETED,
        error: str | None = None,
    ) -> Iterator[str]:
        span, began = new_span_id(), self.now
        self.processor.on_event(
            RunStartEvent(
                f"run-{span}",
                span,
                parent,
                began,
                graph_name=name,
                is_map=items is not None,
                map_size=items,
            )
        )
        yield span
        self.processor.on_event(
            RunEndEvent(
                f"run-{span}",
                span,
                parent,
                self.now,
                graph_name=name,
                status=status,
                error=error,
                duration_ms=(self.now - began) * 1000,
            )
        )

    @contextmanager
    def node(
        self,
        name: str,
        parent: str,
        graph: str | None = "g",
        *,
        takes: float = 0.0,
        error: str | None = None,
        asks: str | None = None,
        cached: bool = False,
    ) -> Iterator[str]:
        span, began, run = new_span_id(), self.now, f"run-{parent}"
        tell = self.processor.on_event
        tell(NodeStartEvent(run, span, parent, began, node_name=name, graph_name=graph))
        yield span
        self.wait(takes)
        now = self.now
        if error is not None:
            kind = "builtins.ValueError"
            tell(NodeErrorEvent(run, span, parent, now, name, graph, error, kind))
        elif asks is not None:
            tell(InterruptEvent(run, span, parent, now, name, graph, None, "draft", asks))
        else:
            if cached:
                tell(CacheHitEvent(run, span, parent, now, name, graph, "k" * 64))
            took = 0.0 if cached else (now - began) * 1000
            tell(NodeEndEvent(run, span, parent, now, name, graph, took, cached))

    def call(self, name: str, parent: str, graph: str | None = "g", **how: Any) -> None:
        """A node that does nothing but take its time."""
        with self.node(name, parent, graph, **how):
            pass

    def decide(self, gate: str, parent: str, decision: object, graph: str | None = "g") -> None:
        self.processor.on_event(
            RouteDecisionEvent(
                f"run-{parent}", new_span_id(), parent, self.now, gate, graph, decision
            )
        )
