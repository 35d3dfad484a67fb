"""The events of a run on a worker, as data: the driver makes events of them.

A record is the name of the event's class and its fields, in their order.
"""

from __future__ import annotations

from time import perf_counter, time

from hypergraph.runtime.events import error_type, new_span_id
from hypergraph.runtime.results import new_run_id

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    Record = tuple[Any, ...]


class Recorder:
    """Takes the place of a dispatcher: keeps the records that are ``wanted``, all if ``None``.

    ``times`` adds up calls, failures and seconds by graph and node, where those are wanted.
    """

    active = True

    def __init__(
        self, wanted: frozenset[str] | None, times: dict[tuple[str | None, str], list[Any]]
    ) -> None:
        self.wanted = wanted
        self.times = times if wanted is not None and "NodeTimes" in wanted else None
        self.records: list[Record] = []

    def emit(self, record: Record) -> None:
        """Keep a record."""
        kind = record[0]
        if self.wanted is None or kind in self.wanted:
            self.records.append(record)
        if self.times is not None and kind in ("NodeEndEvent", "NodeErrorEvent"):
            total = self.times.setdefault((record[6], record[5]), [0, 0, 0.0])
            failed = kind == "NodeErrorEvent"
            total[0] += 1
            total[1] += failed
            total[2] += 0.0 if failed else record[7] / 1000

    async def emit_async(self, record: Record) -> None:
        """Keep a record."""
        self.emit(record)


class RecordedSpan:
    """A run, or a map of ``map_size`` items, as ``RunSpan`` is one; what it tells are records.

    >>> RecordedSpan("sums").node_started("add", "s2")[0]
    'NodeStartEvent'
    """

    def __init__(
        self, graph: str | None, parent: str | None = None, map_size: int | None = None
    ) -> None:
        self.graph = graph
        self.parent = parent
        self.map_size = map_size
        self.run_id = new_run_id()
        self.span_id = new_span_id()
        self.began = 0.0

    def inside(self, graph: str | None, parent: str, map_size: int | None = None) -> RecordedSpan:
        """The span of a run, or a map, that belongs to the span ``parent``."""
        return RecordedSpan(graph, parent, map_size)

    def _run(self, kind: str, *rest: Any) -> Record:
        return (kind, self.run_id, self.span_id, self.parent, time(), self.graph, *rest)

    def _node(self, kind: str, own: str, node: str, *rest: Any) -> Record:
        return (kind, self.run_id, own, self.span_id, time(), node, self.graph, *rest)

    def started(self) -> Record:
        """The run begins; its time counts from here."""
        self.began = perf_counter()
        return self._run("RunStartEvent", None, self.map_size is not None, self.map_size)

    def completed(self) -> Record:
        """The run came to its end."""
        return self._ended("completed", None)

    def failed(self, error: BaseException) -> Record:
        """The run failed."""
        return self._ended("failed", str(error))

    def _ended(self, status: str, error: str | None) -> Record:
        return self._run("RunEndEvent", status, error, (perf_counter() - self.began) * 1000)

    def node_started(self, node: str, own: str) -> Record:
        """A node begins; ``own`` is the span of this execution."""
        return self._node("NodeStartEvent", own, node)

    def node_ended(self, node: str, own: str, began: float) -> Record:
        """A node has executed, since ``began``."""
        return self._node("NodeEndEvent", own, node, (perf_counter() - began) * 1000)

    def node_failed(self, node: str, own: str, error: BaseException) -> Record:
        """A node raised."""
        return self._node("NodeErrorEvent", own, node, str(error), error_type(error))

    def decided(self, node: str, decision: Any) -> Record:
        """A gate decided; the event has a span of its own."""
        return self._node("RouteDecisionEvent", new_span_id(), node, decision)
