"""What the asyncio runner does with functions of every kind, and what overlaps (10, 12)."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any

import pytest

from hypergraph import END, AsyncRunner, FunctionNode, Graph, SyncRunner, ifelse, node, route
from tests.execution.overlapping import PATIENCE, Meeting, finished
from tests.execution.tracing import Trace

RUNNER = AsyncRunner()


def values_of(graph: Graph, **inputs: Any) -> dict[str, Any]:
    """The outputs of a run that completes."""
    result = finished(RUNNER.run(graph, **inputs))
    assert result.completed
    return dict(result.values)


def plain(x: int) -> Any:
    return [x, x + 1]


def generating(x: int) -> Iterator[int]:
    yield x
    yield x + 1


async def awaited(x: int) -> Any:
    await asyncio.sleep(0)
    return [x, x + 1]


async def generating_async(x: int) -> AsyncIterator[int]:
    yield x
    await asyncio.sleep(0)
    yield x + 1


def giving_coroutine(x: int) -> Any:
    return awaited(x)


KINDS = [plain, generating, awaited, generating_async, giving_coroutine]


@pytest.mark.parametrize("method", ["run", "map"])
def test_x8_arun_and_amap_are_run_and_map(method: str) -> None:
    alias, original = getattr(AsyncRunner, "a" + method), getattr(AsyncRunner, method)
    assert inspect.signature(alias) == inspect.signature(original) and alias.__doc__
    assert inspect.iscoroutinefunction(alias)


def test_x8_the_aliases_do_what_the_originals_do() -> None:
    graph = Graph([node(awaited, "y")])
    assert finished(RUNNER.arun(graph, x=1)).values == {"y": [1, 2]}
    results = finished(RUNNER.amap(graph, {"x": [1, 2]}, map_over="x"))
    assert [one["y"] for one in results] == [[1, 2], [2, 3]]


@pytest.mark.parametrize("function", KINDS, ids=lambda one: str(one.__name__))
def test_x66_xe122_every_kind_of_function(function: Callable[..., Any]) -> None:
    assert values_of(Graph([node(function, "y")]), x=1) == {"y": [1, 2]}


@pytest.mark.parametrize("function", KINDS, ids=lambda one: str(one.__name__))
def test_x66_x65_two_outputs_of_every_kind(function: Callable[..., Any]) -> None:
    assert values_of(Graph([node(function, ("a", "b"))]), x=1) == {"a": 1, "b": 2}


@pytest.mark.parametrize("function", KINDS, ids=lambda one: str(one.__name__))
def test_x66_every_kind_as_one_of_several_siblings(function: Callable[..., Any]) -> None:
    graph = Graph([node(function, "y"), node(awaited, "z").with_name("other")])
    assert values_of(graph, x=1) == {"y": [1, 2], "z": [1, 2]}


@pytest.mark.parametrize("function", KINDS, ids=lambda one: str(one.__name__))
def test_x66_every_kind_under_a_limit(function: Callable[..., Any]) -> None:
    graph = Graph([node(function, "y"), node(function, ("a", "b")).with_name("other")])
    result = finished(RUNNER.run(graph, x=1, max_concurrency=1))
    assert result.values == {"y": [1, 2], "a": 1, "b": 2}


def test_xe122_mixed_kinds_in_one_chain() -> None:
    first = node(awaited, "a").with_inputs(x="s")
    second = node(lambda a: sum(a), "b").with_name("second")
    third = node(generating_async, "c").with_inputs(x="b")
    assert values_of(Graph([third, second, first]), s=1) == {"c": [3, 4], "b": 3, "a": [1, 2]}


@pytest.mark.parametrize("factory", [generating, generating_async])
def test_k20_x66_a_generator_object_that_a_plain_function_returns_is_stored(
    factory: Callable[..., Any],
) -> None:
    stored = values_of(Graph([node(lambda x: factory(x), "y").with_name("give")]), x=1)["y"]
    assert type(stored) is type(factory(1))


def test_k20_x66_another_awaitable_that_a_plain_function_returns_is_stored() -> None:
    async def main() -> None:
        future: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        graph = Graph([node(lambda x: future, "y").with_name("give")])
        assert (await RUNNER.run(graph, x=1))["y"] is future

    finished(main())


@pytest.mark.parametrize("function", [generating, generating_async])
def test_xe129_a_generator_without_items_gives_an_empty_list(
    function: Callable[..., Any],
) -> None:
    def nothing(x: int) -> Iterator[int]:
        yield from ()

    async def nothing_async(x: int) -> AsyncIterator[int]:
        for item in nothing(x):
            yield item

    empty = nothing if function is generating else nothing_async
    graph = Graph([node(empty, "none").with_name("empty"), node(function, "some")])
    assert values_of(graph, x=5) == {"none": [], "some": [5, 6]}


def test_x54_siblings_start_in_definition_order_and_all_finish() -> None:
    trace = Trace()

    async def main() -> dict[str, Any]:
        meeting = Meeting(3)

        def sibling(name: str) -> FunctionNode:
            async def work(x: int) -> Any:
                return await meeting.attend(name)

            work.__name__ = name
            return node(output_name=f"{name}_out")(trace(work))

        graph = Graph([sibling("c"), sibling("a"), sibling("b")])
        return dict((await RUNNER.run(graph, x=1)).values)

    assert finished(main()) == {"c_out": "c", "a_out": "a", "b_out": "b"}
    assert trace.names == ["c", "a", "b"]


def test_x54_outputs_come_in_definition_order_not_as_they_come() -> None:
    async def main() -> Any:
        done = asyncio.Event()

        async def slow(x: int) -> str:
            await done.wait()
            return "slow"

        async def fast(x: int) -> str:
            done.set()
            return "fast"

        graph = Graph([node(slow, "y"), node(fast, "z")])
        return list((await RUNNER.run(graph, x=1)).items())

    assert finished(main()) == [("y", "slow"), ("z", "fast")]


def test_xe123_xe126_x80_four_independent_nodes_are_all_executing_at_once() -> None:
    async def main() -> dict[str, Any]:
        meeting = Meeting(4)

        def sibling(name: str) -> FunctionNode:
            async def work(x: int) -> Any:
                return await meeting.attend(x)

            return node(work, name).with_name(f"make_{name}")

        return dict((await RUNNER.run(Graph([sibling(n) for n in "abcd"]), x=1)).values)

    assert finished(main()) == {"a": 1, "b": 1, "c": 1, "d": 1}


def test_xe44_disconnected_parts_overlap() -> None:
    async def main() -> dict[str, Any]:
        meeting = Meeting(2)

        async def left(p: int) -> Any:
            return await meeting.attend(p)

        async def right(q: int) -> Any:
            return await meeting.attend(q)

        after = node(lambda left: left + 1, "m").with_name("after")
        graph = Graph([node(left, "left").with_name("one"), node(right, "r"), after])
        return dict((await RUNNER.run(graph, p=1, q=2)).values)

    assert finished(main()) == {"left": 1, "r": 2, "m": 2}


def test_xe123_items_and_mapped_items_overlap() -> None:
    async def main() -> None:
        meeting = Meeting(3)

        async def work(x: int) -> Any:
            return await meeting.attend(x)

        inner = Graph([node(work, "y")], name="inner")
        results = await RUNNER.map(inner, x=[1, 2, 3], map_over="x")
        assert [one["y"] for one in results] == [1, 2, 3]
        meeting.present = 0
        meeting.complete.clear()
        outer = Graph([inner.as_node().map_over("x")])
        assert (await RUNNER.run(outer, x=[1, 2, 3]))["y"] == [1, 2, 3]

    finished(main())


def test_x56_no_member_of_a_round_sees_what_another_writes() -> None:
    """X56: also when the other one ended long before."""
    trace = Trace()

    async def main() -> None:
        done = asyncio.Event()

        async def up(lo: int, hi: int) -> int:
            done.set()
            return min(lo + 1, 2)

        async def down(hi: int, lo: int) -> int:
            await asyncio.wait_for(done.wait(), PATIENCE)
            return hi

        graph = Graph([node(trace(up), "hi"), node(trace(down), "lo")])
        await RUNNER.run(graph, lo=0, hi=0, entrypoint="up")

    finished(main())
    assert trace.calls[:2] == ["up(0, 0)", "down(0, 0)"]


@pytest.mark.parametrize("x", [1, -1])
def test_xe86_gates_choose_among_async_targets(x: int) -> None:
    gate = ifelse(when_true="good", when_false="bad")(lambda x: x > 0).with_name("gate")

    async def good(x: int) -> str:
        return "good"

    async def bad(x: int) -> str:
        return "bad"

    graph = Graph([gate, node(good, "word"), node(bad, "word")])
    assert values_of(graph, x=x) == {"word": "good" if x > 0 else "bad"}


@pytest.mark.parametrize("start", [0, 2, 5])
def test_xe86_a_gated_loop_takes_the_same_rounds_as_under_the_sync_runner(start: int) -> None:
    plain_trace, async_trace = Trace(), Trace()

    def step(n: int) -> int:
        return n + 1

    async def step_async(n: int) -> int:
        return n + 1

    def graph(function: Callable[..., Any]) -> Graph:
        more = route(targets=["step", END])(lambda n: "step" if n < 3 else END).with_name("more")
        return Graph([node(function, "n").with_name("step"), more])

    expected = SyncRunner().run(graph(plain_trace(step)), n=start).values
    assert values_of(graph(async_trace(step_async)), n=start) == expected
    assert async_trace.count("step_async") == plain_trace.count("step")


def test_xe86_several_targets_overlap() -> None:
    async def main() -> dict[str, Any]:
        meeting = Meeting(2)

        def target(name: str) -> FunctionNode:
            async def work(x: int) -> Any:
                return await meeting.attend(name)

            return node(work, f"{name}_out").with_name(name)

        gate = route(targets=["a", "b", "c"], multi_target=True)(lambda x: ["a", "c"])
        graph = Graph([gate.with_name("gate"), *[target(name) for name in "abc"]])
        return dict((await RUNNER.run(graph, x=1)).values)

    assert finished(main()) == {"a_out": "a", "c_out": "c"}


def test_xe110_entry_points_leave_out_what_is_upstream() -> None:
    trace = Trace()

    async def first(s: int) -> int:
        return s

    async def second(x: int) -> int:
        return x + 1

    async def third(y: int) -> int:
        return y + 1

    nodes = [node(trace(f), o) for f, o in ((first, "x"), (second, "y"), (third, "z"))]
    graph = Graph(nodes)
    assert values_of(graph.with_entrypoint("second"), x=5) == {"x": 5, "y": 6, "z": 7}
    assert trace.names == ["second", "third"]
    assert values_of(graph, s=1) == {"x": 1, "y": 2, "z": 3}


def test_xe40_a_sync_graph_with_every_feature_runs() -> None:
    """XE40: also with a gate, a signal, a nested graph and a map in it."""
    gate = ifelse(when_true="one", when_false="two")(lambda x: x > 0).with_name("gate")
    one = node(lambda x: x, "y", emit="done").with_name("one")
    two = node(lambda x: -x, "y", emit="done").with_name("two")
    last = node(lambda k: k, "z", wait_for="done").with_name("last")
    inner = Graph([node(lambda m: m + 1, "w").with_name("inc")], name="inner")
    graph = Graph([gate, one, two, last, inner.as_node().map_over("m")])
    inputs: dict[str, Any] = {"x": -3, "k": 9, "m": [1, 2]}
    assert values_of(graph, **inputs) == SyncRunner().run(graph, inputs).values
