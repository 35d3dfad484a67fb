"""Calls of one superstep that overlap (X54, X66, X73)."""

from __future__ import annotations

import asyncio
from types import CoroutineType

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine
    from typing import Any

    Call = Coroutine[Any, Any, Any] | Callable[[], Any] | None

from hypergraph.runtime.sentinels import ABSENT


async def settled(result: Any) -> Any:
    """What a plain function gave; a coroutine object is awaited (K20).

    >>> import asyncio
    >>> asyncio.run(settled(3))
    3
    """
    return await result if type(result) is CoroutineType else result


async def together(*calls: Call) -> tuple[tuple[Any, ...], BaseException | None]:
    """Start all calls in order, let all of them finish, and return their values and the first error.

    A call is a coroutine, a function to be called without arguments, or ``None`` for a call that
    is not to happen. The value of a call that failed or did not happen is ``ABSENT``; of several
    errors the one of the earliest call counts. Cancelling cancels every call and waits for it.
    """
    tasks = [None if call is None else asyncio.ensure_future(_started(call)) for call in calls]
    await _all_done([task for task in tasks if task is not None])
    values: list[Any] = []
    first: BaseException | None = None
    for task in tasks:
        error = None if task is None else _error_of(task)
        first = first or error
        values.append(ABSENT if task is None or error is not None else task.result())
    return tuple(values), first


def _started(call: Any) -> Coroutine[Any, Any, Any]:
    return call if type(call) is CoroutineType else _called(call)


async def _called(call: Callable[[], Any]) -> Any:
    result = call()
    return await result if type(result) is CoroutineType else result


async def _all_done(tasks: list[asyncio.Future[Any]]) -> None:
    if not tasks:
        return
    try:
        await asyncio.wait(tasks)
    except BaseException:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        raise


def _error_of(task: asyncio.Future[Any]) -> BaseException | None:
    if task.cancelled():
        return asyncio.CancelledError()
    return task.exception()
