"""What workers recorded becomes events again, told to the processors of the map."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from hypergraph.runtime.dispatch import EventProcessor
from hypergraph.runtime.events import (
    BaseEvent,
    NodeEndEvent,
    NodeErrorEvent,
    NodeStartEvent,
    RouteDecisionEvent,
    RunEndEvent,
    RunStartEvent,
)
from hypergraph.runtime.nodetimes import NodeTimes
from hypergraph.runtime.runspan import RunSpan
from hypergraph.runtime.scale.job import Back, Failed, Job
from hypergraph.runtime.scale.recorded import RecordedSpan

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

ITEMS = frozenset({"RunStartEvent", "RunEndEvent"})


def wanted_by(processors: Iterable[EventProcessor]) -> frozenset[str] | None:
    """What workers have to record for all of these; everything, if it is ``None``.

    That an item begins and ends is always among it. Who wants just sums has them of events that are
    sent anyway.

    >>> sorted(wanted_by([NodeTimes()]))
    ['NodeTimes', 'RunEndEvent', 'RunStartEvent']
    """
    wanted = set(ITEMS)
    for one in processors:
        names = getattr(one, "wanted", None)
        if names is None:
            return None
        wanted |= names
    if wanted & {"NodeEndEvent", "NodeErrorEvent"}:
        wanted = wanted - {"NodeTimes"} | {"NodeEndEvent", "NodeErrorEvent"}
    return frozenset(wanted)


def record_items(back: Back, job: Job, whole: RunSpan) -> None:
    """Record the items of a chunk that came back, for a program that records nothing itself."""
    records = []
    for place, outcome in zip(back.chunk.places, back.outcomes, strict=False):
        span = RecordedSpan(job.shape.graph, whole.span_id)
        begun = span.started()
        if isinstance(outcome, Failed):
            records.append([begun, span.failed(job.error(place, outcome))])
        else:
            records.append([begun, span.completed()])
    back.events = records


def add_times(back: Back, processors: Iterable[EventProcessor]) -> None:
    """Add the sums of a chunk to those who want them."""
    for one in processors:
        if isinstance(one, NodeTimes):
            for node, counted in back.times.items():
                one.add(node, *counted)


def events_of(back: Back, job: Job, whole: RunSpan) -> Iterable[BaseEvent]:
    """The events of a chunk that came back, item by item.

    An item that a worker never told about, for it could not be sent or took its worker with it, has
    begun and failed all the same: inside ``whole``, the map.

    >>> kind, *fields = ("NodeStartEvent", "run-1", "s2", "s1", 0.0, "embed", "rag")
    >>> KINDS[kind](*fields).node_name
    'embed'
    """
    if not job.shape.watched:
        record_items(back, job, whole)
    for records in back.events:
        for kind, *fields in records:
            if kind == "NodeErrorEvent":
                fields[-1] = job.shipment.told(fields[-1], short=False)
            yield KINDS[kind](*fields)
    for place, outcome in zip(back.chunk.places, back.outcomes, strict=False):
        if not job.shape.watched or not isinstance(outcome, Failed):
            continue
        if outcome.kind in ("lost", "input"):
            span: Any = RunSpan(job.shape.graph, whole.span_id)
            yield span.started()
            yield span.failed(job.error(place, outcome))
