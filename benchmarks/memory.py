"""What the results of a map take, beyond the values that are in them."""

from __future__ import annotations

import gc
import tracemalloc
from collections.abc import Callable, Sequence
from typing import Any

from benchmarks import graphs
from benchmarks.contender import Contender
from benchmarks.contenders.hand_written import five_into_dicts
from hypergraph import SyncRunner

ITEMS = list(range(1_000, 11_000))  # no small integers, which every interpreter has already


def measured_memory(contenders: Sequence[Contender], rounds: int) -> dict[str, float]:
    """Bytes per result of a chain of five over ten thousand items, those of the values taken off.

    The results are dicts by hand, and as they come from a runner. Contenders and rounds are for
    what takes time; nothing here does.
    """
    runner, graph = SyncRunner(), graphs.chain(5)
    kept: dict[str, Callable[[], list[Any]]] = {
        "dicts, by hand": lambda: five_into_dicts(ITEMS),
        "results of the runner": lambda: runner.map(graph, x0=ITEMS, map_over="x0"),
    }
    values = values_per_item()
    return {name: bytes_per_item(make) - values for name, make in kept.items()}


def values_per_item() -> float:
    """What the five values of an item take by themselves."""
    pointers = 5 * bytes_per_item(lambda: (None,) * len(ITEMS))
    return bytes_per_item(lambda: tuple([x + i for x in ITEMS for i in range(1, 6)])) - pointers


def bytes_per_item(make: Callable[[], Sequence[Any]]) -> float:
    """The bytes that are still in use once a sequence was made, divided by the items."""
    make()  # what is made on first use is not part of it
    gc.collect()
    tracemalloc.start()
    try:
        kept = make()
        gc.collect()
        used, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    del kept
    return used / len(ITEMS)
