"""``map_iter`` of ``AsyncRunner``, and every map that it hands to an executor."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, Callable, Coroutine, Iterator, Mapping
from contextlib import aclosing
from typing import Any

from hypergraph.runtime.dispatch import EventDispatcher
from hypergraph.runtime.limits import Limit, limit_in_force, share
from hypergraph.runtime.overlap import finish
from hypergraph.runtime.program import Program
from hypergraph.runtime.results import RunResult, RunStatus, new_run_id
from hypergraph.runtime.runners.asynchronous import features_for
from hypergraph.runtime.runners.batch_async import outcome
from hypergraph.runtime.runners.bridge import Bridge
from hypergraph.runtime.runners.calls import check_mappable, program_of, told_name, warn_about
from hypergraph.runtime.runners.scaling import Asked, Scaling, job_of
from hypergraph.runtime.runners.watched_async import item_outcome
from hypergraph.runtime.runspan import RunSpan
from hypergraph.runtime.shapes import Request, Shape
from hypergraph.runtime.streams import Stream, keyed
from hypergraph.runtime.watching_async import AsyncWatch

AHEAD = 100  # items that are begun before their turn, where no limit says how many

Item = Callable[[dict[str, Any]], Coroutine[Any, Any, RunResult]]


def stream_results(
    graph: Any,
    items: Stream,
    supplied: Mapping[str, Any],
    asked: Asked,
    how: Scaling,
    cache: Any,
    max_concurrency: int | None,
) -> AsyncGenerator[RunResult, None]:
    """The results of a map as they are asked for, made here or by workers.

    Raises at once what the checks of a run raise, unless errors are to be results.
    """
    program = program_of(graph, "async")
    how.check(program, cache)
    check_mappable(program)
    run_id = new_run_id()
    if asked.item_key is not None:
        items = keyed(items, asked.item_key, run_id)
        supplied = {**supplied, asked.item_key: None}
    if items.count == 0:
        return _nothing()
    features = features_for(max_concurrency, asked.told_by(how), cache)
    request = asked.request(supplied, features, "continue")
    try:
        shape = program.shape_for(request)
    except Exception as error:
        if asked.error_handling == "raise" and not asked.event_processors:
            raise
        return _refused(told_name(graph), items, error, asked)
    span = RunSpan(shape.graph, None, items.count, True, run_id)
    if how.executor is not None:
        return _on_workers(program, shape, request, items, asked, how, span, max_concurrency)
    return _here(shape, items, asked, how, cache, span, max_concurrency)


async def _nothing() -> AsyncGenerator[RunResult, None]:
    nothing: tuple[RunResult, ...] = ()
    for result in nothing:
        yield result


async def _refused(
    name: str | None, items: Stream, error: Exception, asked: Asked
) -> AsyncGenerator[RunResult, None]:
    """A map whose items the checks of their runs refuse: it begins, and no item does (X18, X19)."""
    dispatcher = EventDispatcher(asked.event_processors)
    try:
        async with AsyncWatch(RunSpan(name, None, items.count, True), dispatcher).open():
            if asked.error_handling == "raise":
                raise error
            for _ in items.rows:
                yield RunResult({}, RunStatus.FAILED, error=error)
    finally:
        await dispatcher.shutdown_async()


async def _on_workers(
    program: Program,
    shape: Shape,
    request: Request,
    items: Stream,
    asked: Asked,
    how: Scaling,
    span: RunSpan,
    max_concurrency: int | None,
) -> AsyncGenerator[RunResult, None]:
    from hypergraph.runtime.scale.maps_async import results_on

    limit = limit_in_force()
    size = max_concurrency if limit is None else limit.size
    more = (size, shape.alone) if program.mode == "async" else ()
    job = job_of(program, shape, request, items, asked, span, more, awaited=True)
    dispatcher = EventDispatcher(asked.event_processors)
    given: Any = (how.executor, job, items.rows, items.count)
    try:
        async with AsyncWatch(span, dispatcher).open() as watch:
            told = watch if dispatcher.active else None
            async with aclosing(results_on(*given, watch=told, **how.options)) as results:
                async for result in results:
                    yield result
    finally:
        await dispatcher.shutdown_async()


async def _here(
    shape: Shape,
    items: Stream,
    asked: Asked,
    how: Scaling,
    cache: Any,
    span: RunSpan,
    max_concurrency: int | None,
) -> AsyncGenerator[RunResult, None]:
    """The items on this event loop, some of them ahead of what is asked for."""
    dispatcher = EventDispatcher(asked.event_processors)
    bridge = Bridge(dispatcher, cache)
    limit = limit_in_force()
    own = Limit(max_concurrency) if max_concurrency and limit is None else None
    size = limit.size if limit is not None else max_concurrency or AHEAD
    try:
        async with AsyncWatch(span, dispatcher, cache).open() as watch:
            watched = bool(asked.event_processors) or cache is not None
            made = _watched_item(shape, asked, watch, bridge) if watched else _item(shape, asked)
            calls = (_limited(made(row), own, shape.alone) for row in items.dicts())
            async with aclosing(_ahead(calls, size, how.ordered)) as results:
                async for result in results:
                    yield result
    finally:
        bridge.close()
        await dispatcher.shutdown_async()


def _item(shape: Shape, asked: Asked) -> Item:
    def made(row: dict[str, Any]) -> Coroutine[Any, Any, RunResult]:
        warn_about(shape)
        call = shape.keywords(row, asked.max_iterations)
        return outcome(shape, call, row, asked.on_missing, asked.error_handling)

    return made


def _watched_item(shape: Shape, asked: Asked, watch: AsyncWatch, bridge: Bridge) -> Item:
    def made(row: dict[str, Any]) -> Coroutine[Any, Any, RunResult]:
        warn_about(shape)
        call = shape.keywords(row, asked.max_iterations)
        inner = watch.inside(shape.graph, watch.span.span_id)
        return item_outcome(shape, inner, bridge, call, row, asked.on_missing, asked.error_handling)

    return made


async def _limited(
    call: Coroutine[Any, Any, RunResult], limit: Limit | None, alone: bool
) -> RunResult:
    if limit is not None:
        share(limit, alone)
    return await call


async def _ahead(
    calls: Iterator[Coroutine[Any, Any, RunResult]], size: int, ordered: bool
) -> AsyncGenerator[RunResult, None]:
    """What the calls give, ``size`` of them going on at once; none is left when this ends."""
    tasks: deque[asyncio.Future[RunResult]] = deque()
    try:
        while True:
            for call in calls:
                tasks.append(asyncio.ensure_future(call))
                if len(tasks) >= size:
                    break
            if not tasks:
                return
            if ordered:
                head = tasks[0]
                await asyncio.wait([head])
            else:
                done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
                head = next(one for one in tasks if one in done)
            tasks.remove(head)
            yield head.result()
    finally:
        await finish(list(tasks), cancel=True)
