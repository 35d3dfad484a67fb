"""Letting asyncio tests wait for each other by what happened, never by how long it took."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")

PATIENCE = 10
"""Seconds after which a test that waits for what never happens is given up."""


class Gauge:
    """How many calls are executing, and how many were at most."""

    def __init__(self) -> None:
        self.now = 0
        self.most = 0
        self.calls = 0

    async def hold(self, value: Any = None) -> Any:
        """Let whoever else may execute begin before this call ends."""
        self.now += 1
        self.calls += 1
        self.most = max(self.most, self.now)
        for _ in range(20):
            await asyncio.sleep(0)
        self.now -= 1
        return value


class Meeting:
    """A place that nobody leaves before ``size`` calls have come."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.present = 0
        self.complete = asyncio.Event()

    async def attend(self, value: Any = None) -> Any:
        """Come, and wait for the others."""
        self.present += 1
        if self.present == self.size:
            self.complete.set()
        await asyncio.wait_for(self.complete.wait(), PATIENCE)
        return value


def finished(main: Coroutine[Any, Any, T]) -> T:
    """Run to the end in asyncio's debug mode: no task is left over, nothing is complained of."""
    complaints: list[dict[str, Any]] = []

    async def watched() -> T:
        loop = asyncio.get_running_loop()
        loop.set_exception_handler(lambda _, told: complaints.append(told))
        try:
            return await main
        finally:
            left = asyncio.all_tasks() - {asyncio.current_task()}
            assert not left, f"left running: {left}"

    try:
        return asyncio.run(watched(), debug=True)
    finally:
        gc.collect()  # a coroutine that nobody awaited warns when it is collected
        assert not complaints, complaints
