"""The engine to beat: a loop over steps and a dict of values, as one writes it in ten minutes.

A step runs when its inputs are there, its gate (if any) has chosen it, and its inputs are others
than last time. The async one awaits all steps that are ready at once.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple


class Step(NamedTuple):
    """A function, what it reads and what it writes; a gate writes nothing but names a step."""

    name: str
    function: Callable[..., Any]
    inputs: tuple[str, ...]
    output: str | None
    gate: str | None = None


def interpret(steps: Sequence[Step], values: dict[str, Any]) -> dict[str, Any]:
    """All values there are when no step is ready any more."""
    values = dict(values)
    decisions: dict[str, Any] = {}
    used: dict[str, list[Any]] = {}
    busy = True
    while busy:
        busy = False
        for step in steps:
            if step.gate is not None and decisions.get(step.gate) != step.name:
                continue
            if any(name not in values for name in step.inputs):
                continue
            arguments = [values[name] for name in step.inputs]
            if used.get(step.name) == arguments:
                continue
            used[step.name] = arguments
            result = step.function(*arguments)
            busy = True
            if step.output is None:
                decisions[step.name] = result
            else:
                values[step.output] = result
    return values


async def interpret_async(steps: Sequence[Step], values: dict[str, Any]) -> dict[str, Any]:
    """The same for coroutine functions without gates: in waves of all steps that are ready."""
    values, waiting = dict(values), list(steps)
    while ready := list(_ready(waiting, values)):
        started = {step.name for step in ready}
        waiting = [step for step in waiting if step.name not in started]
        calls = (step.function(*(values[name] for name in step.inputs)) for step in ready)
        results = await asyncio.gather(*calls)
        values.update((str(step.output), r) for step, r in zip(ready, results, strict=True))
    return values


def _ready(waiting: Sequence[Step], values: dict[str, Any]) -> Iterator[Step]:
    return (step for step in waiting if all(name in values for name in step.inputs))
