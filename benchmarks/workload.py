"""What the contenders are asked to run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from benchmarks.built import Built
from benchmarks.contender import Builders

Build = Callable[[Builders], Built | None]
ITEMS = list(range(10_000))


@dataclass(frozen=True)
class Workload:
    """How a contender builds what is timed; `None` comes back where it has no such thing.

    Libraries are asked for a `tenth` of it if there is one: their time is taken ten times.
    """

    name: str
    title: str
    build: Build
    is_async: bool = False
    tenth: Build | None = None


WORKLOADS = (
    Workload("chain-10", "10 nodes in a row", lambda by: by.chain(10)),
    Workload("chain-100", "100 nodes in a row", lambda by: by.chain(100)),
    Workload("chain-1000", "1,000 nodes in a row", lambda by: by.chain(1000)),
    Workload("wide-50", "50 nodes that do not depend on each other", lambda by: by.wide(50)),
    Workload("branch", "a gate, one of two branches, a join", lambda by: by.branch()),
    Workload("loop-1000", "a gate and its body, 1,000 times", lambda by: by.loop(1000)),
    Workload("nested-3", "graphs in graphs, three levels", lambda by: by.nested()),
    Workload(
        "map-10k",
        "5 nodes in a row over 10,000 items",
        lambda by: by.map_chain(ITEMS),
        tenth=lambda by: by.map_chain(ITEMS[-1000:]),
    ),
    Workload("async-chain-10", "10 coroutines in a row", lambda by: by.async_chain(10), True),
    Workload("async-50", "50 coroutines at once", lambda by: by.async_wide(50), True),
    Workload(
        "async-map-1000",
        "1,000 items, 20 at a time",
        lambda by: by.async_map(list(range(1000)), 20),
        True,
    ),
)
