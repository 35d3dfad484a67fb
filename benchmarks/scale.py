"""`python -m benchmarks.scale`: a map on two processes, held against code written by hand."""

from __future__ import annotations

import argparse
import gc
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Executor, ProcessPoolExecutor
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

from benchmarks.contenders.hand_written import five_into_dicts
from benchmarks.graphs import chain
from benchmarks.machine import described
from benchmarks.report import shown, table, times
from hypergraph import FunctionNode, Graph, SyncRunner

PROCESSES = 2
AIM = 1.2  # at most so many times as long as chunks of the same size that are submitted by hand
STREAMED = (10_000, 100_000, 1_000_000)

Work = Callable[[list[int]], list[Any]]


class Load(NamedTuple):
    """Items that are mapped: by a graph, by the same functions by hand, in chunks of a size.

    What is done soon takes several turns in a round.
    """

    title: str
    graph: Graph
    by_hand: Work
    items: list[int]
    chunk_size: int
    turns: int


def wait(x0: int) -> int:
    """Ten milliseconds that need no processor, so that it does not matter how many are free."""
    time.sleep(0.01)
    return x0


def waits(items: list[int]) -> list[Any]:
    """The same by hand."""
    return [{"x1": wait(x)} for x in items]


def loads() -> dict[str, Load]:
    """What is measured."""
    waiting = Graph([FunctionNode(wait, output_name="x1")], name="waiting")
    return {
        "light": Load(
            "100,000 items of 5 nodes that add one",
            chain(5),
            five_into_dicts,
            list(range(100_000)),
            2_500,
            turns=3,
        ),
        "heavy": Load(
            "1,000 items that wait 10 ms", waiting, waits, list(range(1_000)), 25, turns=1
        ),
    }


def ways(load: Load, pool: Executor) -> dict[str, Callable[[], list[Any]]]:
    """What is timed: each maps all items and holds all results."""
    runner = SyncRunner()

    def ours(**options: Any) -> Callable[[], list[Any]]:
        return lambda: list(
            runner.map(load.graph, x0=load.items, map_over="x0", executor=pool, **options)
        )

    return {
        "loop": lambda: load.by_hand(load.items),
        "by hand": lambda: submitted(load, pool),
        "same chunks": ours(chunk_size=load.chunk_size),
        "own chunks": ours(),
    }


def submitted(load: Load, pool: Executor) -> list[Any]:
    """All chunks in flight at once, and their results in order."""
    starts = range(0, len(load.items), load.chunk_size)
    chunks = [load.items[start : start + load.chunk_size] for start in starts]
    futures = [pool.submit(load.by_hand, chunk) for chunk in chunks]
    return [result for future in futures for result in future.result()]


def measured_loads(rounds: int) -> dict[str, dict[str, float]]:
    """Median seconds of each way, and the median over rounds of its ratio to the one by hand."""
    figures = {}
    with ProcessPoolExecutor(PROCESSES, get_context("fork")) as pool:
        for name, load in loads().items():
            timed = ways(load, pool)
            check(load, timed)
            taken = interleaved(timed, rounds * load.turns)
            figures[name] = {way: median(seconds) for way, seconds in taken.items()} | {
                f"{way}, to by hand": median(
                    own / base for own, base in zip(taken[way], taken["by hand"], strict=True)
                )
                for way in ("same chunks", "own chunks")
            }
    return figures


def check(load: Load, timed: Mapping[str, Callable[[], list[Any]]]) -> None:
    """Everybody is right; and everything that happens once has happened."""
    expected = timed["by hand"]()
    for way in ("same chunks", "own chunks"):
        results = timed[way]()
        assert [result.values for result in results] == expected, f"{load.title}: {way}"


def interleaved(
    timed: Mapping[str, Callable[[], list[Any]]], rounds: int
) -> dict[str, list[float]]:
    """Seconds of each way, by round; every round begins with another way.

    The garbage collector of the process that maps rests meanwhile.
    """
    taken: dict[str, list[float]] = {name: [] for name in timed}
    order = list(timed)
    for _ in range(rounds):
        for name in order:
            gc.collect()
            gc.disable()
            begin = time.perf_counter()
            timed[name]()
            taken[name].append(time.perf_counter() - begin)
            gc.enable()
        order = order[1:] + order[:1]
    return taken


def measured_memory() -> dict[str, float]:
    """The most memory of the process that maps, in MB, by the number of items streamed.

    Each is a process of its own.
    """
    return {str(count): _peak_of_process(count) for count in STREAMED}


def _peak_of_process(count: int) -> float:
    command = [sys.executable, "-m", "benchmarks.scale", "--stream", str(count)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=os.environ)
    return float(done.stdout)


def streamed(count: int) -> float:
    """The most memory this process has used, in MB, once so many items went through `map_iter`."""
    graph = chain(5)
    with ProcessPoolExecutor(PROCESSES, get_context("fork")) as pool:
        results = SyncRunner().map_iter(graph, x0=numbers(count), map_over="x0", executor=pool)
        assert sum(result["x5"] == number + 5 for number, result in enumerate(results)) == count
    return peak()


def peak() -> float:
    """The most memory this process has used, in MB; that of a parent is not part of it on Linux."""
    try:
        status = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    return sum(int(line.split()[1]) for line in status if line.startswith("VmHWM")) / 1000


def numbers(count: int) -> Iterator[int]:
    """As many, one by one."""

    def endless() -> Iterator[int]:
        number = 0
        while True:
            yield number
            number += 1

    return islice(endless(), count)


def scale_table(figures: Mapping[str, Mapping[str, float]]) -> str:
    """A row per load: seconds of each way, and the ratios the aim is about."""
    titles = {name: load.title for name, load in loads().items()}
    head = ["", "plain loop", "by hand", "same chunks", "own chunks"]
    ratios = ("same chunks", "own chunks")
    rows = [
        [
            titles[name],
            shown(taken["loop"]),
            shown(taken["by hand"]),
            *(f"{shown(taken[way])} ({times(taken[f'{way}, to by hand'])})" for way in ratios),
        ]
        for name, taken in figures.items()
    ]
    return table(head, rows)


def peak_table(peaks: Mapping[str, float]) -> str:
    """A column per number of items that were streamed."""
    row = [
        "the most memory of the process that maps",
        *(f"{peak:.0f} MB" for peak in peaks.values()),
    ]
    return table(["items", *(f"{int(count):,}" for count in peaks)], [row])


def main(arguments: list[str]) -> int:
    """Measure, print the tables, and write the JSON if asked to."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scale", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, help="samples of each way")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all figures here")
    parser.add_argument("--stream", type=int, metavar="ITEMS", help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.stream:
        print(streamed(options.stream))
        return 0
    figures = {
        "machine": described([]),
        "rounds": options.rounds,
        "loads": measured_loads(options.rounds),
        "peaks": measured_memory(),
    }
    print(f"{scale_table(figures['loads'])}\n\n{peak_table(figures['peaks'])}")
    if options.json:
        options.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
