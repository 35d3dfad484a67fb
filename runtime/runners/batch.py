"""The items of a synchronous ``map``: all that can be settled before the first of them is."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import starmap
from typing import TYPE_CHECKING, Any

from hypergraph.runtime.expand import Items
from hypergraph.runtime.outcomes import check_wanted
from hypergraph.runtime.results import RunResult, RunStatus, all_completed, completed
from hypergraph.runtime.runners.calls import failed, warn_about
from hypergraph.runtime.shapes import Shape

if TYPE_CHECKING:
    from hypergraph.runtime.streams import Stream

Row = tuple[Any, ...]


def run_items(
    shape: Shape,
    items: Items,
    max_iterations: int | None,
    on_missing: str,
    error_handling: str,
) -> list[RunResult]:
    """Run the items in order; a failure is raised, or becomes that item's result (X89, X92)."""
    if error_handling == "raise" and on_missing == "ignore":
        results = all_completed(outcomes(shape, items, max_iterations), shape.layout)
        if len(results) < len(items.rows):  # what ends an iteration has ended this one
            raise StopIteration
        return results
    call = item_call(shape, items, max_iterations)
    if error_handling == "continue":
        return [attempted(shape, call, row, on_missing) for row in items.rows]
    return [finished(shape, call(row), on_missing) for row in items.rows]


def outcomes(shape: Shape, items: Items, max_iterations: int | None) -> Iterable[Row]:
    """What the entry returns for each item, called as it is asked for."""
    if takes_rows(shape, items, max_iterations):
        return starmap(shape.entry, items.rows)
    return map(item_call(shape, items, max_iterations), items.rows)


def takes_rows(shape: Shape, items: Items, max_iterations: int | None) -> bool:
    """Whether the mapped inputs are all there is to pass, and in the order of the parameters."""
    code = shape.entry.__code__
    names = code.co_varnames[: code.co_argcount][: len(items.names)]
    return shape.direct and max_iterations is None and names == items.names and not items.shared


def item_call(
    shape: Shape, items: Items | Stream, max_iterations: int | None
) -> Callable[[Row], Any]:
    """The call of one item, given its row.

    Where the mapped inputs are the entry's first parameters, they are passed by position.
    """
    entry, names, shared = shape.entry, items.names, items.shared
    if not shape.direct or max_iterations is not None:
        return _general_call(shape, items, max_iterations)
    code = entry.__code__
    taken = code.co_varnames[: code.co_argcount][: len(names) + len(shared)]
    if taken[: len(names)] == names and shared.keys() == set(taken[len(names) :]):
        rest = tuple(shared[name] for name in taken[len(names) :])
        return lambda row: entry(*row, *rest)
    return lambda row: entry(**dict(zip(names, row, strict=True)), **shared)


def _general_call(
    shape: Shape, items: Items | Stream, max_iterations: int | None
) -> Callable[[Row], Any]:
    def call(row: Row) -> Any:
        warn_about(shape)
        supplied = {**items.shared, **dict(zip(items.names, row, strict=True))}
        return shape.entry(**shape.keywords(supplied, max_iterations))

    return call


def attempted(shape: Shape, call: Callable[[Row], Any], row: Row, on_missing: str) -> RunResult:
    """The result of one item; an error is one too."""
    try:
        cells = call(row)
    except Exception as error:
        return failed(error, shape)
    return finished_or_refused(shape, cells, on_missing)


def refused(error: Exception) -> RunResult:
    """The result of an item that its checks, or those of its outputs, turned down."""
    return RunResult({}, RunStatus.FAILED, error=error)


def finished(shape: Shape, cells: tuple[Any, ...], on_missing: str) -> RunResult:
    """The result of a completed run, once the outputs that were asked for are there (X69)."""
    result = completed(cells, shape.layout)
    if on_missing != "ignore":
        check_wanted(shape.wanted, result, on_missing)
    return result


def finished_or_refused(shape: Shape, cells: tuple[Any, ...], on_missing: str) -> RunResult:
    """The same where an error is a result."""
    try:
        return finished(shape, cells, on_missing)
    except ValueError as error:
        return refused(error)
