"""A processor that adds up how long each node took."""

from __future__ import annotations

from dataclasses import dataclass

from hypergraph.runtime.dispatch import EventProcessor
from hypergraph.runtime.events import BaseEvent, NodeEndEvent, NodeErrorEvent

Node = tuple[str | None, str]


@dataclass
class NodeTime:
    """What a node has taken: how many ``calls``, of which some ``failed``, and ``seconds``.

    The time of calls that failed is not known, and that of overlapping calls counts for each.
    """

    calls: int = 0
    failed: int = 0
    seconds: float = 0.0


class NodeTimes(EventProcessor):
    """Adds up the time of each node, over all runs that it is told of.

    ``totals`` has them by the names of graph and node. Workers of a map send sums, not events.

    >>> from hypergraph import Graph, SyncRunner, node
    >>> @node(output_name="y")
    ... def double(x): return 2 * x
    >>> times = NodeTimes()
    >>> results = SyncRunner().map(
    ...     Graph([double], name="g"), x=[1, 2], map_over="x", event_processors=[times]
    ... )
    >>> times.totals["g", "double"].calls
    2
    """

    wanted = frozenset({"NodeTimes"})

    def __init__(self) -> None:
        self.totals: dict[Node, NodeTime] = {}

    def on_event(self, event: BaseEvent) -> None:
        """Count a call that ended."""
        if isinstance(event, NodeEndEvent):
            self.add((event.graph_name, event.node_name), 1, 0, event.duration_ms / 1000)
        elif isinstance(event, NodeErrorEvent):
            self.add((event.graph_name, event.node_name), 1, 1, 0.0)

    def add(self, node: Node, calls: int, failed: int, seconds: float) -> None:
        """Count calls of a node."""
        total = self.totals.setdefault(node, NodeTime())
        total.calls += calls
        total.failed += failed
        total.seconds += seconds
