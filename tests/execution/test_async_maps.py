"""Mapping under the asyncio runner (sections 19 and 20)."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from hypergraph import AsyncRunner, Graph, MissingInputError, node
from hypergraph.runtime import overlap
from tests.execution.overlapping import PATIENCE, finished
from tests.execution.tracing import Trace

RUNNER = AsyncRunner()


class Peculiar(Exception):
    """An exception of the user's own."""


def failing_on(bad: set[int], trace: Trace | None = None) -> Graph:
    """A graph that multiplies by ten, except the numbers that it fails on."""

    async def prepare(x: int) -> int:
        await asyncio.sleep(0)
        return x

    def work(a: int) -> int:
        if a in bad:
            raise Peculiar(a)
        return a * 10

    return Graph([node(prepare, "a"), node((trace or Trace())(work), "y")], name="inner")


@pytest.mark.parametrize("limit", [None, 1, 2, 9])
def test_x93_the_first_failed_item_in_item_order_is_raised(limit: int | None) -> None:
    run = RUNNER.map(failing_on({2, 3}), x=[1, 2, 3, 4], map_over="x", max_concurrency=limit)
    with pytest.raises(Peculiar) as caught:
        finished(run)
    assert caught.value.args == (2,)


def test_x93_without_a_limit_all_items_finish_and_item_order_decides() -> None:
    async def main() -> None:
        late, done = asyncio.Event(), Trace()

        async def work(x: int) -> int:
            if x == 1:
                await asyncio.wait_for(late.wait(), PATIENCE)
                raise Peculiar(x)
            if x == 2:
                raise Peculiar(x)
            late.set()
            done.calls.append(str(x))
            return x

        with pytest.raises(Peculiar) as caught:
            await RUNNER.map(Graph([node(work, "y")]), x=[1, 2, 3], map_over="x")
        assert caught.value.args == (1,) and done.calls == ["3"]

    finished(main())


def test_x93_with_a_limit_no_item_is_taken_after_a_failure() -> None:
    trace = Trace()
    graph = failing_on({2}, trace)
    with pytest.raises(Peculiar):
        finished(RUNNER.map(graph, x=[1, 2, 3, 4], map_over="x", max_concurrency=1))
    assert trace.calls == ["work(1)", "work(2)"]


def test_x93_items_in_flight_finish_after_a_failure() -> None:
    async def main() -> None:
        failed, done = asyncio.Event(), Trace()

        async def work(x: int) -> int:
            if x == 2:
                failed.set()
                raise Peculiar(x)
            await asyncio.wait_for(failed.wait(), PATIENCE)
            done.calls.append(str(x))
            return x

        graph = Graph([node(work, "y")])
        with pytest.raises(Peculiar):
            await RUNNER.map(graph, x=[1, 2, 3], map_over="x", max_concurrency=2)
        assert done.calls == ["1"]

    finished(main())


@pytest.mark.parametrize("limit", [None, 1, 2])
@pytest.mark.parametrize("bad", [{2}, {1}, {1, 2, 3}])
def test_xe146_xe147_continue_keeps_every_item_in_order(bad: set[int], limit: Any) -> None:
    results = finished(
        RUNNER.map(
            failing_on(bad),
            x=[1, 2, 3],
            map_over="x",
            error_handling="continue",
            max_concurrency=limit,
        )
    )
    for item, result in zip([1, 2, 3], results, strict=True):
        assert result["a"] == item
        if item in bad:
            assert result.status == "failed" and isinstance(result.error, Peculiar)
            assert result.error.args == (item,) and "y" not in result
        else:
            assert result.completed and result["y"] == item * 10


@pytest.mark.parametrize("limit", [None, 1])
def test_k8_x93_xe148_items_that_lack_an_input_are_failed_results(limit: int | None) -> None:
    trace = Trace()
    graph = Graph([node(trace(lambda x, k: x), "y").with_name("work")])
    run = RUNNER.map(
        graph, x=[1, 2], map_over="x", error_handling="continue", max_concurrency=limit
    )
    results = finished(run)
    assert len(results) == 2 and trace.calls == []
    for result in results:
        assert result.status == "failed" and result.values == {}
        assert isinstance(result.error, MissingInputError) and result.error.missing == ["k"]
    with pytest.raises(MissingInputError):
        finished(RUNNER.map(graph, x=[1, 2], map_over="x"))


def test_x94_xe149_too_many_items_without_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(overlap, "MAX_UNLIMITED_ITEMS", 3)
    trace = Trace()
    graph = failing_on(set(), trace)
    for handling in ("raise", "continue"):
        options: dict[str, Any] = {"map_over": "x", "error_handling": handling}
        with pytest.raises(ValueError, match=r"Too many map tasks.*4.*max_concurrency"):
            finished(RUNNER.map(graph, x=[1, 2, 3, 4], **options))
    assert trace.calls == []
    assert len(finished(RUNNER.map(graph, x=[1, 2, 3], map_over="x"))) == 3
    limited = RUNNER.map(graph, x=[1, 2, 3, 4], map_over="x", max_concurrency=2)
    assert len(finished(limited)) == 4


def test_x94_the_threshold_is_ten_thousand() -> None:
    assert overlap.MAX_UNLIMITED_ITEMS == 10_000


@pytest.mark.parametrize("handling", ["raise", "continue"])
def test_k14_x98_a_mapped_node_is_held_to_the_same_threshold(
    handling: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """K14: a limit of the outer run, which the mapped node inherits, lifts the threshold."""
    monkeypatch.setattr(overlap, "MAX_UNLIMITED_ITEMS", 3)
    trace = Trace()
    inner = failing_on(set(), trace).as_node().map_over("x", error_handling=handling)
    graph = Graph([inner])
    result = finished(RUNNER.run(graph, x=[1, 2, 3, 4], error_handling="continue"))
    assert result.status == "failed" and "Too many map tasks" in str(result.error)
    assert trace.calls == []
    limited = finished(RUNNER.run(graph, x=[1, 2, 3, 4], max_concurrency=2))
    assert limited["y"] == [10, 20, 30, 40]


@pytest.mark.parametrize("limit", [None, 1, 2])
def test_x98_xe155_a_mapped_node_raises_the_first_failure_in_item_order(limit: Any) -> None:
    inner = failing_on({3, 2}).as_node().map_over("x")
    with pytest.raises(Peculiar) as caught:
        finished(RUNNER.run(Graph([inner]), x=[1, 2, 3], max_concurrency=limit))
    assert caught.value.args == (2,)


@pytest.mark.parametrize("limit", [None, 1, 2])
def test_x98_xe155_a_mapped_node_that_continues_puts_none(limit: Any) -> None:
    inner = failing_on({3}).as_node().map_over("x", error_handling="continue")
    result = finished(RUNNER.run(Graph([inner]), x=[1, 2, 3, 4], max_concurrency=limit))
    assert result.completed
    assert result.values == {"a": [1, 2, None, 4], "y": [10, 20, None, 40]}


def test_x90_xe142_no_items_no_calls() -> None:
    trace = Trace()
    assert finished(RUNNER.map(failing_on(set(), trace), x=[], map_over="x")) == []
    mapped = Graph([failing_on(set(), trace).as_node().map_over("x")])
    assert finished(RUNNER.run(mapped, x=[])).values == {"a": [], "y": []}
    assert trace.calls == []
