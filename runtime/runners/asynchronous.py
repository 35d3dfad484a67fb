"""``AsyncRunner``: runs programs on the running event loop."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Coroutine, Mapping
from typing import Any

from hypergraph.runtime.checks import ERROR_HANDLING, check_word, merged
from hypergraph.runtime.expand import expand
from hypergraph.runtime.limits import _IN_FORCE, check_limit, limit_in_force, limited
from hypergraph.runtime.overlap import run_items
from hypergraph.runtime.pauses import Pause
from hypergraph.runtime.program import Program
from hypergraph.runtime.results import RunResult, completed, new_run_id
from hypergraph.runtime.runners.base import BaseRunner, ErrorHandling, RunnerCapabilities
from hypergraph.runtime.runners.batch_async import (
    ended,
    is_straight,
    item_calls,
    outcome,
    repeats,
    straight_calls,
)
from hypergraph.runtime.runners.calls import (
    RESERVED_FOR_MAP,
    RESERVED_FOR_RUN,
    check_cycles,
    check_mappable,
    program_of,
    refusals,
    told_name,
    warn_about,
)
from hypergraph.runtime.shapes import UNSET, Request, Shape
from hypergraph.runtime.streams import keyed_items, stream_of, streamed

DEFAULT_MAX_ITERATIONS = 1000
Start = Callable[[dict[str, Any]], Coroutine[Any, Any, RunResult]]


class AsyncRunner(BaseRunner):
    """Runs a graph, or a compiled program, on the running event loop.

    >>> import asyncio
    >>> from hypergraph import Graph, node
    >>> @node(output_name="y")
    ... async def double(x): return 2 * x
    >>> asyncio.run(AsyncRunner().run(Graph([double]), x=4))["y"]
    8
    """

    __slots__ = ("cache",)

    def __init__(self, cache: Any = None) -> None:
        self.cache = cache

    @property
    def capabilities(self) -> RunnerCapabilities:
        """Everything but streaming."""
        return RunnerCapabilities(
            supports_async_nodes=True, returns_coroutine=True, supports_interrupts=True
        )

    @property
    def default_max_iterations(self) -> int:
        """The bound on the rounds of a loop when none is given."""
        return DEFAULT_MAX_ITERATIONS

    @property
    def supported_node_types(self) -> set[type]:
        """The kinds of nodes this runner executes."""
        from hypergraph import FunctionNode, GraphNode, IfElseNode, InterruptNode, RouteNode

        return {FunctionNode, GraphNode, IfElseNode, InterruptNode, RouteNode}

    async def run(
        self,
        graph: Any,
        values: Mapping[str, Any] | None = None,
        *,
        select: Any = UNSET,
        on_missing: str = "ignore",
        on_internal_override: str = "warn",
        entrypoint: str | None = None,
        max_iterations: int | None = None,
        max_concurrency: int | None = None,
        error_handling: ErrorHandling = "raise",
        event_processors: list[Any] | None = None,
        **input_values: Any,
    ) -> RunResult:
        """Execute a graph once (section 3.2); as ``SyncRunner.run``, and it may pause."""
        program = graph if type(graph) is Program else program_of(graph, "async")
        supplied: Any = input_values if values is None else values
        plain = (
            select is UNSET
            and max_iterations is None
            and max_concurrency is None
            and error_handling == "raise"
            and not event_processors
            and entrypoint is None
            and on_missing == "ignore"
            and on_internal_override == "warn"
            and self.cache is None
            and limit_in_force() is None
            and type(self) is AsyncRunner
            and (values is None or not input_values)
        )
        if plain and (start := program.awaited.get(tuple(supplied))) is not None:
            started: RunResult = await start(supplied)
            return started
        check_limit(max_concurrency)
        if input_values or values is None:
            supplied = merged(values, input_values, RESERVED_FOR_RUN)
        if type(self) is not AsyncRunner:
            check_cycles(self.capabilities, graph)
        watched = bool(event_processors) or self.cache is not None
        shape = program.shapes.get(tuple(supplied)) if plain else None
        if shape is None:
            shape = program.shape_for(
                Request(
                    tuple(supplied),
                    select,
                    on_missing,
                    on_internal_override,
                    entrypoint,
                    error_handling,
                    features_for(max_concurrency, event_processors, self.cache),
                )
            )
            if plain:
                program.keep(tuple(supplied), shape, starter(program, shape, supplied))
        warn_about(shape)
        call = shape.keywords(supplied, max_iterations)
        if watched:
            from hypergraph.runtime.runners.watched_async import run_watched

            with limited(max_concurrency, shape.alone):
                return await run_watched(
                    shape, call, supplied, on_missing, error_handling, event_processors, self.cache
                )
        with limited(max_concurrency, shape.alone):
            return await outcome(shape, call, supplied, on_missing, error_handling)

    async def map(  # type: ignore[override]
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
        max_concurrency: int | None = None,
        error_handling: ErrorHandling = "raise",
        event_processors: list[Any] | None = None,
        executor: Any = None,
        chunk_size: int | None = None,
        max_in_flight: int | None = None,
        stall_timeout: float | None = None,
        item_key: str | None = None,
        **input_values: Any,
    ) -> list[RunResult]:
        """Execute a graph once per item, at most ``max_concurrency`` at a time (section 19).

        With an ``executor`` its workers do it, as for ``SyncRunner``; each chunk has an event loop
        of its own there, and ``max_concurrency`` holds in each.
        """
        check_limit(max_concurrency)
        supplied = merged(values, input_values, RESERVED_FOR_MAP)
        if type(self) is not AsyncRunner:
            check_cycles(self.capabilities, graph)
        program = graph if type(graph) is Program else program_of(graph, "async")
        watched = bool(event_processors) or self.cache is not None
        check_mappable(program)
        check_word("error_handling", error_handling, ERROR_HANDLING)
        items = expand(supplied, map_over, map_mode, clone)
        if any(one is not None for one in (executor, chunk_size, max_in_flight, stall_timeout)):
            from hypergraph.runtime.runners.scaling import Asked, Scaling
            from hypergraph.runtime.runners.streaming_async import stream_results

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
            stream = stream_of(items)
            results = stream_results(
                graph, stream, supplied, asked, how, self.cache, max_concurrency
            )
            return [result async for result in results]
        if not items.rows:
            return []
        run_id = None
        if item_key is not None:
            run_id = new_run_id()
            items = keyed_items(items, item_key, run_id)
            supplied = {**supplied, item_key: None}
        try:
            shape = program.shape_for(
                Request(
                    tuple(supplied),
                    select,
                    on_missing,
                    on_internal_override,
                    entrypoint,
                    "continue",
                    features_for(max_concurrency, event_processors, self.cache),
                )
            )
        except Exception as error:
            if event_processors:
                from hypergraph.runtime.runners.watched_async import map_refused

                name = told_name(graph)
                return await map_refused(
                    name, len(items.rows), error, error_handling, event_processors
                )
            return refusals(len(items.rows), error, error_handling)
        if watched:
            from hypergraph.runtime.runners.watched_async import map_watched

            with limited(max_concurrency, shape.alone):
                return await map_watched(
                    shape,
                    items,
                    max_iterations,
                    on_missing,
                    error_handling,
                    event_processors,
                    self.cache,
                    run_id,
                )
        plain = max_iterations is None and on_missing == "ignore" and program.mode == "async"
        calls = (straight_calls if plain and is_straight(shape, items) else item_calls)(
            shape, items, max_iterations, on_missing, error_handling
        )
        with limited(max_concurrency, shape.alone):
            return await run_items(calls, error_handling == "raise")

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
        max_concurrency: int | None = None,
        error_handling: ErrorHandling = "raise",
        event_processors: list[Any] | None = None,
        executor: Any = None,
        chunk_size: int | None = None,
        max_in_flight: int | None = None,
        stall_timeout: float | None = None,
        item_key: str | None = None,
        ordered: bool = True,
        **input_values: Any,
    ) -> AsyncGenerator[RunResult, None]:
        """As ``map``, but results come as they are asked for, and inputs are taken as needed.

        The mapped inputs may be any iterables, endless ones too. Without an ``executor``
        ``max_concurrency`` items are begun ahead of those that are asked for, a hundred by default;
        with one, workers are ahead by ``max_in_flight`` chunks. Unless ``ordered``, results come as
        soon as they are there.
        """
        from hypergraph.runtime.runners.scaling import Asked, Scaling
        from hypergraph.runtime.runners.streaming_async import stream_results

        check_limit(max_concurrency)
        supplied = merged(values, input_values, RESERVED_FOR_MAP)
        if type(self) is not AsyncRunner:
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
        return stream_results(graph, items, supplied, asked, how, self.cache, max_concurrency)

    # The same under the names that say it is to be awaited (X8).
    arun = run
    amap = map
    amap_iter = map_iter


def features_for(max_concurrency: int | None, processors: Any, cache: Any) -> frozenset[str]:
    """What the program must be compiled with: to keep the limit in force, to be watched."""
    wanted = {
        "limit": limit_in_force() is not None,
        "own limit": max_concurrency is not None and limit_in_force() is None,
        "events": bool(processors),
        "cache": cache is not None,
    }
    return frozenset(name for name, needed in wanted.items() if needed)


def starter(program: Program, shape: Shape, supplied: Mapping[str, Any]) -> Start | None:
    """What makes the coroutine of a run that needs nothing but a call of the entry."""
    if repeats(shape, supplied) or program.mode != "async":
        return None
    entry, layout = shape.entry, shape.layout

    async def straight(supplied: dict[str, Any]) -> RunResult:
        if _IN_FORCE.get() is not None:
            return await AsyncRunner().run(program, supplied)
        try:
            return completed(await entry(**supplied), layout)
        except Pause as ending:
            return ended(shape, supplied, ending, "raise")

    return straight
