"""Failures and cancellation among calls that overlap (section 16)."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import pytest

from hypergraph import END, AsyncRunner, FunctionNode, Graph, NodeEndEvent, node, route
from tests.execution.loops import gate
from tests.execution.overlapping import PATIENCE, finished
from tests.execution.tracing import Trace
from tests.execution.watching import AsyncMemory

RUNNER = AsyncRunner()


class Peculiar(Exception):
    """An exception of the user's own."""


def gives(name: str, after: asyncio.Event | None = None) -> FunctionNode:
    """A node that adds one, when ``after`` has happened."""

    async def work(x: int) -> int:
        if after is not None:
            await asyncio.wait_for(after.wait(), PATIENCE)
        return x + 1

    return node(work, f"{name}_out").with_name(name)


def raises(
    name: str,
    error: BaseException,
    *,
    after: asyncio.Event | None = None,
    sets: asyncio.Event | None = None,
) -> FunctionNode:
    """A node that raises when ``after`` has happened, and tells ``sets`` so."""

    async def burst(x: int) -> int:
        if after is not None:
            await asyncio.wait_for(after.wait(), PATIENCE)
        if sets is not None:
            sets.set()
        raise error

    return node(burst, f"{name}_out").with_name(name)


def at_once(name: str, error: BaseException) -> FunctionNode:
    """A plain function that raises."""

    def burst(x: int) -> int:
        raise error

    return node(burst, f"{name}_out").with_name(name)


@pytest.mark.parametrize("make", [raises, at_once])
@pytest.mark.parametrize("depth", [0, 1, 3])
def test_x10_x76_xe111_the_original_exception_from_any_depth(
    make: Callable[..., FunctionNode], depth: int
) -> None:
    error = Peculiar("as it was")
    graph = Graph([make("bad", error), gives("good")], name="g")
    for level in range(depth):
        graph = Graph([graph.as_node()], name=f"g{level}")
    with pytest.raises(Peculiar) as caught:
        finished(RUNNER.run(graph, x=1))
    assert caught.value is error and error.__cause__ is None


def test_x73_xe116_siblings_go_on_and_their_outputs_are_kept() -> None:
    async def main() -> None:
        failed = asyncio.Event()
        error = Peculiar()
        graph = Graph(
            [raises("bad", error, sets=failed), gives("a", after=failed), gives("b", after=failed)]
        )
        result = await RUNNER.run(graph, x=1, error_handling="continue")
        assert result.status == "failed" and result.error is error
        assert result.values == {"a_out": 2, "b_out": 2}

    finished(main())


def test_x73_xe116_siblings_after_a_plain_function_that_fails_are_called() -> None:
    trace = Trace()
    later = node(trace(lambda x: x), "late").with_name("later")
    graph = Graph([at_once("bad", Peculiar()), gives("a"), later])
    result = finished(RUNNER.run(graph, x=1, error_handling="continue"))
    assert result.values == {"a_out": 2, "late": 1} and len(trace.calls) == 1


def test_x73_siblings_of_plain_functions_only() -> None:
    """X73: all of them are called although none is awaited."""
    trace = Trace()
    one = node(trace(lambda x: x), "one").with_name("one")
    two = node(trace(lambda x: -x), "two").with_name("two")
    graph = Graph([one, at_once("bad", Peculiar()), two])
    result = finished(RUNNER.run(graph, x=1, error_handling="continue"))
    assert result.values == {"one": 1, "two": -1} and len(trace.calls) == 2


def test_x73_xe117_the_error_of_the_first_defined_counts_though_it_comes_later() -> None:
    async def main() -> None:
        early = asyncio.Event()
        first, second = Peculiar("first"), Peculiar("second")
        graph = Graph([raises("a", first, after=early), raises("b", second, sets=early)])
        with pytest.raises(Peculiar) as caught:
            await RUNNER.run(graph, x=1)
        assert caught.value is first

    finished(main())


def test_x71_no_superstep_starts_after_a_failure() -> None:
    trace = Trace()
    after = node(trace(lambda a_out: a_out), "z").with_name("after")
    graph = Graph([gives("a"), raises("bad", Peculiar()), after])
    result = finished(RUNNER.run(graph, x=1, error_handling="continue"))
    assert result.values == {"a_out": 2} and trace.calls == []


def test_x74_xe120_a_failing_nested_graph_gives_nothing_and_its_sibling_all() -> None:
    inner = Graph([gives("good"), raises("bad", Peculiar())], name="inner").as_node()
    result = finished(RUNNER.run(Graph([inner, gives("a")]), x=1, error_handling="continue"))
    assert result.values == {"a_out": 2}


def test_x73_xe68_in_a_loop_the_round_that_fails_is_finished() -> None:
    async def up(n: int) -> int:
        if n == 2:
            raise Peculiar
        return n + 1

    more = route(targets=["up", END])(lambda n: "up").with_name("more")
    result = finished(
        RUNNER.run(Graph([node(up, "n"), more]), n=0, error_handling="continue"),
    )
    assert result.status == "failed" and result.values == {"n": 2}


class Ended(BaseException):
    """Stands for what ends a program; asyncio's own loop ends on the real ones."""


@pytest.mark.parametrize("handling", ["raise", "continue"])
@pytest.mark.parametrize("make", [raises, at_once])
def test_x75_what_is_no_exception_is_never_a_result(
    handling: Any, make: Callable[..., FunctionNode]
) -> None:
    error = Ended()
    graph = Graph([gives("a"), make("bad", error)])
    with pytest.raises(Ended) as caught:
        finished(RUNNER.run(graph, x=1, error_handling=handling))
    assert caught.value is error


@pytest.mark.parametrize("error", [KeyboardInterrupt(), SystemExit(3)], ids=repr)
@pytest.mark.parametrize("handling", ["raise", "continue"])
def test_x75_xe118_leaving_the_program_works(error: BaseException, handling: Any) -> None:
    with pytest.raises(type(error)) as caught:
        asyncio.run(
            RUNNER.run(Graph([at_once("bad", error)]), x=1, error_handling=handling), debug=True
        )
    assert caught.value is error


@pytest.mark.parametrize("handling", ["raise", "continue"])
def test_x75_the_same_in_items_and_mapped_graphs(handling: Any) -> None:
    inner = Graph([raises("bad", Ended())], name="inner")
    with pytest.raises(Ended):
        finished(RUNNER.map(inner, x=[1, 2], map_over="x", error_handling=handling))
    mapped = Graph([inner.as_node().map_over("x", error_handling=handling)])
    with pytest.raises(Ended):
        finished(RUNNER.run(mapped, x=[1, 2], error_handling=handling))


class Waiting:
    """Nodes that wait for ever, and what became of them."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.begun = 0
        self.cancelled = 0
        self.all_begun = asyncio.Event()

    def node(self, name: str) -> FunctionNode:
        async def wait(x: int) -> None:
            self.begun += 1
            if self.begun == self.size:
                self.all_begun.set()
            try:
                await asyncio.Event().wait()
            except asyncio.CancelledError:
                self.cancelled += 1
                raise

        return node(wait, f"{name}_out").with_name(name)


def shapes_of_waiting(kind: str, processor: AsyncMemory) -> tuple[Any, Any]:
    """A state and a run in which its nodes wait."""
    state = Waiting({"alone": 1, "map limited": 2}.get(kind, 3))
    inner = Graph([state.node("a")], name="inner")
    options: dict[str, Any] = {"error_handling": "continue", "event_processors": [processor]}
    run: Coroutine[Any, Any, Any]
    if kind == "siblings":
        run = RUNNER.run(Graph([state.node(one) for one in "abc"]), x=1, **options)
    elif kind == "alone":
        run = RUNNER.run(inner, x=1, **options)
    elif kind == "nested":
        side = Graph([state.node("c")], name="side").as_node()
        outer = Graph([inner.as_node(), state.node("b"), side])
        run = RUNNER.run(outer, x=1, **options)
    elif kind == "mapped":
        run = RUNNER.run(Graph([inner.as_node().map_over("x")]), x=[1, 2, 3], **options)
    elif kind == "beside a loop":
        members = [state.node("burn").with_outputs(burn_out="x"), gate("more", "burn", "x")]
        run = RUNNER.run(
            Graph(
                [*members, state.node("b").with_inputs(x="y"), state.node("c").with_inputs(x="y")]
            ),
            x=1,
            y=2,
            **options,
        )
    elif kind == "limited":
        run = RUNNER.run(
            Graph([state.node(one) for one in "abcdef"]), x=1, max_concurrency=3, **options
        )
    else:
        limit = 2 if kind == "map limited" else None
        items = {"x": [1, 2, 3]}
        run = RUNNER.map(inner, items, map_over="x", max_concurrency=limit, **options)
    return state, run


KINDS = ["alone", "siblings", "nested", "mapped", "map", "map limited", "limited", "beside a loop"]


@pytest.mark.parametrize("kind", KINDS)
def test_x75_xe130_cancelling_the_task_cancels_every_running_node(kind: str) -> None:
    async def main() -> None:
        memory = AsyncMemory()
        state, run = shapes_of_waiting(kind, memory)
        task = asyncio.ensure_future(run)
        await asyncio.wait_for(state.all_begun.wait(), PATIENCE)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert task.cancelled() and state.cancelled == state.begun == state.size
        # Processors have heard of no end but a gate's, and are shut down.
        told = {type(event).__name__ for event in memory.awaited}
        assert told <= {"RunStartEvent", "NodeStartEvent", "NodeEndEvent", "RouteDecisionEvent"}
        ended = [one for one in memory.awaited if isinstance(one, NodeEndEvent)]
        assert all(one.node_name == "more" for one in ended)
        assert memory.ends == ["awaited"]

    finished(main())


@pytest.mark.parametrize("handling", ["raise", "continue"])
def test_x75_a_node_that_raises_cancelled_error_cancels_the_run(handling: Any) -> None:
    async def main() -> None:
        graph = Graph([raises("bad", asyncio.CancelledError()), gives("a")])
        with pytest.raises(asyncio.CancelledError):
            await RUNNER.run(graph, x=1, error_handling=handling)

    finished(main())


def test_x73_a_sibling_that_catches_its_cancellation_is_waited_for() -> None:
    """X75: nothing of a cancelled run is still executing when the caller learns of it."""

    async def main() -> None:
        begun, tidied = asyncio.Event(), Trace()

        async def careful(x: int) -> None:
            begun.set()
            try:
                await asyncio.Event().wait()
            finally:
                for _ in range(5):
                    await asyncio.sleep(0)
                tidied.calls.append("tidied")

        graph = Graph([node(careful, "y"), gives("a"), gives("b")])
        task = asyncio.ensure_future(RUNNER.run(graph, x=1))
        await asyncio.wait_for(begun.wait(), PATIENCE)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert tidied.calls == ["tidied"]

    finished(main())
