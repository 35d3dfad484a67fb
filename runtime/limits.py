"""How many calls may execute at once (section 17)."""

from __future__ import annotations

import asyncio
from contextlib import contextmanager
from contextvars import ContextVar
from types import CoroutineType

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any


class Limit:
    """A limit in force: how many slots there are, and the slots themselves."""

    __slots__ = ("size", "slots")

    def __init__(self, size: int) -> None:
        self.size = size
        self.slots = asyncio.Semaphore(size)


_IN_FORCE: ContextVar[Limit | None] = ContextVar("hypergraph_limit", default=None)
_HOLDING: ContextVar[bool] = ContextVar("hypergraph_holding", default=False)


def check_limit(max_concurrency: Any) -> None:
    """Raise ``ValueError`` for a limit that would let nothing run (K15)."""
    if max_concurrency is not None and max_concurrency < 1:
        raise ValueError(
            f"max_concurrency must be at least 1, got {max_concurrency}. "
            "How to fix: leave it out, or pass None, for no limit."
        )


def limit_in_force() -> Limit | None:
    """The limit of the outermost call that set one (X78)."""
    return _IN_FORCE.get()


@contextmanager
def limited(max_concurrency: int | None, alone: bool = False) -> Iterator[None]:
    """Set a limit for everything inside, unless one is in force already.

    Where every run inside executes one call at a time, and no more of them go on than the limit
    allows, the calls need no slots of their own: they are ``alone``.
    """
    if max_concurrency is None or _IN_FORCE.get() is not None:
        yield
        return
    token = _IN_FORCE.set(Limit(max_concurrency))
    holding = _HOLDING.set(alone)
    try:
        yield
    finally:
        _HOLDING.reset(holding)
        _IN_FORCE.reset(token)


def share(limit: Limit, alone: bool) -> None:
    """Set a limit for the rest of a task; others have the same one."""
    _IN_FORCE.set(limit)
    _HOLDING.set(alone)


async def held(call: Callable[[], Any]) -> Any:
    """The result of a call that holds a slot while it executes (X77, X79).

    A call made under a slot, by a node that itself runs a graph, needs no second one (K35).
    """
    limit = _IN_FORCE.get()
    if limit is None or _HOLDING.get():
        result = call()
        return await result if type(result) is CoroutineType else result
    async with limit.slots:
        token = _HOLDING.set(True)
        try:
            result = call()
            return await result if type(result) is CoroutineType else result
        finally:
            _HOLDING.reset(token)
