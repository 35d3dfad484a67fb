"""Calls of one superstep that overlap (X54, X66, X73)."""

from __future__ import annotations

import asyncio
from types import CoroutineType

from hypergraph.runtime.items import columns, filled
from hypergraph.runtime.limits import limit_in_force
from hypergraph.runtime.pauses import Pause
from hypergraph.runtime.sentinels import ABSENT
from hypergraph.runtime.unpacking import unpack

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
    from typing import Any

    Call = Coroutine[Any, Any, Any] | Callable[[], Any] | None


MAX_UNLIMITED_ITEMS = 10_000


async def settled(result: Any) -> Any:
    """What a plain function gave; a coroutine object is awaited (K20).

    >>> import asyncio
    >>> asyncio.run(settled(3))
    3
    """
    return await result if type(result) is CoroutineType else result


async def together(*calls: Call) -> tuple[tuple[Any, ...], BaseException | None]:
    """Start all calls in order and let all finish; returns their values and the first error.

    A call is a coroutine, a function to be called without arguments, or ``None`` for a call that
    is not to happen. The value of a call that failed or did not happen is ``ABSENT``; of several
    errors the one of the earliest call counts. Cancelling cancels every call and waits for it.
    """
    active = [call for call in calls if call is not None]
    if len(active) == 1:
        return await _alone(calls, active[0])
    tasks = [None if call is None else asyncio.ensure_future(_started(call)) for call in calls]
    await finish([task for task in tasks if task is not None])
    values: list[Any] = []
    first: BaseException | None = None
    for task in tasks:
        error = None if task is None else raised_by(task)
        first = error if first is None else first
        values.append(ABSENT if task is None or error is not None else task.result())
    return tuple(values), first


async def _alone(
    calls: tuple[Call, ...], only: Call
) -> tuple[tuple[Any, ...], BaseException | None]:
    """A single call needs no task."""
    try:
        value, error = await _started(only), None
    except (Exception, Pause) as raised:
        value, error = ABSENT, raised
    return tuple([value if call is only else ABSENT for call in calls]), error


def _started(call: Any) -> Coroutine[Any, Any, Any]:
    return call if type(call) is CoroutineType else _called(call)


async def _called(call: Callable[[], Any]) -> Any:
    result = call()
    return await result if type(result) is CoroutineType else result


async def finish(tasks: list[asyncio.Future[Any]], cancel: bool = False) -> None:
    """Wait for all tasks, cancelling them if that is asked for or if the waiting is cancelled."""
    if not tasks:
        return
    try:
        if not cancel:
            await asyncio.wait(tasks)
            return
    except BaseException:
        await finish(tasks, cancel=True)
        raise
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


def raised_by(task: asyncio.Future[Any]) -> BaseException | None:
    """What a finished call raised; what is no ``Exception`` goes up at once (X75)."""
    if task.cancelled():
        raise asyncio.CancelledError
    error = task.exception()
    if error is not None and not isinstance(error, (Exception, Pause)):
        raise error
    return error


async def collected(items: AsyncIterator[Any]) -> list[Any]:
    """Everything an async generator yields (X66)."""
    return [item async for item in items]


async def unpacked(call: Callable[[], Any], count: int, node: str) -> Any:
    """The result of a call that gives several outputs (X65)."""
    return unpack(await _called(call), count, node)


async def mapped(calls: Iterator[Coroutine[Any, Any, Any]], outputs: int, on_error: str) -> Any:
    """The outputs of all items, a list per output, in item order (X97, X98).

    With a limit in force that many items are worked on at once, and none is begun after a failure
    unless errors are to be passed over; without one all start at once.
    """
    results = await run_items(calls, raises=on_error == "raise")
    nothing: Any = ABSENT if outputs == 1 else (ABSENT,) * outputs
    rows: list[Any] = [nothing if isinstance(one, Failure) else one for one in results]
    return filled(rows) if outputs == 1 else columns(rows, outputs)


class Failure:
    """An item that failed."""

    __slots__ = ("error",)

    def __init__(self, error: BaseException) -> None:
        self.error = error


async def run_items(calls: Iterator[Coroutine[Any, Any, Any]], raises: bool) -> list[Any]:
    """The results of all items in order, a ``Failure`` for each that raised.

    If it ``raises`` instead, it is the error of the first that failed, in item order; with a limit
    in force no item is begun after a failure then.
    """
    results = await _results_of(calls, raises)
    if raises:
        for result in results:
            if type(result) is Failure:
                raise result.error
    return results


async def _results_of(calls: Iterator[Coroutine[Any, Any, Any]], raises: bool) -> list[Any]:
    limit = limit_in_force()
    if limit is None:
        return await _all_at_once(calls)
    results: dict[int, Any] = {}
    numbered = enumerate(calls)
    stopped = False

    async def work() -> None:
        nonlocal stopped
        if stopped:
            return
        for place, call in numbered:
            try:
                results[place] = await call
            except (Exception, Pause) as error:
                results[place] = Failure(error)
                stopped = stopped or raises
            if stopped:
                return

    workers: list[asyncio.Future[None]] = [asyncio.ensure_future(work()) for _ in range(limit.size)]
    await finish(list(workers))
    for worker in workers:
        worker.result()
    return [results[place] for place in sorted(results)]


async def _all_at_once(calls: Iterator[Coroutine[Any, Any, Any]]) -> list[Any]:
    listed: list[Coroutine[Any, Any, Any]] = []
    try:
        listed.extend(calls)
        if len(listed) > MAX_UNLIMITED_ITEMS:
            raise too_many_items(len(listed))
    except BaseException:
        for call in listed:
            call.close()
        raise
    tasks = [asyncio.ensure_future(call) for call in listed]
    await finish(list(tasks))
    return [_result_of(task) for task in tasks]


def _result_of(task: asyncio.Future[Any]) -> Any:
    error = raised_by(task)
    return task.result() if error is None else Failure(error)


def too_many_items(count: int) -> ValueError:
    """The error of a map that would start too many tasks at once (X94)."""
    return ValueError(
        f"Too many map tasks: {count} items without a limit "
        f"(at most {MAX_UNLIMITED_ITEMS}). How to fix: pass max_concurrency."
    )
