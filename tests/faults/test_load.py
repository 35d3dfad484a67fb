"""Many runs at once, many items, and many runs one after the other: nothing is shared or kept."""

from __future__ import annotations

import asyncio
import gc
import subprocess
import sys
import tracemalloc
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from hypergraph import END, AsyncRunner, Graph, InMemoryCache, SyncRunner, node, route

ROOT = Path(__file__).parents[2]
RUNS = 1_000


@node(output_name="total")
def start(first: int, second: int) -> int:
    return first * second


@node(output_name="left")
def step(left: int) -> int:
    return left - 1


@route(["step", END])
def more(left: int) -> object:
    return "step" if left > 0 else END


@node(output_name="doubled")
def double(item: int) -> int:
    return 2 * item


@node(output_name="report")
def tell(total: int, left: int, many: list[int]) -> str:
    return f"{total} {left} {sum(many)}"


@node(output_name="waited")
async def wait(total: int) -> int:
    await asyncio.sleep(0)
    return total


MAPPED = Graph([double], name="each").as_node().with_inputs(item="items").map_over("items")
NODES = [start, step, more, MAPPED.with_outputs(doubled="many"), tell]
GRAPH = Graph(NODES, name="load")
WAITING = Graph([*NODES, wait], name="waiting")


def values_for(i: int) -> dict[str, object]:
    return {"first": i, "second": 3, "left": i % 7, "items": [i, i + 1]}


def expected(i: int) -> str:
    return f"{3 * i} 0 {4 * i + 2}"


def test_runs_on_many_threads_share_nothing() -> None:
    runner = SyncRunner(InMemoryCache())
    with ThreadPoolExecutor(16) as pool:
        results = list(pool.map(lambda i: runner.run(GRAPH, values_for(i)), range(RUNS)))
    assert [result["report"] for result in results] == [expected(i) for i in range(RUNS)]
    assert len({result.run_id for result in results}) == RUNS


def test_runs_on_one_event_loop_share_nothing() -> None:
    async def everything() -> list[str]:
        runner = AsyncRunner()
        runs = [runner.run(WAITING, values_for(i)) for i in range(RUNS)]
        return [f"{one['report']} {one['waited']}" for one in await asyncio.gather(*runs)]

    assert asyncio.run(everything()) == [f"{expected(i)} {3 * i}" for i in range(RUNS)]


BYTES_PER_ITEM = """
import sys
from hypergraph import SyncRunner
from tests.faults.test_load import CHAIN
count = int(sys.argv[1])
program = CHAIN.compiled()
items = list(range(count))
program.map({"item": items[:1000]}, map_over="item")
def resident():
    return int(open("/proc/self/statm").read().split()[1]) * 4096
before = resident()
results = program.map({"item": items}, map_over="item")
assert len(results) == count and results[-1]["doubled"] == 2 * (count - 1)
print((resident() - before) / count)
"""
CHAIN = Graph([double], name="chain")


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="asks Linux for its memory")
def test_a_million_items_take_no_more_memory_each_than_a_tenth_of_them() -> None:
    def bytes_per_item(count: int) -> float:
        command = [sys.executable, "-c", BYTES_PER_ITEM, str(count)]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
        return float(done.stdout)

    assert bytes_per_item(1_000_000) <= 1.2 * bytes_per_item(100_000)


def everything_once(runner: SyncRunner, i: int) -> None:
    """A run, a map, a failing run, a run by asyncio."""
    runner.run(GRAPH, values_for(i))
    runner.map(GRAPH, {**values_for(i), "first": [1, 2, 3]}, map_over="first")
    runner.run(GRAPH, {**values_for(i), "items": 5}, error_handling="continue")
    asyncio.run(AsyncRunner().run(WAITING, values_for(i)))


@pytest.mark.slow
def test_runs_one_after_the_other_leave_no_memory_behind() -> None:
    runner = SyncRunner()
    for i in range(100):
        everything_once(runner, i)
    tracemalloc.start()
    try:
        for i in range(50):
            everything_once(runner, i)
        gc.collect()
        before, _ = tracemalloc.get_traced_memory()
        for i in range(300):
            everything_once(runner, i)
        gc.collect()
        after, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert after - before < 20_000, f"{after - before} bytes after 300 rounds"
