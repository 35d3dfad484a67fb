"""An event loop whose order is drawn: of all that is ready to go on, a seed says what does."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from contextvars import Context
from random import Random
from typing import Any, TypeVar

T = TypeVar("T")


class PermutingLoop(asyncio.SelectorEventLoop):
    """Runs ready callbacks in an order that depends on nothing but the seed.

    Tasks that wait for nothing but each other begin, go on and finish in that order.
    """

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)
        self._waiting: list[asyncio.Handle] = []
        super().__init__()

    def call_soon(  # type: ignore[override]
        self, callback: Callable[..., object], *args: Any, context: Context | None = None
    ) -> asyncio.Handle:
        """Let the callback be one of those that may be run next."""
        handle = asyncio.Handle(callback, args, self, context)
        self._waiting.append(handle)
        super().call_soon(self._run_any)
        return handle

    def _run_any(self) -> None:
        handle = self._waiting.pop(self._random.randrange(len(self._waiting)))
        if not handle.cancelled():
            handle._run()


def run_permuted(main: Coroutine[Any, Any, T], seed: int) -> T:
    """Run to the end, every other seed in asyncio's debug mode, and see that no task is left.

    >>> async def tasks():
    ...     order = []
    ...     async def note(name): order.append(name)
    ...     await asyncio.gather(*map(note, "abcd"))
    ...     return "".join(order)
    >>> sorted({run_permuted(tasks(), seed) for seed in range(9)})[:3]
    ['abcd', 'adbc', 'bdac']
    """
    loop = PermutingLoop(seed)
    loop.set_debug(seed % 2 == 1)
    loop.slow_callback_duration = float("inf")
    complaints: list[dict[str, Any]] = []
    loop.set_exception_handler(lambda _, told: complaints.append(told))
    try:
        return loop.run_until_complete(main)
    finally:
        left = asyncio.all_tasks(loop)
        loop.run_until_complete(loop.shutdown_asyncgens())
        loop.close()
        assert not left and not complaints, (left, complaints)
