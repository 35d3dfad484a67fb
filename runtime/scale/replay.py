"""What workers recorded becomes events again, told to the processors of the map."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from hypergraph.runtime.events import (
    BaseEvent,
    NodeEndEvent,
    NodeErrorEvent,
    NodeStartEvent,
    RouteDecisionEvent,
    RunEndEvent,
    RunStartEvent,
)
from hypergraph.runtime.runspan import RunSpan
from hypergraph.runtime.scale.job import Back, Failed, Job

KINDS: dict[str, type[BaseEvent]] = {
    one.__name__: one
    for one in (
        NodeEndEvent,
        NodeErrorEvent,
        NodeStartEvent,
        RouteDecisionEvent,
        RunEndEvent,
        RunStartEvent,
    )
}


def events_of(back: Back, job: Job, whole: RunSpan) -> Iterable[BaseEvent]:
    """The events of a chunk that came back, item by item.

    An item that a worker never told about, for it could not be sent or took its worker with it, has
    begun and failed all the same: inside ``whole``, the map.

    >>> kind, *fields = ("NodeStartEvent", "run-1", "s2", "s1", 0.0, "embed", "rag")
    >>> KINDS[kind](*fields).node_name
    'embed'
    """
    for records in back.events:
        for kind, *fields in records:
            if kind == "NodeErrorEvent":
                fields[-1] = job.shipment.told(fields[-1], short=False)
            yield KINDS[kind](*fields)
    for place, outcome in zip(back.chunk.places, back.outcomes, strict=False):
        if isinstance(outcome, Failed) and outcome.kind in ("lost", "input"):
            span: Any = RunSpan(job.shape.graph, whole.span_id)
            yield span.started()
            yield span.failed(job.error(place, outcome))
