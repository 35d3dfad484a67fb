"""The items of a map on the event loop, and the outcome of each."""

from __future__ import annotations

from collections.abc import Coroutine, Iterable, Iterator, Mapping
from functools import partial
from typing import Any

from hypergraph.runtime.expand import Items
from hypergraph.runtime.outcomes import check_wanted, with_answers
from hypergraph.runtime.pauses import Pause
from hypergraph.runtime.results import RunResult, RunStatus, completed
from hypergraph.runtime.runners.calls import failed, partial_of, warn_about
from hypergraph.runtime.shapes import Shape


def repeats(shape: Shape, supplied: Iterable[str]) -> bool:
    """Whether an input has the name of an output, and may have to stand for it (X68)."""
    return not shape.layout.index.keys().isdisjoint(supplied)


async def outcome(
    shape: Shape,
    call: dict[str, Any],
    supplied: Mapping[str, Any],
    on_missing: str,
    error_handling: str,
) -> RunResult:
    """The result of one run, however it ends, or the error that ended it."""
    try:
        cells = shape.entry(**call)
        if type(cells) is not tuple:  # a sync program is not awaited
            cells = await cells
        return finished(shape, cells, supplied, on_missing)
    except (Exception, Pause) as ending:
        return ended(shape, supplied, ending, error_handling)


def finished(
    shape: Shape, cells: tuple[Any, ...], supplied: Mapping[str, Any], on_missing: str
) -> RunResult:
    """The result of a run that came to its end; a missing output may be an error (X69)."""
    result = completed(with_answers(cells, shape.layout.index, supplied), shape.layout)
    if on_missing != "ignore":
        check_wanted(shape.wanted, result, on_missing)
    return result


def ended(
    shape: Shape, supplied: Mapping[str, Any], ending: BaseException, error_handling: str
) -> RunResult:
    """The result of a run that paused or failed; errors are raised if that is asked for (X71)."""
    if isinstance(ending, Pause):
        values = partial_of(ending, shape, supplied)
        return RunResult(values, RunStatus.PAUSED, pause=ending.info)
    if error_handling == "raise" or not isinstance(ending, Exception):
        raise ending
    return failed(ending, shape, supplied)


def item_calls(
    shape: Shape, items: Items, max_iterations: int | None, on_missing: str, error_handling: str
) -> Iterator[Coroutine[Any, Any, RunResult]]:
    for row in items.dicts():
        warn_about(shape)
        call = shape.keywords(row, max_iterations)
        yield outcome(shape, call, row, on_missing, error_handling)


def is_straight(shape: Shape, items: Items) -> bool:
    """Whether the elements of an item are the first arguments that the entry takes."""
    first = shape.entry.__code__.co_varnames[: len(items.names)]
    given = (*items.names, *items.shared)
    return shape.direct and first == items.names and not repeats(shape, given)


def straight_calls(
    shape: Shape, items: Items, _: int | None, __: str, error_handling: str
) -> Iterator[Coroutine[Any, Any, RunResult]]:
    """The calls of items without options: no dict is made of an item's inputs."""
    entry, layout = shape.entry, shape.layout
    if items.shared:
        entry = partial(entry, **items.shared)

    async def item(row: tuple[Any, ...]) -> RunResult:
        try:
            return completed(await entry(*row), layout)
        except (Exception, Pause) as ending:
            return ended(shape, {}, ending, error_handling)

    return map(item, items.rows)
