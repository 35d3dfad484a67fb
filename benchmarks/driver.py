"""One workload, built by every contender that can, checked, and measured."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from statistics import median
from typing import Any

from benchmarks.built import Built
from benchmarks.contender import BASE, Contender
from benchmarks.timing import Samples, Timed, measure, ratio, repeated, repeated_async
from benchmarks.workload import Workload

Figures = dict[str, dict[str, float]]


@dataclass(frozen=True)
class Different(Exception):
    """A contender that came to another result than the code written by hand."""

    workload: str
    contender: str
    result: Any
    expected: Any

    def __str__(self) -> str:
        return (
            f"{self.workload}: {self.contender} came to {self.result!r} "
            f"instead of {self.expected!r}"
        )


def measured(workload: Workload, contenders: Sequence[Contender], rounds: int) -> Figures:
    """The figures of all contenders that have what the workload asks for, the base first.

    Raises `Different` before anything is timed.
    """
    loop = asyncio.new_event_loop()
    try:
        built = build(workload, contenders)
        check(workload, built, loop)
        timed = {name: _timed(workload, call, loop) for name, call in built.items()}
        samples = measure(timed, rounds)
    finally:
        loop.close()
    if workload.tenth:
        for contender in contenders:
            if contender.is_library and contender.name in samples:
                samples[contender.name] = tenfold(samples[contender.name])
    return {name: summary(taken, samples[BASE.name]) for name, taken in samples.items()}


def tenfold(samples: Samples) -> Samples:
    """What the whole takes, if this is what a tenth of it takes.

    >>> tenfold({0: 1.5})
    {0: 15.0}
    """
    return {number: 10 * seconds for number, seconds in samples.items()}


def build(workload: Workload, contenders: Sequence[Contender]) -> dict[str, Built]:
    """What is timed, by the contender's name."""
    every = [BASE, *(contender for contender in contenders if contender != BASE)]
    built: dict[str, Built] = {}
    for contender in every:
        wanted = workload.tenth if contender.is_library and workload.tenth else workload.build
        call = wanted(contender.builders)
        if call is not None:
            built[contender.name] = call
    return built


def check(workload: Workload, built: dict[str, Built], loop: asyncio.AbstractEventLoop) -> None:
    """Run everyone once, which also makes what is made on first use.

    Raises `Different` for a result that is not that of the base.
    """
    expected = _result(workload, built[BASE.name], loop)
    for name, call in built.items():
        result = _result(workload, call, loop)
        if result != expected:
            raise Different(workload.name, name, result, expected)


def summary(samples: Samples, base: Samples) -> dict[str, float]:
    """Median, best and worst seconds of a run, and the ratio to the base."""
    seconds = list(samples.values())
    return {
        "median": median(seconds),
        "best": min(seconds),
        "worst": max(seconds),
        "ratio": ratio(samples, base),
        "rounds": len(seconds),
    }


def _result(workload: Workload, call: Built, loop: asyncio.AbstractEventLoop) -> Any:
    return loop.run_until_complete(call()) if workload.is_async else call()


def _timed(workload: Workload, call: Built, loop: asyncio.AbstractEventLoop) -> Timed:
    return partial(repeated_async, loop=loop)(call) if workload.is_async else repeated(call)
