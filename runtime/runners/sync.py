"""``SyncRunner``: runs programs on the calling thread."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from typing import Any

from hypergraph.runtime.checks import ERROR_HANDLING, check_word, merged
from hypergraph.runtime.expand import expand
from hypergraph.runtime.program import Program
from hypergraph.runtime.results import RunResult, completed, new_run_id
from hypergraph.runtime.runners.base import BaseRunner, ErrorHandling, RunnerCapabilities
from hypergraph.runtime.runners.batch import finished, finished_or_refused, run_items
from hypergraph.runtime.runners.calls import (
    RESERVED_FOR_MAP,
    RESERVED_FOR_RUN,
    check_cycles,
    failed,
    known_shape,
    program_of,
    refusals,
    told_name,
    warn_about,
)
from hypergraph.runtime.shapes import UNSET, Request
from hypergraph.runtime.streams import keyed_items, stream_of, streamed

DEFAULT_MAX_ITERATIONS = 1000


class SyncRunner(BaseRunner):
    """Runs a graph, or a compiled program, on the calling thread.

    >>> from hypergraph import Graph, node
    >>> @node(output_name="y")
    ... def double(x): return 2 * x
    >>> SyncRunner().run(Graph([double]), x=4)["y"]
    8
    """

    __slots__ = ("cache",)

    def __init__(self, cache: Any = None) -> None:
        self.cache = cache

    @property
    def capabilities(self) -> RunnerCapabilities:
        """Cycles, and nothing that needs an event loop."""
        return RunnerCapabilities()

    @property
    def default_max_iterations(self) -> int:
        """The bound on the rounds of a loop when none is given."""
        return DEFAULT_MAX_ITERATIONS

    @property
    def supported_node_types(self) -> set[type]:
        """The kinds of nodes this runner executes."""
        from hypergraph import FunctionNode, GraphNode, IfElseNode, RouteNode

        return {FunctionNode, GraphNode, IfElseNode, RouteNode}

    def run(
        self,
        graph: Any,
        values: Mapping[str, Any] | None = None,
        *,
        select: Any = UNSET,
        on_missing: str = "ignore",
        on_internal_override: str = "warn",
        entrypoint: str | None = None,
        max_iterations: int | None = None,
        error_handling: ErrorHandling = "raise",
        event_processors: list[Any] | None = None,
        **input_values: Any,
    ) -> RunResult:
        """Execute a graph once (section 3.2).

        Raises whatever a node raised, unless ``error_handling`` is ``"continue"``, and what the
        checks of section 6 find wrong with the call.

        >>> from hypergraph import Graph, node
        >>> @node(output_name="half")
        ... def halve(x): return x / 2
        >>> SyncRunner().run(Graph([halve]), {"x": 3}, select="half")["half"]
        1.5
        """
        plain = (
            select is UNSET
            and on_missing == "ignore"
            and on_internal_override == "warn"
            and entrypoint is None
            and error_handling == "raise"
        )
        watched = event_processors or self.cache is not None
        supplied: Any = input_values if values is None else values
        if plain and not watched and max_iterations is None and type(self) is SyncRunner:
            shape = known_shape(graph, tuple(supplied))
            if shape is not None and (values is None or not input_values):
                return completed(shape.entry(**supplied), shape.layout)
        if input_values or values is None:
            supplied = merged(values, input_values, RESERVED_FOR_RUN)
        if type(self) is not SyncRunner:
            check_cycles(self.capabilities, graph)
        program = program_of(graph, "sync")
        if watched:
            from hypergraph.runtime.runners.watched import features_of, run_watched

            features = features_of(event_processors, self.cache)
            watched_names = (features, *supplied)
            known = program.shapes.get(watched_names) if plain else None
            shape = known or program.shape_for(
                Request(
                    tuple(supplied),
                    select,
                    on_missing,
                    on_internal_override,
                    entrypoint,
                    error_handling,
                    features,
                )
            )
            if plain:
                program.shapes[watched_names] = shape
            return run_watched(
                shape,
                supplied,
                max_iterations,
                on_missing,
                error_handling,
                event_processors,
                self.cache,
            )
        names = tuple(supplied)
        if plain and names in program.shapes:
            shape = program.shapes[names]
        else:
            shape = program.shape_for(
                Request(
                    tuple(supplied),
                    select,
                    on_missing,
                    on_internal_override,
                    entrypoint,
                    error_handling,
                )
            )
            if plain:
                program.keep(names, shape)
        warn_about(shape)
        call = shape.keywords(supplied, max_iterations)
        if error_handling == "raise":
            return finished(shape, shape.entry(**call), on_missing)
        try:
            cells = shape.entry(**call)
        except Exception as error:
            return failed(error, shape)
        return finished_or_refused(shape, cells, on_missing)

    def map(  # type: ignore[override]
        self,
        graph: Any,
        values: Mapping[str, Any] | None = None,
        *,
        map_over: str | list[str],
        map_mode: str = "zip",
        clone: bool | list[str] = False,
        select: Any = UNSET,
        on_missing: str = "ignore",
        on_internal_override: str = "warn",
        entrypoint: str | None = None,
        max_iterations: int | None = None,
        error_handling: ErrorHandling = "raise",
        event_processors: list[Any] | None = None,
        executor: Any = None,
        chunk_size: int | None = None,
        max_in_flight: int | None = None,
        stall_timeout: float | None = None,
        item_key: str | None = None,
        **input_values: Any,
    ) -> list[RunResult]:
        """Execute a graph once per item, in order (section 19).

        With an ``executor`` its workers do it: anything with ``submit(fn, *args)``, or a function
        without arguments that makes one. ``chunk_size`` items travel together, as many as take half
        a second by default, and at most ``max_in_flight`` chunks at a time; the map is given up if
        nothing comes back for ``stall_timeout`` seconds. The input ``item_key`` of every item is
        ``(run_id, place)``, the same if it has to be tried again.

        Raises the error of the first item that fails, unless ``error_handling`` is
        ``"continue"``; then failed items are results with status ``failed``. Raises
        ``ExecutorError`` if the workers cannot go on.

        >>> from hypergraph import Graph, node
        >>> @node(output_name="y")
        ... def double(x): return 2 * x
        >>> [result["y"] for result in SyncRunner().map(Graph([double]), x=[1, 2], map_over="x")]
        [2, 4]
        """
        supplied = merged(values, input_values, RESERVED_FOR_MAP)
        if type(self) is not SyncRunner:
            check_cycles(self.capabilities, graph)
        plain = type(graph) is Program and graph.mode == "sync"
        program: Program = graph if plain else program_of(graph, "sync")
        check_word("error_handling", error_handling, ERROR_HANDLING)
        items = expand(supplied, map_over, map_mode, clone)
        if any(one is not None for one in (executor, chunk_size, max_in_flight, stall_timeout)):
            from hypergraph.runtime.runners.scaling import Asked, Scaling
            from hypergraph.runtime.runners.streaming import stream_results

            asked = Asked(
                select,
                on_missing,
                on_internal_override,
                entrypoint,
                max_iterations,
                error_handling,
                event_processors,
                item_key,
            )
            how = Scaling(executor, chunk_size, max_in_flight, stall_timeout)
            return list(stream_results(graph, stream_of(items), supplied, asked, how, self.cache))
        if not items.rows:
            return []
        run_id = None
        if item_key is not None:
            run_id = new_run_id()
            items = keyed_items(items, item_key, run_id)
            supplied = {**supplied, item_key: None}
        watched = bool(event_processors) or self.cache is not None
        features: frozenset[str] = frozenset()
        if watched:
            from hypergraph.runtime.runners.watched import features_of, map_watched

            features = features_of(event_processors, self.cache)
        try:
            shape = program.shape_for(
                Request(
                    tuple(supplied),
                    select,
                    on_missing,
                    on_internal_override,
                    entrypoint,
                    features=features,
                )
            )
        except Exception as error:
            if event_processors:
                from hypergraph.runtime.runners.watched import map_refused

                name = told_name(graph)
                return map_refused(name, len(items.rows), error, error_handling, event_processors)
            return refusals(len(items.rows), error, error_handling)
        if watched:
            return map_watched(
                shape,
                items,
                max_iterations,
                on_missing,
                error_handling,
                event_processors,
                self.cache,
                run_id,
            )
        return run_items(shape, items, max_iterations, on_missing, error_handling)

    def map_iter(
        self,
        graph: Any,
        values: Mapping[str, Any] | None = None,
        *,
        map_over: str | list[str],
        map_mode: str = "zip",
        clone: bool | list[str] = False,
        select: Any = UNSET,
        on_missing: str = "ignore",
        on_internal_override: str = "warn",
        entrypoint: str | None = None,
        max_iterations: int | None = None,
        error_handling: ErrorHandling = "raise",
        event_processors: list[Any] | None = None,
        executor: Any = None,
        chunk_size: int | None = None,
        max_in_flight: int | None = None,
        stall_timeout: float | None = None,
        item_key: str | None = None,
        ordered: bool = True,
        **input_values: Any,
    ) -> Generator[RunResult, None, None]:
        """As ``map``, but results come as they are asked for, and inputs are taken as needed.

        The mapped inputs may be any iterables, endless ones too. Without an ``executor`` an item is
        executed when its result is asked for; with one, workers are ahead by ``max_in_flight``
        chunks, and unless ``ordered`` results come as soon as they are there.

        >>> from itertools import count
        >>> from hypergraph import Graph, node
        >>> @node(output_name="y")
        ... def double(x): return 2 * x
        >>> results = SyncRunner().map_iter(Graph([double]), x=count(), map_over="x")
        >>> [next(results)["y"] for _ in range(3)]
        [0, 2, 4]
        """
        from hypergraph.runtime.runners.scaling import Asked, Scaling
        from hypergraph.runtime.runners.streaming import stream_results

        supplied = merged(values, input_values, RESERVED_FOR_MAP)
        if type(self) is not SyncRunner:
            check_cycles(self.capabilities, graph)
        asked = Asked(
            select,
            on_missing,
            on_internal_override,
            entrypoint,
            max_iterations,
            error_handling,
            event_processors,
            item_key,
        )
        how = Scaling(executor, chunk_size, max_in_flight, stall_timeout, ordered)
        items = streamed(supplied, map_over, map_mode, clone)
        return stream_results(graph, items, supplied, asked, how, self.cache)


PLAIN = SyncRunner()
