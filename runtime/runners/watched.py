"""Runs and maps of ``SyncRunner`` that tell events or have a cache (X130 to X138)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hypergraph.runtime.dispatch import EventDispatcher
from hypergraph.runtime.expand import Items
from hypergraph.runtime.outcomes import check_wanted
from hypergraph.runtime.results import RunResult, completed
from hypergraph.runtime.runners.calls import failed, refusals, warn_about
from hypergraph.runtime.runspan import RunSpan
from hypergraph.runtime.shapes import Shape
from hypergraph.runtime.watching import Watch


def features_of(processors: Any, cache: Any) -> frozenset[str]:
    """What a program must be compiled with for these processors and this cache."""
    wanted = {"events": bool(processors), "cache": cache is not None}
    return frozenset(name for name, needed in wanted.items() if needed)


def run_watched(
    shape: Shape,
    supplied: Mapping[str, Any],
    max_iterations: int | None,
    on_missing: str,
    error_handling: str,
    processors: Any,
    cache: Any,
) -> RunResult:
    """One run that got past its checks; processors are shut down however it ends."""
    dispatcher = EventDispatcher(processors)
    watch = Watch(RunSpan(shape.graph), dispatcher, cache)
    try:
        return item_outcome(shape, watch, supplied, max_iterations, on_missing, error_handling)
    finally:
        dispatcher.shutdown()


def map_watched(
    shape: Shape,
    items: Items,
    max_iterations: int | None,
    on_missing: str,
    error_handling: str,
    processors: Any,
    cache: Any,
    run_id: str | None = None,
) -> list[RunResult]:
    """A map over one item or more; an item is a run inside the span of the map."""
    dispatcher = EventDispatcher(processors)
    whole = Watch(RunSpan(shape.graph, None, len(items.rows), True, run_id), dispatcher, cache)

    def run_item(supplied: dict[str, Any]) -> RunResult:
        watch = whole.inside(shape.graph, whole.span.span_id)
        return item_outcome(shape, watch, supplied, max_iterations, on_missing, error_handling)

    try:
        results: list[RunResult] = whole.whole(lambda _: [run_item(one) for one in items.dicts()])
        return results
    finally:
        dispatcher.shutdown()


def map_refused(
    name: str | None, size: int, error: Exception, error_handling: str, processors: Any
) -> list[RunResult]:
    """A map whose items the checks of their runs refuse: it begins, and no item does (X18, X19)."""
    dispatcher = EventDispatcher(processors)
    try:
        refuse = Watch(RunSpan(name, None, size), dispatcher, None).whole
        results: list[RunResult] = refuse(lambda _: refusals(size, error, error_handling))
        return results
    finally:
        dispatcher.shutdown()


def item_outcome(
    shape: Shape,
    watch: Watch,
    supplied: Mapping[str, Any],
    max_iterations: int | None,
    on_missing: str,
    error_handling: str,
) -> RunResult:
    """The result of one run, told by its watch; an error is one too, if that is asked for."""
    warn_about(shape)
    call = shape.keywords(supplied, max_iterations)

    def work(watch: Watch) -> RunResult:
        cells = shape.entry(watch, **call) if shape.watched else shape.entry(**call)
        result = completed(cells, shape.layout)
        if on_missing != "ignore":
            check_wanted(shape.wanted, result, on_missing)
        return result

    try:
        result: RunResult = watch.whole(work)
    except Exception as error:
        if error_handling == "raise":
            raise
        result = failed(error, shape)
    result.run_id = watch.span.run_id
    return result
