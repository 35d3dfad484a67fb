"""What all others are held against: code written by hand that keeps only what it still needs."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

from benchmarks.async_nodes import add_one_async, fetch
from benchmarks.built import Built
from benchmarks.nodes import add_one, burn, halve, is_even, is_left, negate, triple


def chain(length: int) -> Built:
    return straight("def by_hand():", ["x = 0"] + ["x = add_one(x)"] * length + ["return x"])


def wide(width: int) -> Built:
    return straight("def by_hand():", ["x = 0"] + ["y = add_one(x)"] * width + ["return y"])


def straight(head: str, lines: list[str]) -> Built:
    """A function with these lines, which nobody types out for a benchmark."""
    namespace: dict[str, Any] = {"add_one": add_one, "add_one_async": add_one_async}
    exec("\n    ".join([head, *lines]), namespace)
    function: Built = namespace["by_hand"]
    return function


def branch() -> Built:
    def by_hand() -> int:
        x = 7
        y = halve(x) if is_even(x) else triple(x)
        return negate(y)

    return by_hand


def loop(iterations: int) -> Built:
    def by_hand() -> int:
        fuel = iterations
        while is_left(fuel):
            fuel = burn(fuel)
        return fuel

    return by_hand


def nested() -> Built:
    def innermost(x: int) -> int:
        return add_one(add_one(x))

    def inner(x: int) -> int:
        return add_one(innermost(add_one(x)))

    def by_hand() -> int:
        return add_one(inner(add_one(0)))

    return by_hand


def map_chain(items: list[int]) -> Built:
    return lambda: five_into_dicts(items)[-1]["x5"]


def five_into_dicts(items: list[int]) -> list[dict[str, int]]:
    """All five values of every item, by name."""
    results = []
    for x0 in items:
        x1 = add_one(x0)
        x2 = add_one(x1)
        x3 = add_one(x2)
        x4 = add_one(x3)
        x5 = add_one(x4)
        results.append({"x1": x1, "x2": x2, "x3": x3, "x4": x4, "x5": x5})
    return results


def async_chain(length: int) -> Built:
    lines = ["x = 0"] + ["x = await add_one_async(x)"] * length + ["return x"]
    return straight("async def by_hand():", lines)


def async_wide(width: int) -> Built:
    async def by_hand() -> int:
        x = 0
        return (await asyncio.gather(*(fetch(x) for _ in range(width))))[-1]

    return by_hand


def async_map(items: list[int], limit: int) -> Built:
    async def by_hand() -> int:
        results: list[dict[str, int]] = [{}] * len(items)
        numbered = iter(enumerate(items))

        async def work() -> None:
            for place, item in numbered:
                results[place] = {"y": await fetch(item)}

        await asyncio.gather(*(work() for _ in range(limit)))
        return results[-1]["y"]

    return by_hand


def start(folder: Path) -> str:
    """A module with one function and the ten calls."""
    calls = ["    x = add_one(x)"] * 10
    text = ["def add_one(x):", "    return x + 1", "", "", "def chain(x):", *calls, "    return x"]
    (folder / "chain_by_hand.py").write_text("\n".join(text) + "\n", encoding="utf-8")
    return "import chain_by_hand; answer = chain_by_hand.chain(0)"
