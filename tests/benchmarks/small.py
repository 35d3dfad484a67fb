"""The builders of a contender, asked for small things, and how often each then calls a function."""

from __future__ import annotations

import asyncio
import sys
import threading
from collections import Counter
from collections.abc import Callable
from types import CodeType, FunctionType
from typing import Any

from benchmarks import async_nodes, nodes
from benchmarks.built import Built
from benchmarks.contender import Builders

Build = Callable[[Builders], Built | None]

BUILDS: dict[str, tuple[Build, int]] = {
    "chain": (lambda by: by.chain(3), 3),
    "wide": (lambda by: by.wide(3), 3),
    "branch": (lambda by: by.branch(), 3),
    "loop": (lambda by: by.loop(2), 5),
    "nested": (lambda by: by.nested(), 6),
    "map_chain": (lambda by: by.map_chain([5, 6]), 10),
    "async_chain": (lambda by: by.async_chain(3), 3),
    "async_wide": (lambda by: by.async_wide(3), 3),
    "async_map": (lambda by: by.async_map([5, 6, 7], 2), 3),
}


def does(code: CodeType) -> tuple[object, ...]:
    """What tells a function, even where a file that stands alone has it under another name."""
    return code.co_code, code.co_consts, code.co_names


MEASURED = {
    does(value.__code__)
    for module in (nodes, async_nodes)
    for value in vars(module).values()
    if isinstance(value, FunctionType)
}


def ran(built: Built) -> Any:
    """The result of what a contender built, which may be a coroutine function.

    Some libraries take the current event loop for their own, and leave it open.
    """
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    try:
        result = built()
        return loop.run_until_complete(result) if asyncio.iscoroutine(result) else result
    finally:
        asyncio.set_event_loop(None)
        loop.close()


def counted(built: Built) -> tuple[Any, int]:
    """The result, and how many of the measured functions were entered, in any thread.

    A coroutine is entered anew after every wait.
    """
    entered: Counter[str] = Counter()

    def profile(frame: Any, event: str, argument: object) -> None:
        if event == "call" and does(frame.f_code) in MEASURED:
            entered[frame.f_code.co_name] += 1

    threading.setprofile(profile)
    sys.setprofile(profile)
    try:
        result = ran(built)
    finally:
        sys.setprofile(None)
        threading.setprofile(None)
    return result, entered.total()
