"""Loops and steps for tests of what goes on beside a loop, and ways to wait for each other."""

from __future__ import annotations

import asyncio
from typing import Any

from hypergraph import END, FunctionNode, HyperNode, RouteNode, node, route
from tests.execution.overlapping import PATIENCE


def countdown(name: str, work: Any = None) -> list[HyperNode]:
    """A loop that takes one from ``name`` until nothing is left; ``work`` awaits meanwhile."""

    async def burn(fuel: int) -> int:
        if work is not None:
            await work()
        return fuel - 1

    target = f"burn_{name}"
    return [
        node(burn, name).with_name(target).with_inputs(fuel=name),
        gate(f"check_{name}", target, name),
    ]


def gate(name: str, target: str, reads: str) -> RouteNode:
    """A gate that lets ``target`` run as long as what it reads is above nought."""

    def decide(value: int) -> Any:
        return target if value > 0 else END

    return route(targets=[target, END])(decide).with_name(name).with_inputs(value=reads)


def step(name: str, reads: str, work: Any = None) -> FunctionNode:
    """A node that passes on what it reads, when ``work`` is done."""

    async def passing(value: Any) -> Any:
        if work is not None:
            await work()
        return value

    return node(passing, f"{name}_out").with_name(name).with_inputs(value=reads)


class Signals:
    """Events by name: some nodes wait for what others have told."""

    def __init__(self) -> None:
        self.events: dict[str, asyncio.Event] = {}

    def event(self, name: str) -> asyncio.Event:
        return self.events.setdefault(name, asyncio.Event())

    def tells(self, name: str, *, after: str = "") -> Any:
        """Work that waits for one event and brings about another."""

        async def work() -> None:
            if after:
                await asyncio.wait_for(self.event(after).wait(), PATIENCE)
            self.event(name).set()

        return work
