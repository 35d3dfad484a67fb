"""The events of one run: all carry its identity and belong to its span (X129, X131)."""

from __future__ import annotations

from time import perf_counter

from hypergraph.runtime.events import (
    CacheHitEvent,
    InterruptEvent,
    NodeEndEvent,
    NodeErrorEvent,
    NodeStartEvent,
    RouteDecisionEvent,
    RunEndEvent,
    RunStartEvent,
    error_type,
    new_span_id,
)
from hypergraph.runtime.results import RunStatus, new_run_id

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from hypergraph.runtime.results import PauseInfo


class RunSpan:
    """A run, or a map of ``map_size`` items: who it is, inside what, and since when.

    A map whose inputs do not say how many items there are has no size, and ``is_map``.

    >>> span = RunSpan("sums")
    >>> span.started().run_id == span.completed().run_id == span.run_id
    True
    """

    __slots__ = ("graph", "parent", "map_size", "is_map", "run_id", "span_id", "began")

    def __init__(
        self,
        graph: str | None,
        parent: str | None = None,
        map_size: int | None = None,
        is_map: bool = False,
        run_id: str | None = None,
    ) -> None:
        self.graph = graph
        self.parent = parent
        self.map_size = map_size
        self.is_map = is_map or map_size is not None
        self.run_id = new_run_id() if run_id is None else run_id
        self.span_id = new_span_id()
        self.began = 0.0

    def inside(self, graph: str | None, parent: str, map_size: int | None = None) -> RunSpan:
        """The span of a run, or a map, that belongs to the span ``parent``."""
        return RunSpan(graph, parent, map_size)

    def started(self) -> RunStartEvent:
        """The run begins; its time counts from here."""
        self.began = perf_counter()
        return RunStartEvent(
            self.run_id,
            self.span_id,
            self.parent,
            graph_name=self.graph,
            is_map=self.is_map,
            map_size=self.map_size,
        )

    def completed(self) -> RunEndEvent:
        """The run came to its end."""
        return self._ended(RunStatus.COMPLETED, None)

    def failed(self, error: BaseException) -> RunEndEvent:
        """The run failed."""
        return self._ended(RunStatus.FAILED, str(error))

    def paused(self) -> RunEndEvent:
        """The run waits for an answer (K10)."""
        return self._ended(RunStatus.PAUSED, None)

    def _ended(self, status: RunStatus, error: str | None) -> RunEndEvent:
        return RunEndEvent(
            self.run_id,
            self.span_id,
            self.parent,
            graph_name=self.graph,
            status=status,
            error=error,
            duration_ms=(perf_counter() - self.began) * 1000,
        )

    def node_started(self, node: str, own: str) -> NodeStartEvent:
        """A node begins; ``own`` is the span of this execution."""
        return NodeStartEvent(self.run_id, own, self.span_id, None, node, self.graph)  # type: ignore[arg-type]

    def node_ended(self, node: str, own: str, began: float) -> NodeEndEvent:
        """A node has executed, since ``began``."""
        took = (perf_counter() - began) * 1000
        return NodeEndEvent(self.run_id, own, self.span_id, None, node, self.graph, took)  # type: ignore[arg-type]

    def cache_hit(self, node: str, own: str, key: str) -> CacheHitEvent:
        """What the node gives was found in the cache."""
        return CacheHitEvent(
            self.run_id, own, self.span_id, node_name=node, graph_name=self.graph, cache_key=key
        )

    def node_cached(self, node: str, own: str) -> NodeEndEvent:
        """A node that did not have to execute is done."""
        return NodeEndEvent(
            self.run_id, own, self.span_id, node_name=node, graph_name=self.graph, cached=True
        )

    def node_failed(self, node: str, own: str, error: BaseException) -> NodeErrorEvent:
        """A node raised."""
        return NodeErrorEvent(
            self.run_id,
            own,
            self.span_id,
            node_name=node,
            graph_name=self.graph,
            error=str(error),
            error_type=error_type(error),
        )

    def decided(self, node: str, decision: Any) -> RouteDecisionEvent:
        """A gate decided; the event has a span of its own."""
        return RouteDecisionEvent(
            self.run_id,
            parent_span_id=self.span_id,
            node_name=node,
            graph_name=self.graph,
            decision=decision,
        )

    def asked(self, node: str, own: str, pause: PauseInfo) -> InterruptEvent:
        """An interrupt pauses its run (K10)."""
        return InterruptEvent(
            self.run_id,
            own,
            self.span_id,
            node_name=node,
            graph_name=self.graph,
            value=pause.value,
            response_param=pause.output_param,
        )
