"""``map_iter`` of ``SyncRunner``, and every map that it hands to an executor."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from typing import Any

from hypergraph.runtime.dispatch import EventDispatcher
from hypergraph.runtime.program import Program
from hypergraph.runtime.results import RunResult, RunStatus, new_run_id
from hypergraph.runtime.runners.batch import attempted, finished, item_call
from hypergraph.runtime.runners.calls import program_of, told_name
from hypergraph.runtime.runners.scaling import Asked, Scaling, job_of
from hypergraph.runtime.runners.watched import features_of, item_outcome
from hypergraph.runtime.runspan import RunSpan
from hypergraph.runtime.shapes import Request, Shape
from hypergraph.runtime.streams import Stream, keyed
from hypergraph.runtime.watching import Watch


def stream_results(
    graph: Any, items: Stream, supplied: Mapping[str, Any], asked: Asked, how: Scaling, cache: Any
) -> Generator[RunResult, None, None]:
    """The results of a map as they are asked for, made here or by workers.

    Raises at once what the checks of a run raise, unless errors are to be results.
    """
    program = program_of(graph, "sync")
    how.check(program, cache)
    run_id = new_run_id()
    if asked.item_key is not None:
        items = keyed(items, asked.item_key, run_id)
        supplied = {**supplied, asked.item_key: None}
    if items.count == 0:
        return _nothing()
    request = asked.request(supplied, features_of(asked.told_by(how), cache), "raise")
    try:
        shape = program.shape_for(request)
    except Exception as error:
        refused = _refused(told_name(graph), items, error, asked)
        if asked.error_handling == "raise":
            next(refused)  # raises it, when everybody was told
        return refused
    if how.executor is not None:
        return _on_workers(program, shape, request, items, asked, how, run_id)
    if shape.watched or asked.event_processors or cache is not None:
        return _watched(shape, items, asked, cache, run_id)
    return _here(shape, items, asked)


def _nothing() -> Generator[RunResult, None, None]:
    yield from ()


def _refused(
    name: str | None, items: Stream, error: Exception, asked: Asked
) -> Generator[RunResult, None, None]:
    """A map whose items the checks of their runs refuse: it begins, and no item does (X18, X19)."""
    dispatcher = EventDispatcher(asked.event_processors)
    try:
        with Watch(RunSpan(name, None, items.count, True), dispatcher).open():
            if asked.error_handling == "raise":
                raise error
            for _ in items.rows:
                yield RunResult({}, RunStatus.FAILED, error=error)
    finally:
        dispatcher.shutdown()


def _here(shape: Shape, items: Stream, asked: Asked) -> Generator[RunResult, None, None]:
    call = item_call(shape, items, asked.max_iterations)
    for row in items.rows:
        if asked.error_handling == "continue":
            yield attempted(shape, call, row, asked.on_missing)
        else:
            yield finished(shape, call(row), asked.on_missing)


def _watched(
    shape: Shape, items: Stream, asked: Asked, cache: Any, run_id: str
) -> Generator[RunResult, None, None]:
    """The same with events or a cache; the map ends when its last result was asked for."""
    dispatcher = EventDispatcher(asked.event_processors)
    whole = Watch(RunSpan(shape.graph, None, items.count, True, run_id), dispatcher, cache)
    try:
        with whole.open() as watch:
            for one in items.dicts():
                yield item_outcome(
                    shape,
                    watch.inside(shape.graph, watch.span.span_id),
                    one,
                    asked.max_iterations,
                    asked.on_missing,
                    asked.error_handling,
                )
    finally:
        dispatcher.shutdown()


def _on_workers(
    program: Program,
    shape: Shape,
    request: Request,
    items: Stream,
    asked: Asked,
    how: Scaling,
    run_id: str,
) -> Generator[RunResult, None, None]:
    from hypergraph.runtime.scale.maps import results_on

    span = RunSpan(shape.graph, None, items.count, True, run_id)
    job = job_of(program, shape, request, items, asked, span)
    given: Any = (how.executor, job, items.rows, items.count)
    if not asked.event_processors:
        return results_on(*given, **how.options)

    def told() -> Generator[RunResult, None, None]:
        dispatcher = EventDispatcher(asked.event_processors)
        try:
            with Watch(span, dispatcher).open() as watch:
                yield from results_on(*given, watch=watch, **how.options)
        finally:
            dispatcher.shutdown()

    return told()
