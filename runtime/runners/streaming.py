"""``map_iter`` of ``SyncRunner``, and every map that it hands to an executor."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from hypergraph.runtime.checks import ERROR_HANDLING, check_word
from hypergraph.runtime.dispatch import EventDispatcher
from hypergraph.runtime.errors import GraphConfigError, IncompatibleRunnerError
from hypergraph.runtime.program import Program
from hypergraph.runtime.results import RunResult, RunStatus, new_run_id
from hypergraph.runtime.runners.batch import attempted, finished, item_call
from hypergraph.runtime.runners.calls import program_of, request_of
from hypergraph.runtime.runners.watched import features_of, item_outcome
from hypergraph.runtime.runspan import RunSpan
from hypergraph.runtime.shapes import Request, Shape
from hypergraph.runtime.streams import Stream, keyed
from hypergraph.runtime.watching import Watch


class Scaling:
    """What a map was told about workers: the ``executor``, if any, and how to use it.

    Raises ``ValueError`` for options that cannot be meant.
    """

    __slots__ = ("executor", "chunk_size", "max_in_flight", "stall_timeout", "ordered")

    def __init__(
        self,
        executor: Any = None,
        chunk_size: int | None = None,
        max_in_flight: int | None = None,
        stall_timeout: float | None = None,
        ordered: bool = True,
    ) -> None:
        named = {
            "chunk_size": chunk_size,
            "max_in_flight": max_in_flight,
            "stall_timeout": stall_timeout,
        }
        for name, value in named.items():
            if value is None:
                continue
            if executor is None:
                raise ValueError(f"{name} is for maps on an executor.\nHow to fix: pass executor.")
            if value <= 0:
                raise ValueError(f"{name} must be positive, got {value}.")
        self.executor = executor
        self.chunk_size = chunk_size
        self.max_in_flight = max_in_flight
        self.stall_timeout = stall_timeout
        self.ordered = ordered

    def check(self, program: Program, cache: Any) -> None:
        """Refuse what workers have no way with: interrupts at any depth, and a cache over here."""
        if self.executor is None:
            return
        if program.interface.answers:
            raise IncompatibleRunnerError(
                f"'{program.name}' has InterruptNodes, which ask for "
                f"{list(program.interface.answers)}; workers have nobody to ask.\n"
                "How to fix: map without an executor, or bind the answers.",
                capability="supports_interrupts",
            )
        if cache is not None:
            raise GraphConfigError(
                "A runner with a cache cannot map on an executor: workers do not reach the cache.\n"
                "How to fix: use a runner without a cache."
            )


class Asked:
    """The options of one map, as they were given."""

    __slots__ = (
        "select",
        "on_missing",
        "on_internal_override",
        "entrypoint",
        "max_iterations",
        "error_handling",
        "event_processors",
        "item_key",
    )

    def __init__(
        self,
        select: Any,
        on_missing: str,
        on_internal_override: str,
        entrypoint: str | None,
        max_iterations: int | None,
        error_handling: str,
        event_processors: list[Any] | None,
        item_key: str | None,
    ) -> None:
        check_word("error_handling", error_handling, ERROR_HANDLING)
        self.select = select
        self.on_missing = on_missing
        self.on_internal_override = on_internal_override
        self.entrypoint = entrypoint
        self.max_iterations = max_iterations
        self.error_handling = error_handling
        self.event_processors = event_processors
        self.item_key = item_key

    def request(self, names: Mapping[str, Any], features: frozenset[str], policy: str) -> Request:
        """What the calls of the items ask for; ``policy`` is what their checks do about errors."""
        return request_of(
            names,
            self.select,
            self.on_missing,
            self.on_internal_override,
            self.entrypoint,
            policy,
            features,
        )


def stream_results(
    graph: Any, items: Stream, supplied: Mapping[str, Any], asked: Asked, how: Scaling, cache: Any
) -> Iterator[RunResult]:
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
        return iter(())
    request = asked.request(supplied, features_of(asked.event_processors, cache), "raise")
    try:
        shape = program.shape_for(request)
    except Exception as error:
        if asked.error_handling == "raise":
            raise
        return _refused(items, error)
    if how.executor is not None:
        return _on_workers(program, shape, request, items, asked, how, run_id)
    if shape.watched or asked.event_processors or cache is not None:
        return _watched(shape, items, asked, cache, run_id)
    return _here(shape, items, asked)


def _refused(items: Stream, error: Exception) -> Iterator[RunResult]:
    return (RunResult({}, RunStatus.FAILED, error=error) for _ in items.rows)


def _here(shape: Shape, items: Stream, asked: Asked) -> Iterator[RunResult]:
    call = item_call(shape, items, asked.max_iterations)
    for row in items.rows:
        if asked.error_handling == "continue":
            yield attempted(shape, call, row, asked.on_missing)
        else:
            yield finished(shape, call(row), asked.on_missing)


def _watched(
    shape: Shape, items: Stream, asked: Asked, cache: Any, run_id: str
) -> Iterator[RunResult]:
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
) -> Iterator[RunResult]:
    from hypergraph.runtime.scale.job import Job
    from hypergraph.runtime.scale.maps import results_on

    job = Job(
        shape,
        program.shipment_for(request),
        items.names,
        items.shared,
        run_id,
        on_missing=asked.on_missing,
        error_handling=asked.error_handling,
        max_iterations=asked.max_iterations,
    )
    return results_on(
        how.executor,
        job,
        items.rows,
        items.count,
        stall_timeout=how.stall_timeout,
        chunk_size=how.chunk_size,
        max_in_flight=how.max_in_flight,
        ordered=how.ordered,
    )
