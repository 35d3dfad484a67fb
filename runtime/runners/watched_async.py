"""Runs and maps of ``AsyncRunner`` that tell events or have a cache (X130 to X138)."""

from __future__ import annotations

from collections.abc import Coroutine, Iterator, Mapping
from inspect import iscoroutinefunction
from typing import Any

from hypergraph.runtime.dispatch import EventDispatcher
from hypergraph.runtime.expand import Items
from hypergraph.runtime.overlap import run_items
from hypergraph.runtime.pauses import Pause
from hypergraph.runtime.results import RunResult
from hypergraph.runtime.runners.batch_async import ended, finished
from hypergraph.runtime.runners.bridge import Bridge
from hypergraph.runtime.runners.calls import refusals, warn_about
from hypergraph.runtime.runspan import RunSpan
from hypergraph.runtime.shapes import Shape
from hypergraph.runtime.watching_async import AsyncWatch


async def run_watched(
    shape: Shape,
    call: dict[str, Any],
    supplied: Mapping[str, Any],
    on_missing: str,
    error_handling: str,
    processors: Any,
    cache: Any,
) -> RunResult:
    """One run that got past its checks; processors are shut down however it ends."""
    dispatcher = EventDispatcher(processors)
    watch, bridge = AsyncWatch(RunSpan(shape.graph), dispatcher, cache), Bridge(dispatcher, cache)
    try:
        return await item_outcome(shape, watch, bridge, call, supplied, on_missing, error_handling)
    finally:
        bridge.close()
        await dispatcher.shutdown_async()


async def map_watched(
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
    watch = AsyncWatch(RunSpan(shape.graph, None, len(items.rows), True, run_id), dispatcher, cache)
    bridge = Bridge(dispatcher, cache)

    def item_calls(whole: AsyncWatch) -> Iterator[Coroutine[Any, Any, RunResult]]:
        for row in items.dicts():
            warn_about(shape)
            inner = whole.inside(shape.graph, whole.span.span_id)
            call = shape.keywords(row, max_iterations)
            yield item_outcome(shape, inner, bridge, call, row, on_missing, error_handling)

    async def every_item(whole: AsyncWatch) -> list[RunResult]:
        return await run_items(item_calls(whole), error_handling == "raise")

    try:
        results: list[RunResult] = await watch.whole(every_item)
        return results
    finally:
        bridge.close()
        await dispatcher.shutdown_async()


async def map_refused(
    name: str | None, size: int, error: Exception, error_handling: str, processors: Any
) -> list[RunResult]:
    """A map whose items the checks of their runs refuse: it begins, and no item does (X18, X19)."""
    dispatcher = EventDispatcher(processors)

    async def every_item(_: AsyncWatch) -> list[RunResult]:
        return refusals(size, error, error_handling)

    try:
        refuse = AsyncWatch(RunSpan(name, None, size), dispatcher, None).whole
        results: list[RunResult] = await refuse(every_item)
        return results
    finally:
        await dispatcher.shutdown_async()


async def item_outcome(
    shape: Shape,
    watch: AsyncWatch,
    bridge: Bridge,
    call: dict[str, Any],
    supplied: Mapping[str, Any],
    on_missing: str,
    error_handling: str,
) -> RunResult:
    """The result of one run, told by its watch; errors are raised if that is asked for."""

    async def work(watch: AsyncWatch) -> RunResult:
        if not shape.watched:
            made = shape.entry(**call)
        elif iscoroutinefunction(shape.entry):
            made = shape.entry(watch, **call)
        else:
            made = bridge.run(shape.entry, watch.span, call)
        cells = made if type(made) is tuple else await made
        return finished(shape, cells, supplied, on_missing)

    try:
        result: RunResult = await watch.whole(work)
    except (Exception, Pause) as ending:
        result = ended(shape, supplied, ending, error_handling)
    result.run_id = watch.span.run_id
    return result
