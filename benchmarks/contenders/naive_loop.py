"""What a sceptic says would do: thirty lines that interpret the steps of a graph."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Any

from benchmarks.async_nodes import add_one_async, fetch
from benchmarks.built import Built
from benchmarks.interpreter import Step, chain_steps, interpret, wide_steps
from benchmarks.nodes import add_one, burn, halve, is_even, is_left, negate, triple


async def interpret_async(steps: Sequence[Step], values: dict[str, Any]) -> dict[str, Any]:
    """The same for coroutine functions: in waves of all steps that have their inputs."""
    values, waiting = dict(values), list(steps)
    while ready := [step for step in waiting if all(name in values for name in step.inputs)]:
        waiting = [step for step in waiting if step not in ready]
        calls = [step.function(*[values[name] for name in step.inputs]) for step in ready]
        results = await asyncio.gather(*calls)
        values.update(zip((step.output for step in ready), results, strict=True))
    return values


def chain(length: int) -> Built:
    steps, last = chain_steps(length), f"x{length}"
    return lambda: interpret(steps, {"x0": 0})[last]


def wide(width: int) -> Built:
    steps, last = wide_steps(width), f"y{width}"
    return lambda: interpret(steps, {"x": 0})[last]


def branch() -> Built:
    steps = [
        Step(is_even, ("x",), "even"),
        Step(halve, ("x",), "y", ("even", True)),
        Step(triple, ("x",), "y", ("even", False)),
        Step(negate, ("y",), "z"),
    ]
    return lambda: interpret(steps, {"x": 7})["z"]


def loop(iterations: int) -> Built:
    steps = [Step(is_left, ("fuel",), "left"), Step(burn, ("fuel",), "fuel", ("left", True))]
    return lambda: interpret(steps, {"fuel": iterations})["fuel"]


def nested() -> Built:
    innermost = [Step(add_one, ("x",), "a"), Step(add_one, ("a",), "y")]
    steps = innermost
    for _ in range(2):
        steps = [innermost[0], Step(inside(steps), ("a",), "b"), Step(add_one, ("b",), "y")]
    return lambda: interpret(steps, {"x": 0})["y"]


def inside(steps: Sequence[Step]) -> Callable[[int], Any]:
    """Steps as the function of one step."""
    return lambda x: interpret(steps, {"x": x})["y"]


def map_chain(items: list[int]) -> Built:
    steps = chain_steps(5)
    return lambda: [interpret(steps, {"x0": item}) for item in items][-1]["x5"]


def async_chain(length: int) -> Built:
    return awaited(chain_steps(length, add_one_async), {"x0": 0}, f"x{length}")


def async_wide(width: int) -> Built:
    return awaited(wide_steps(width, fetch), {"x": 0}, f"y{width}")


def awaited(
    steps: Sequence[Step], values: dict[str, Any], last: str
) -> Callable[[], Awaitable[Any]]:
    """A coroutine function that interprets these steps."""

    async def interpreted() -> Any:
        return (await interpret_async(steps, values))[last]

    return interpreted


def async_map(items: list[int], limit: int) -> Built:
    steps = wide_steps(1, fetch)

    async def interpreted() -> Any:
        room = asyncio.Semaphore(limit)

        async def one(item: int) -> dict[str, Any]:
            async with room:
                return await interpret_async(steps, {"x": item})

        return (await asyncio.gather(*(one(item) for item in items)))[-1]["y1"]

    return interpreted


def start(folder: Path) -> str:
    """The interpreter alone, without what the coroutine functions need."""
    imports = "from benchmarks.interpreter import chain_steps, interpret"
    return f'{imports}; answer = interpret(chain_steps(10), {{"x0": 0}})["x10"]'
