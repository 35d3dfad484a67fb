"""Events of a run as data that two engines can be compared by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from hypergraph import BaseEvent, EventProcessor

from ..reference.observation import Event

FACTS = {
    "RunStartEvent": ("run start", ("graph_name", "is_map", "map_size")),
    "RunEndEvent": ("run end", ("graph_name", "status", "error")),
    "NodeStartEvent": ("node start", ("graph_name", "node_name")),
    "NodeEndEvent": ("node end", ("graph_name", "node_name", "cached")),
    "NodeErrorEvent": ("node error", ("graph_name", "node_name", "error", "error_type")),
    "CacheHitEvent": ("cache hit", ("graph_name", "node_name", "cache_key")),
    "RouteDecisionEvent": ("route decision", ("graph_name", "node_name", "decision")),
    "InterruptEvent": ("interrupt", ("graph_name", "node_name", "value", "response_param")),
}


class Listener(EventProcessor):
    """Keeps every event it is told of."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self.shutdowns = 0

    def on_event(self, event: BaseEvent) -> None:
        kind, names = FACTS[type(event).__name__]
        facts = tuple((name, getattr(event, name)) for name in sorted(names))
        ids = (event.run_id, event.span_id, event.parent_span_id)
        self.events.append(Event(kind, *ids, facts))

    def shutdown(self) -> None:
        self.shutdowns += 1


def comparable(events: Sequence[Event]) -> list[Event]:
    """The same events with ids numbered as they come up, and without texts that are free."""
    numbers: dict[tuple[str, Any], int] = {}

    def number(kind: str, given: Any) -> int | None:
        return None if given is None else numbers.setdefault((kind, given), len(numbers))

    return [
        Event(
            event.kind,
            number("run", event.run),
            number("span", event.span),
            number("span", event.parent),
            tuple(plain_facts(event)),
        )
        for event in events
    ]


def plain_facts(event: Event) -> Iterator[tuple[str, str]]:
    """The facts as texts; of errors other than the nodes' own only that there is one."""
    facts = dict(event.facts)
    own = str(facts.get("error_type", "")).endswith("NodeFailure")
    for name, value in event.facts:
        if name == "status":
            yield name, str(getattr(value, "value", value))
        elif (name == "error" and not own) or name == "cache_key":
            yield name, str(bool(value is not None and value != ""))
        else:
            yield name, repr(value)


def nested(events: Sequence[Event]) -> Counter[tuple[Any, ...]]:
    """Each event with the runs and nodes it happened in: what is left when timing is free."""
    parents = {event.span: event.parent for event in events if event.kind.endswith("start")}
    names = {e.span: dict(e.facts) for e in events if e.kind.endswith("start")}

    def chain(span: Any) -> tuple[str, ...]:
        if span is None:
            return ()
        facts = names.get(span, {})
        return (*chain(parents.get(span)), str(facts.get("node_name", facts.get("is_map", "?"))))

    plain = [replace(event, facts=tuple(plain_facts(event))) for event in events]
    return Counter((event.kind, chain(event.parent), event.facts) for event in plain)
