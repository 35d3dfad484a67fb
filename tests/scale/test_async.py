"""Maps of ``AsyncRunner`` on workers: an event loop for every chunk, and the loop here goes on."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from concurrent.futures import Executor, Future
from itertools import count
from typing import Any

import pytest

from hypergraph import AsyncRunner, Graph, RunResult, node
from tests.scale.recording import Recording
from tests.scale.seen import seen
from tests.scale.shop import shop


@node(output_name="page")
async def fetch(url: str) -> str:
    """A page, after a while."""
    await asyncio.sleep(0.01)
    if "missing" in url:
        raise LookupError(url)
    return url.upper()


@node(output_name="words")
def count_words(page: str) -> int:
    """How long it is."""
    return len(page.split())


pages = Graph([fetch, count_words], name="pages")
URLS = ["a b", "c", "missing d", "e f g"] * 3


@pytest.fixture(params=["threads", "processes"])
def pool(request: pytest.FixtureRequest) -> Executor:
    """Each kind of executor."""
    found: Executor = request.getfixturevalue(request.param)
    return found


def run(call: Coroutine[Any, Any, list[RunResult]]) -> list[RunResult]:
    return asyncio.run(call)


@pytest.mark.parametrize("limit", [None, 2])
def test_results_are_those_of_the_map_here(pool: Executor, limit: int | None) -> None:
    options: dict[str, Any] = {
        "url": URLS,
        "map_over": "url",
        "error_handling": "continue",
        "max_concurrency": limit,
    }
    here = run(AsyncRunner().map(pages, **options))
    there = run(AsyncRunner().map(pages, **options, executor=pool))
    assert seen(there) == seen(here)


def test_a_sync_graph_gives_the_same_under_the_runner_of_the_loop(threads: Executor) -> None:
    options: dict[str, Any] = {"line": ["pen 4", "ink 1"], "map_over": "line"}
    here = run(AsyncRunner().map(shop, **options))
    assert seen(run(AsyncRunner().map(shop, **options, executor=threads))) == seen(here)


def test_the_first_failure_is_raised_with_its_place(threads: Executor) -> None:
    with pytest.raises(LookupError, match="missing d") as raised:
        run(AsyncRunner().map(pages, url=URLS, map_over="url", executor=threads))
    assert raised.value.__notes__ == ["on a worker: node 'fetch', item 2"]  # type: ignore[attr-defined]


def test_the_loop_goes_on_while_workers_work(threads: Executor) -> None:
    async def ticking() -> int:
        ticks = 0
        mapped = asyncio.ensure_future(
            AsyncRunner().map(pages, url=["x"] * 20, map_over="url", executor=threads, chunk_size=1)
        )
        while not mapped.done():
            await asyncio.sleep(0.001)
            ticks += 1
        await mapped
        return ticks

    assert asyncio.run(ticking()) > 5


@pytest.mark.parametrize("on_workers", [True, False])
@pytest.mark.parametrize("ordered", [True, False])
def test_endless_inputs_are_streamed(threads: Executor, on_workers: bool, ordered: bool) -> None:
    pulled = 0

    def urls() -> Any:
        nonlocal pulled
        for place in count(1):
            pulled = place
            yield str(place)

    async def first_five() -> list[str]:
        results = AsyncRunner().map_iter(
            pages,
            url=urls(),
            map_over="url",
            executor=threads if on_workers else None,
            chunk_size=2 if on_workers else None,
            max_concurrency=4,
            ordered=ordered,
        )
        found = []
        async for result in results:
            found.append(result["page"])
            if len(found) == 5:
                break
        await results.aclose()
        return found

    found = asyncio.run(first_five())
    assert pulled <= 20
    assert found == ["1", "2", "3", "4", "5"] or not ordered
    assert set(found) <= {str(place) for place in range(1, pulled + 1)}


def test_cancelling_takes_back_what_is_queued(threads: Executor) -> None:
    async def cancelled() -> None:
        mapped = asyncio.ensure_future(
            AsyncRunner().map(
                pages, url=["x"] * 500, map_over="url", executor=threads, chunk_size=1
            )
        )
        await asyncio.sleep(0.05)
        mapped.cancel()
        await mapped

    with pytest.raises(asyncio.CancelledError):
        asyncio.run(cancelled())
    assert threads.submit(len, "ab").result(timeout=5) == 2


def test_what_is_left_early_leaves_nothing_in_the_queue() -> None:
    async def left_early(alone: Recording) -> list[Future[Any]]:
        results = AsyncRunner().map_iter(
            pages, url=map(str, count()), map_over="url", executor=alone, chunk_size=1
        )
        async for _ in results:
            break
        await results.aclose()
        return [one for one in alone.futures if not (one.done() or one.running())]

    with Recording() as alone:
        assert asyncio.run(left_early(alone)) == []
        assert any(one.cancelled() for one in alone.futures)


def test_keys_of_items_work_without_workers() -> None:
    @node(output_name="seen")
    async def keep(x: int, key: tuple[str, int]) -> int:
        return key[1]

    results = run(AsyncRunner().map(Graph([keep]), x=[7, 8], map_over="x", item_key="key"))
    assert [one["seen"] for one in results] == [0, 1]
