"""How many items travel together, and how far workers are ahead."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from typing import Any

import pytest

from hypergraph import AsyncRunner, EventProcessor, Graph, SyncRunner, node
from hypergraph.runtime.scale.chunks import MOST_ITEMS, Sizes
from tests.scale.shop import odd, shop


def grown(seconds: float, size: int = 8, **options: Any) -> list[int]:
    """The sizes of eight chunks whose items cost so much."""
    sizes = Sizes(**options)
    found = []
    for _ in range(8):
        found.append(sizes.next())
        sizes.measured(found[-1], seconds * found[-1], size * found[-1])
    return found


def test_chunks_begin_with_one_item_and_grow_by_four_to_half_a_second() -> None:
    assert grown(0.01) == [1, 4, 16, 50, 50, 50, 50, 50]
    assert grown(0.1) == [1, 4, 5, 5, 5, 5, 5, 5]


def test_what_is_done_at_once_is_not_waited_for() -> None:
    assert grown(0.0001) == [1, 100, 400, 1600, 5000, 5000, 5000, 5000]


def test_items_that_take_longer_travel_alone() -> None:
    assert grown(3.0) == [1] * 8


def test_no_chunk_has_more_than_ten_thousand_items_or_a_megabyte() -> None:
    assert grown(1e-9)[-1] == MOST_ITEMS
    assert grown(1e-9, size=100_000) == [1] + [10] * 7


def test_a_size_that_is_given_is_kept() -> None:
    assert grown(0.0001, fixed=7) == [7] * 8


def test_chunks_shrink_towards_the_end_so_that_all_workers_are_busy() -> None:
    sizes = Sizes()
    sizes.measured(1000, 1.0, 8)
    assert [sizes.next(left, slots=4) for left in (100_000, 1000, 400, 100, 1)] == [
        500,
        250,
        100,
        50,
        50,
    ]


class Sent(ThreadPoolExecutor):
    """Remembers how many bytes each call had."""

    def __init__(self) -> None:
        super().__init__(1)
        self.sent: list[int] = []

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        """The future of a call."""
        self.sent.append(len(args[1]["args"][2]))
        return super().submit(fn, *args, **kwargs)


@node(output_name="n")
def measure(x: int, shared: bytes) -> int:
    """How much all items get."""
    return x + len(shared)


def test_what_all_items_get_does_not_make_chunks_small() -> None:
    with Sent() as pool:
        results = SyncRunner().map(
            Graph([measure], name="big"),
            x=list(range(500)),
            shared=bytes(3_000_000),
            map_over="x",
            executor=pool,
            max_in_flight=1,
        )
    assert results[-1]["n"] == 3_000_499
    assert len(pool.sent) < 20


def test_an_error_of_the_inputs_comes_after_the_items_before_it(threads: Executor) -> None:
    def lines() -> Iterator[str]:
        yield from ["pen 1", "pen 2", "pen 3"]
        raise LookupError("no more lines")

    results = SyncRunner().map_iter(shop, line=lines(), map_over="line", executor=threads)
    assert [next(results)["total"] for _ in range(3)] == [3, 6, 9]
    with pytest.raises(LookupError, match="no more lines"):
        next(results)


def test_nothing_is_begun_after_a_failure_that_is_raised() -> None:
    pulled = []

    def whats() -> Iterator[str]:
        for place in range(1000):
            pulled.append(place)
            yield "two arguments" if place == 3 else "a"

    with ThreadPoolExecutor(1) as pool, pytest.raises(Exception, match="sold out"):
        list(
            SyncRunner().map_iter(
                odd, what=whats(), map_over="what", executor=pool, chunk_size=2, max_in_flight=2
            )
        )
    assert len(pulled) <= 8


@pytest.mark.parametrize("told", [False, True])
@pytest.mark.parametrize("runner", [SyncRunner(), AsyncRunner()])
def test_a_failure_names_its_node_by_its_path(threads: Executor, runner: Any, told: bool) -> None:
    outer = Graph([Graph([shop.as_node()], name="mall").as_node()], name="city")
    with pytest.raises(KeyError) as raised:
        mapped = runner.map(
            outer,
            line=["cap 2"],
            map_over="line",
            executor=threads,
            event_processors=[EventProcessor()] if told else None,
        )
        if isinstance(runner, AsyncRunner):
            asyncio.run(mapped)
    notes = raised.value.__notes__  # type: ignore[attr-defined]
    assert notes == ["on a worker: node 'mall/shop/price', item 0"]


class Holding(ThreadPoolExecutor):
    """Holds the first chunk back until it is let go."""

    def __init__(self) -> None:
        super().__init__(2)
        self.let_go = threading.Event()

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        """The future of a call."""
        if args[1].get("token", ())[1:2] == (0,):
            return super().submit(lambda: self.let_go.wait(60) and fn(*args))
        return super().submit(fn, *args, **kwargs)


def test_without_order_a_slow_item_holds_nobody_up() -> None:
    with Holding() as pool:
        results = SyncRunner().map_iter(
            odd, what=["slow", "a"], map_over="what", executor=pool, chunk_size=1, ordered=False
        )
        assert next(results)["result"] == "A"
        pool.let_go.set()
        assert [one["result"] for one in results] == ["SLOW"]
