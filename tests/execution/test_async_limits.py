"""How many calls execute at once (section 17)."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from typing import Any

import pytest

from hypergraph import (
    END,
    AsyncRunner,
    FunctionNode,
    Graph,
    interrupt,
    node,
    route,
)
from tests.execution.overlapping import Gauge, finished
from tests.execution.tracing import Trace

RUNNER = AsyncRunner()


def holding(name: str, gauge: Gauge, reads: str = "x") -> FunctionNode:
    """A node that gives its input when others had the chance to begin."""

    async def work(value: int) -> Any:
        return await gauge.hold(value)

    return node(work, f"{name}_out").with_name(name).with_inputs(value=reads)


def siblings(count: int, gauge: Gauge) -> Graph:
    """Nodes that do not depend on each other."""
    return Graph([holding(f"n{number}", gauge) for number in range(count)], name="many")


@pytest.mark.parametrize("limit", [1, 2, 3, 5])
def test_x77_at_most_so_many_siblings_execute_at_once(limit: int) -> None:
    gauge = Gauge()
    result = finished(RUNNER.run(siblings(4, gauge), x=7, max_concurrency=limit))
    assert set(result.values.values()) == {7} and gauge.calls == 4
    assert gauge.most == min(limit, 4)


def test_x78_xe126_without_a_limit_all_execute_at_once() -> None:
    gauge = Gauge()
    finished(RUNNER.run(siblings(4, gauge), x=7, max_concurrency=None))
    assert gauge.most == 4


@pytest.mark.parametrize("depth", [1, 3])
def test_x77_xe124_calls_in_nested_graphs_are_counted_with_the_rest(depth: int) -> None:
    gauge = Gauge()
    graph = siblings(2, gauge)
    for level in range(depth):
        graph = Graph([graph.as_node(), holding(f"up{level}", gauge)], name=f"g{level}")
    result = finished(RUNNER.run(graph, x=1, max_concurrency=1))
    assert gauge.most == 1 and gauge.calls == 2 + depth == len(result.values)


def test_x77_x101_xe124_items_of_a_mapped_graph_are_counted() -> None:
    gauge = Gauge()
    inner = siblings(2, gauge).as_node().map_over("x")
    result = finished(RUNNER.run(Graph([inner]), x=[1, 2, 3], max_concurrency=1))
    assert result.values == {"n0_out": [1, 2, 3], "n1_out": [1, 2, 3]}
    assert gauge.most == 1 and gauge.calls == 6


def test_x101_without_a_limit_the_items_of_a_mapped_graph_start_together() -> None:
    gauge = Gauge()
    finished(RUNNER.run(Graph([siblings(2, gauge).as_node().map_over("x")]), x=[1, 2, 3]))
    assert gauge.most == 6


def test_x77_xe124_items_of_a_map_are_counted() -> None:
    gauge = Gauge()
    graph = siblings(2, gauge)
    results = finished(RUNNER.map(graph, x=[1, 2, 3], map_over="x", max_concurrency=1))
    assert [one["n1_out"] for one in results] == [1, 2, 3] and gauge.most == 1


def test_x93_xe125_five_items_two_at_a_time_in_item_order() -> None:
    gauge = Gauge()
    graph = Graph([holding("a", gauge)])
    results = finished(RUNNER.map(graph, x=[*range(5)], map_over="x", max_concurrency=2))
    assert [one["a_out"] for one in results] == [0, 1, 2, 3, 4] and gauge.most == 2


@pytest.mark.parametrize("items", [[], [7], [7, 8, 9]])
def test_x77_xe127_a_limit_of_one_cannot_deadlock(items: list[int]) -> None:
    gauge = Gauge()
    inner = Graph([holding("a", gauge), holding("b", gauge, "a_out")], name="inner")
    middle = Graph([inner.as_node(), holding("c", gauge, "b_out")], name="middle")
    outer = Graph([middle.as_node().map_over("x"), holding("d", gauge, "c_out")])
    result = finished(RUNNER.run(outer, x=items, max_concurrency=1))
    assert result["d_out"] == items and gauge.most == 1 and gauge.calls == 3 * len(items) + 1


def test_x77_xe128_two_mapped_graphs_side_by_side_share_the_limit() -> None:
    gauge = Gauge()
    one = Graph([holding("a", gauge)], name="one").as_node().map_over("x")
    two = Graph([holding("b", gauge)], name="two").as_node().map_over("x")
    result = finished(RUNNER.run(Graph([one, two]), x=[1, 2], max_concurrency=1))
    assert result.values == {"a_out": [1, 2], "b_out": [1, 2]} and gauge.most == 1


def test_x78_a_map_inside_a_map_keeps_the_outer_limit() -> None:
    gauge = Gauge()
    inner = Graph([holding("a", gauge)], name="inner").as_node().map_over("x")
    graph = Graph([inner])
    items = [[1, 2], [3, 4]]
    results = finished(RUNNER.map(graph, x=items, map_over="x", max_concurrency=3))
    assert [one["a_out"] for one in results] == items and 1 < gauge.most <= 3


def test_x78_limits_given_further_in_are_ignored() -> None:
    gauge = Gauge()

    async def outer(x: int) -> Any:
        result = await RUNNER.run(siblings(4, gauge), x=x, max_concurrency=4)
        return len(result.values)

    one = Graph([node(outer, "n").with_name("one")])
    assert finished(RUNNER.run(one, x=1, max_concurrency=1))["n"] == 4
    assert gauge.calls == 4


def test_x78_a_limit_is_lifted_when_the_call_that_set_it_ends() -> None:
    async def main() -> list[int]:
        most = []
        for limit in (1, None, 2, None):
            gauge = Gauge()
            await RUNNER.run(siblings(3, gauge), x=1, max_concurrency=limit)
            most.append(gauge.most)
        return most

    assert finished(main()) == [1, 3, 2, 3]


@pytest.mark.parametrize("handling", ["raise", "continue"])
def test_x78_a_limit_is_lifted_after_a_failure_and_slots_are_given_back(handling: Any) -> None:
    async def main() -> int:
        async def burst(x: int) -> None:
            raise ValueError(x)

        bad = [node(burst, f"y{number}").with_name(f"bad{number}") for number in range(3)]
        with contextlib.suppress(ValueError):
            await RUNNER.run(Graph(bad), x=1, max_concurrency=1, error_handling=handling)
        gauge = Gauge()
        await RUNNER.run(siblings(3, gauge), x=1)
        return gauge.most

    assert finished(main()) == 3


def test_x78_runs_side_by_side_have_limits_of_their_own() -> None:
    """X7, X78: a limit goes with its own call only."""

    async def main() -> tuple[int, int]:
        tight, loose = Gauge(), Gauge()
        await asyncio.gather(
            RUNNER.run(siblings(3, tight), x=1, max_concurrency=1),
            RUNNER.run(siblings(3, loose), x=1),
        )
        return tight.most, loose.most

    assert finished(main()) == (1, 3)


def test_x79_a_slot_is_held_until_a_generator_is_exhausted() -> None:
    gauge = Gauge()

    def generating(name: str) -> FunctionNode:
        async def items(x: int) -> AsyncIterator[int]:
            for number in range(3):
                gauge.now += 1
                gauge.most = max(gauge.most, gauge.now)
                await asyncio.sleep(0)
                yield number
            gauge.now -= 3

        return node(items, f"{name}_out").with_name(name)

    graph = Graph([generating("a"), generating("b"), holding("c", Gauge())])
    result = finished(RUNNER.run(graph, x=1, max_concurrency=1))
    assert result["a_out"] == result["b_out"] == [0, 1, 2] and gauge.most == 3


def test_x80_plain_functions_do_not_overlap() -> None:
    trace: list[str] = []

    def plain(name: str) -> FunctionNode:
        def work(x: int) -> int:
            trace.append(f"{name} begins")
            trace.append(f"{name} ends")
            return x

        return node(work, f"{name}_out").with_name(name)

    finished(RUNNER.run(Graph([plain("a"), plain("b")]), x=1))
    assert trace == ["a begins", "a ends", "b begins", "b ends"]


@pytest.mark.parametrize("inside", [None, 1])
def test_k35_x81_a_node_that_awaits_a_run_keeps_its_slot_and_needs_no_second(inside: Any) -> None:
    gauge = Gauge()

    async def driver(x: int) -> Any:
        result = await RUNNER.run(Graph([holding("a", gauge)]), x=x, max_concurrency=inside)
        return await gauge.hold(result["a_out"])

    graph = Graph([node(driver, "p").with_name("one"), node(driver, "q").with_name("two")])
    result = finished(RUNNER.run(graph, x=5, max_concurrency=1))
    assert result.values == {"p": 5, "q": 5} and gauge.most == 1 and gauge.calls == 4


@pytest.mark.parametrize("limit", [0, -1])
def test_k15_x82_a_limit_below_one_is_refused_before_anything_runs(limit: int) -> None:
    trace = Trace()
    graph = Graph([node(trace(lambda x: x), "y").with_name("one")])
    for handling in ("raise", "continue"):
        options: dict[str, Any] = {"max_concurrency": limit, "error_handling": handling}
        with pytest.raises(ValueError, match="max_concurrency"):
            finished(RUNNER.run(graph, x=1, **options))
        with pytest.raises(ValueError, match="max_concurrency"):
            finished(RUNNER.map(graph, x=[1], map_over="x", **options))
    assert trace.calls == []


def test_x77_x117_interrupt_handlers_hold_no_slot() -> None:
    """X117: a handler may itself run a graph under a limit of one."""
    gauge = Gauge()

    @interrupt("verdict")
    async def ask(x: int) -> Any:
        result = await RUNNER.run(siblings(3, gauge), x=x)
        return len(result.values)

    result = finished(RUNNER.run(Graph([ask]), x=1, max_concurrency=1))
    assert result.values == {"verdict": 3} and gauge.most == 1


def test_x77_a_loop_under_a_limit() -> None:
    gauge = Gauge()
    more = route(targets=["up", END])(lambda n: "up" if n < 3 else END).with_name("more")

    async def up(n: int) -> int:
        await gauge.hold()
        return n + 1

    graph = Graph([node(up, "n"), more, holding("a", gauge), holding("b", gauge)])
    result = finished(RUNNER.run(graph, n=0, x=5, max_concurrency=1))
    assert result.values == {"n": 3, "a_out": 5, "b_out": 5} and gauge.most == 1


@pytest.mark.parametrize("kind", ["chain", "wide", "mapped graph"])
def test_x93_ten_thousand_items_never_hold_more_tasks_than_the_limit_needs(kind: str) -> None:
    """A worker per slot, and the tasks of the calls that overlap in the items at work."""
    most = 0

    async def work(x: int) -> int:
        nonlocal most
        await asyncio.sleep(0)
        if x % 50 == 0:
            most = max(most, len(asyncio.all_tasks()))
        return x

    width = 3 if kind == "wide" else 1
    one = Graph([node(work, f"y{at}").with_name(f"n{at}") for at in range(width)], name="one")
    items = {"x": [*range(10_000)]}

    async def main() -> int:
        if kind == "mapped graph":
            mapped = Graph([one.as_node().map_over("x")])
            return len((await RUNNER.run(mapped, items, max_concurrency=5))["y0"])
        return len(await RUNNER.map(one, items, map_over="x", max_concurrency=5))

    assert asyncio.run(main()) == 10_000
    assert 5 <= most <= 5 * (1 + (width if width > 1 else 0)) + 2
