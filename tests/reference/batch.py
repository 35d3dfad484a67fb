"""The runs of a map's items (X89 to X93), for ``map`` and for mapped graph nodes alike."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from hypergraph import Graph

from .checks import Options
from .recording import Outcome, Paused, Recorder
from .running import InnerRun


@dataclass(frozen=True)
class Items:
    """A graph and the inputs of every item; ``span`` is that of the graph node, if it is one."""

    graph: Graph
    inputs: list[dict[str, Any]]
    options: Options
    recorder: Recorder
    path: str = ""
    span: int | None = None


def ended(outcome: Outcome) -> Outcome:
    """A finished inner run; its error or pause becomes the graph node's (X76, X112)."""
    if outcome.error is not None:
        raise outcome.error
    if outcome.pause is not None:
        raise Paused(outcome.pause)
    return outcome


def run_items(items: Items, start: InnerRun, *, raises: bool) -> list[Outcome]:
    """Every item's run, under a span of the map's (X131, X132); none at all for no items (X90)."""
    if not items.inputs:
        return []
    recorder, name = items.recorder, items.graph.name
    number, span = recorder.new_id(), recorder.new_id()
    size = len(items.inputs)
    facts = {"graph_name": name, "is_map": True, "map_size": size}
    recorder.tell("run start", number, span, items.span, **facts)
    try:
        outcomes = all_items(items, start, span, raises=raises)
    except Exception as error:
        facts = {"graph_name": name, "status": "failed", "error": str(error)}
        recorder.tell("run end", number, span, items.span, **facts)
        raise
    facts = {"graph_name": name, "status": "completed", "error": None}
    recorder.tell("run end", number, span, items.span, **facts)
    return outcomes


def all_items(items: Items, start: InnerRun, span: int, *, raises: bool) -> list[Outcome]:
    """The outcomes in item order; a refused item is a failed one (X89, X92, X93, K8)."""
    outcomes: list[Outcome] = []
    for item in items.inputs:
        try:
            outcome = start(items.graph, item, items.options, items.recorder, items.path, span)
        except Exception as error:
            outcome = Outcome("failed", {}, error=error)
        outcomes.append(outcome)
        if raises and not items.options.concurrent:
            ended(outcome)
    if raises and items.options.limited:
        items.recorder.racing |= any(outcome.error is not None for outcome in outcomes)
    for outcome in outcomes if raises else ():
        ended(outcome)
    return outcomes
