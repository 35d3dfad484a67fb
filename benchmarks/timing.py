"""Timing contenders against each other: in turns, in one process, so they meet the same noise."""

from __future__ import annotations

import asyncio
import gc
import time
from collections.abc import Awaitable, Callable, Mapping
from statistics import median
from typing import Any

Timed = Callable[[int], float]
SAMPLE_SECONDS = 0.02


def repeated(function: Callable[[], Any]) -> Timed:
    """Call a function so many times and return the seconds that took."""

    def timed(count: int) -> float:
        numbers = range(count)
        begin = time.perf_counter()
        for _ in numbers:
            function()
        return time.perf_counter() - begin

    return timed


def repeated_async(
    function: Callable[[], Awaitable[Any]], loop: asyncio.AbstractEventLoop
) -> Timed:
    """The same for a coroutine function, inside one running of the event loop."""

    async def timed(count: int) -> float:
        numbers = range(count)
        begin = time.perf_counter()
        for _ in numbers:
            await function()
        return time.perf_counter() - begin

    return lambda count: loop.run_until_complete(timed(count))


def measure(contenders: Mapping[str, Timed], rounds: int) -> dict[str, list[float]]:
    """Seconds per run, one figure per round and contender.

    Every round takes all contenders in turn, each time starting with another one, and runs each as
    often as fills a sample. The garbage collector rests meanwhile.
    """
    counts = {name: _count_for(timed) for name, timed in contenders.items()}
    figures: dict[str, list[float]] = {name: [] for name in contenders}
    order = list(contenders)
    for _ in range(rounds):
        for name in order:
            gc.collect()
            gc.disable()
            try:
                figures[name].append(contenders[name](counts[name]) / counts[name])
            finally:
                gc.enable()
        order.append(order.pop(0))
    return figures


def ratio(figures: list[float], base: list[float]) -> float:
    """How many times longer than the base, as the median over rounds.

    >>> ratio([2.0, 3.0, 8.0], [1.0, 1.0, 1.0])
    3.0
    """
    return median(one / other for one, other in zip(figures, base, strict=True))


def _count_for(timed: Timed) -> int:
    """How many runs fill a sample; the calls also warm up what is made on first use."""
    timed(1)
    count = 1
    while (seconds := timed(count)) < SAMPLE_SECONDS:
        count = max(count * 2, int(count * SAMPLE_SECONDS / max(seconds, 1e-9)))
    return count
