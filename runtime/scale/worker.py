"""What runs on a worker: a chunk of items, given and answered as bytes.

This module is taken into the text that travels. Whatever happens inside becomes data: an exception
that crossed an engine might break the engine.
"""

from __future__ import annotations

from itertools import repeat, starmap
from time import perf_counter

from hypergraph.runtime.outcomes import partial_values
from hypergraph.runtime.scale.wire import packed_into, packed_safely, unhindered, unpacked_from

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from typing import Any

    from hypergraph.runtime.scale.wire import Known

    Row = tuple[Any, ...]
    Told = tuple[Any, ...]
    Done = tuple[list[Row], list[Told], tuple[int, ...] | None, Sequence[Any]]
    """What items gave, how others failed, which outputs are wanted, and what is to be told."""


class Worker:
    """The program on this worker: its entry, and what its outputs and the classes go by."""

    def __init__(self, entry: Callable[..., Any], variables: dict[str, str], known: Known) -> None:
        self.entry = entry
        self.variables = variables
        self.known = known


def chunks_of(
    entry: Callable[..., Any], variables: dict[str, str], known: Known
) -> Callable[[bytes], bytes]:
    """What a worker calls with a chunk of items, for a program that needs no event loop.

    >>> def double(x):
    ...     y = 2 * x
    ...     return (y,)
    >>> head = packed_into((("x",), {}, None, ("y",), True))
    >>> reply = chunks_of(double, {}, {})(packed_into((head, 2, [[1, 2]])))
    >>> unpacked_from(unpacked_from(reply, {})[1], {})
    [(2,), (4,)]
    """
    worker = Worker(entry, variables, known)

    def work(head: Any, rows: list[Row]) -> Done:
        columns, shared, cells, names, raises = head
        calls = row_calls(entry, columns, shared, rows)
        return (*outcomes(worker, calls, len(rows), names, raises), cells, ())

    return answering(worker, work)


def answering(worker: Worker, work: Callable[[Any, list[Row]], Done]) -> Callable[[bytes], bytes]:
    """What takes a chunk, does the ``work`` and answers; what cannot be read is data as well."""

    def chunk(blob: bytes) -> bytes:
        began = perf_counter()
        try:
            head, rows = taken(blob, worker.known)
        except Exception as error:
            return packed_into((0.0, None, [failure(worker, 0, error, ())], ()))
        return answer(began, *work(head, rows))

    return chunk


def taken(blob: bytes, known: Known) -> tuple[Any, list[Row]]:
    """How all items are to be called, and the items of this chunk, which come as columns."""
    head, size, columns = unpacked_from(blob, known)
    rows = zip(*columns, strict=True) if columns else repeat((), size)
    return unpacked_from(head, known), list(rows)


def row_call(
    entry: Callable[..., Any], columns: tuple[str, ...], shared: dict[str, Any]
) -> Callable[[Row], Row]:
    """The call of one item; its values go by position where they are the first parameters."""
    rest = after(entry, columns, shared)
    if rest is not None:
        return lambda row: entry(*row, *rest)
    return lambda row: entry(**dict(zip(columns, row, strict=True)), **shared)


def row_calls(
    entry: Callable[..., Any], columns: tuple[str, ...], shared: dict[str, Any], rows: Iterable[Row]
) -> Iterator[Row]:
    """The same of all items, each called when it is asked for."""
    if after(entry, columns, shared) == ():
        return starmap(entry, rows)
    return map(row_call(entry, columns, shared), rows)


def after(
    entry: Callable[..., Any], columns: tuple[str, ...], shared: dict[str, Any]
) -> tuple[Any, ...] | None:
    """What goes by position after the values of an item; ``None`` if some go by name."""
    code = entry.__code__
    parameters = code.co_varnames[: code.co_argcount][: len(columns) + len(shared)]
    rest = parameters[len(columns) :]
    if parameters[: len(columns)] != columns or shared.keys() != set(rest):
        return None
    return tuple([shared[name] for name in rest])


def outcomes(
    worker: Worker, calls: Iterator[Row], size: int, names: tuple[str, ...], raises: bool
) -> tuple[list[Row], list[Told]]:
    """What items gave, and how the others failed, by place; one that ``raises`` is the last."""
    given: list[Row] = []
    failed: list[Told] = []
    while True:
        try:
            for cells in calls:
                given.append(cells)
            if len(given) + len(failed) < size:  # what ends an iteration has ended this one
                raise StopIteration
            break
        except BaseException as error:
            failed.append(failure(worker, len(given) + len(failed), error, names))
            if raises or not isinstance(error, Exception):
                break
    return given, failed


def failure(worker: Worker, place: int, error: BaseException, names: tuple[str, ...]) -> Told:
    """An item that failed, as data: the exception if it can travel, and what there is to say."""
    trace = error.__traceback__
    while trace is not None and trace.tb_frame.f_code is not worker.entry.__code__:
        trace = trace.tb_next
    values = partial_values(error, worker, names) if isinstance(error, Exception) else {}
    kept = {name: data for name in values if (data := portable(values[name])) is not None}
    kind = "failed" if isinstance(error, Exception) else "ended"
    about = (
        f"{type(error).__module__}.{type(error).__qualname__}",
        _message(error),
        _shown(error, trace),
    )
    return (place, kind, *about, frames_of(worker, trace), portable(error), kept)


def _message(error: BaseException) -> str:
    try:
        return str(error)
    except Exception:
        return "(its message cannot be shown)"


def _shown(error: BaseException, trace: Any) -> str:
    from traceback import format_exception

    trail = trace or error.__traceback__
    try:
        return "".join(unhindered(lambda: format_exception(type(error), error, trail)))
    except Exception:
        return f"(its traceback cannot be shown)\n{type(error).__name__}\n"


def frames_of(worker: Worker, trace: Any) -> list[tuple[str, int]]:
    """The functions and lines of the program's text that an exception went through."""
    frames = []
    while trace is not None:
        code = trace.tb_frame.f_code
        if code.co_filename == worker.entry.__code__.co_filename:
            frames.append((code.co_name, trace.tb_lineno))
        trace = trace.tb_next
    return frames


def portable(value: Any) -> bytes | None:
    """The value as bytes, if it comes out of them again as well.

    >>> portable(lambda: 0) is None
    True
    """
    try:
        return packed_safely(value)
    except Exception:
        return None


def answer(
    began: float,
    given: list[Row],
    failed: list[Told],
    cells: tuple[int, ...] | None,
    events: Sequence[Any],
) -> bytes:
    """The reply: seconds spent, what was given, who failed and what is to be told.

    ``given`` is that of all items before the last that has not failed, in order. ``cells`` are the
    outputs that are wanted, all by default.
    """
    if cells is not None:
        given = [tuple([row[cell] for cell in cells]) for row in given]
    data = portable(given)
    if data is None:
        given, refused = _sorted_out(given, {place for place, *_ in failed})
        failed = failed + refused
        data = packed_into(given)
    told = events if not events or portable(events) is not None else ()
    return packed_into((perf_counter() - began, data, sorted(failed), told))


def _sorted_out(given: list[Row], failed: set[int]) -> tuple[list[Row], list[Told]]:
    """What can travel, and the items that gave what cannot; the others have failed before."""
    places = [place for place in range(len(given) + len(failed)) if place not in failed]
    kept, refused = [], []
    for place, row in zip(places, given, strict=False):
        if portable(row) is None:
            refused.append(_unpicklable(place, row))
        else:
            kept.append(row)
    return kept, refused


def _unpicklable(place: int, row: Row) -> Told:
    """An item with an output that cannot travel: which one, and why."""
    for cell, value in enumerate(row):
        try:
            packed_safely(value)
        except Exception as error:
            kind, reason = type(value).__qualname__, f"{type(error).__name__}: {error}"
            return (place, "output", kind, reason, str(cell), [], None, {})
    return (place, "output", "tuple", "its outputs cannot be pickled together", "", [], None, {})
