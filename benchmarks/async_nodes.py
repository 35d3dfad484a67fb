"""The same for coroutine functions: one that never waits, and one that lets others run."""

from __future__ import annotations

import asyncio


async def add_one_async(x: int) -> int:
    return x + 1


async def fetch(x: int) -> int:
    await asyncio.sleep(0)
    return x + 1
