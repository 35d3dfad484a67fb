"""Timing contenders against each other: in turns, in one process, so they meet the same noise."""

from __future__ import annotations

import asyncio
import gc
import time
from collections.abc import Awaitable, Callable, Mapping
from statistics import median
from typing import Any

Timed = Callable[[int], float]
Samples = dict[int, float]  # seconds of one run, by the round they were taken in

SAMPLE_SECONDS = 0.02
CONTENDER_SECONDS = 3.0  # what one contender may take of one workload before it sits rounds out
PATIENCE = 2.0  # a run of more seconds than this is the only one


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


def measure(contenders: Mapping[str, Timed], rounds: int) -> dict[str, Samples]:
    """Seconds per run of each contender, by round; all have run once before.

    Every round takes all contenders in turn, each time starting with another one, and runs each as
    often as fills a sample. The slow ones sit rounds out, evenly, but take part in three. The
    garbage collector rests during a sample.
    """
    counts: dict[str, int] = {}
    strides: dict[str, int] = {}
    figures: dict[str, Samples] = {name: {} for name in contenders}
    for name, timed in contenders.items():
        first = timed(1)
        if first > PATIENCE:
            figures[name][0] = first
        else:
            counts[name], seconds = _filling(timed)
            takes = max(3, int(CONTENDER_SECONDS / seconds))
            strides[name] = max(1, rounds // takes)
    order = list(counts)
    for number in range(rounds):
        for name in order:
            if number % strides[name] == 0:
                figures[name][number] = _sample(contenders[name], counts[name])
        order = order[1:] + order[:1]
    return figures


def ratio(samples: Samples, base: Samples) -> float:
    """How many times longer than the base, as the median over the rounds both took part in.

    >>> ratio({0: 2.0, 1: 3.0, 2: 8.0}, {0: 1.0, 1: 1.0, 2: 1.0})
    3.0
    """
    return median(samples[number] / base[number] for number in samples if number in base)


def _sample(timed: Timed, count: int) -> float:
    gc.collect()
    gc.disable()
    try:
        return timed(count) / count
    finally:
        gc.enable()


def _filling(timed: Timed) -> tuple[int, float]:
    """How many runs fill a sample, and how long they take."""
    count = 1
    while (seconds := timed(count)) < SAMPLE_SECONDS:
        count = max(count * 2, int(count * SAMPLE_SECONDS / max(seconds, 1e-9)))
    return count, seconds
