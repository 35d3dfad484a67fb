"""What a runner can execute at all (section 6.2)."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from hypergraph import (
    AsyncRunner,
    FunctionNode,
    Graph,
    IncompatibleRunnerError,
    RunnerCapabilities,
    SyncRunner,
    interrupt,
    node,
    route,
)
from tests.execution.tracing import Trace, explains, says

RUNNER = SyncRunner()


@node(output_name="page")
async def fetch(url: str) -> str:
    return url


@node(output_name="short")
def cut(page: str) -> str:
    return page[:3]


@interrupt(output_name="verdict")
def sign_off(page: str) -> None:
    return None


class Special(FunctionNode):
    """A node of the user's own."""


def test_x20_xe38_async_nodes_are_refused_by_the_sync_runner() -> None:
    with pytest.raises(IncompatibleRunnerError) as caught:
        RUNNER.run(Graph([cut, fetch]), url="x")
    error = caught.value
    assert explains(error, "HG301", "async", "'fetch'", "AsyncRunner", where=fetch.func)
    assert (error.capability, error.node_name) == ("supports_async_nodes", "fetch")


def test_x20_xe38_async_nodes_are_found_at_any_depth_before_anything_runs() -> None:
    trace = Trace()

    @node(output_name="url")
    @trace
    def make(seed: int) -> str:
        return str(seed)

    inner = Graph([fetch], name="loader")
    outer = Graph([make, Graph([inner.as_node()], name="shelf").as_node()])
    with pytest.raises(IncompatibleRunnerError) as caught:
        RUNNER.run(outer, seed=1)
    assert (caught.value.node_name, caught.value.capability) == ("shelf", "supports_async_nodes")
    assert trace.calls == []


def test_xe39_interrupts_are_refused_by_the_sync_runner() -> None:
    with pytest.raises(IncompatibleRunnerError) as caught:
        RUNNER.run(Graph([sign_off]), page="x")
    error = caught.value
    assert explains(error, "HG302", "InterruptNode", "'sign_off'", "AsyncRunner")
    assert (error.capability, error.node_name) == ("supports_interrupts", "sign_off")


def test_k29_x115_interrupts_are_found_at_any_depth_before_anything_runs() -> None:
    trace = Trace()

    @node(output_name="page")
    @trace
    def make(seed: int) -> str:
        return str(seed)

    desk = Graph([sign_off], name="desk")
    outer = Graph([make, Graph([desk.as_node()], name="office").as_node()])
    with pytest.raises(IncompatibleRunnerError) as caught:
        RUNNER.run(outer, {"seed": 1}, error_handling="continue")
    assert (caught.value.node_name, caught.value.capability) == ("office", "supports_interrupts")
    assert trace.calls == []


def test_x17_async_nodes_are_reported_before_interrupts() -> None:
    with pytest.raises(IncompatibleRunnerError) as caught:
        RUNNER.run(Graph([sign_off, fetch]), url="x")
    assert caught.value.capability == "supports_async_nodes"


@pytest.mark.parametrize("method", ["run", "map"])
def test_x19_map_is_refused_like_run(method: str) -> None:
    with pytest.raises(IncompatibleRunnerError) as caught:
        getattr(RUNNER, method)(
            Graph([fetch]), {"url": []}, **({"map_over": "url"} if method == "map" else {})
        )
    assert caught.value.capability == "supports_async_nodes"


@pytest.mark.parametrize("pages", [[], ["x"]])
@pytest.mark.parametrize("handling", ["raise", "continue"])
def test_x19_x95_xe39_x115_a_graph_with_an_interrupt_of_its_own_cannot_be_mapped(
    pages: list[str], handling: Any
) -> None:
    call = AsyncRunner().map(
        Graph([sign_off]), page=pages, map_over="page", error_handling=handling
    )
    with pytest.raises(IncompatibleRunnerError) as caught:
        asyncio.run(call)
    assert says(caught.value, "InterruptNode", "'verdict'", ".map()", "How to fix")
    assert caught.value.capability == "supports_interrupts"


def test_x95_an_interrupt_inside_a_nested_graph_can_be_mapped() -> None:
    outer = Graph([Graph([sign_off], name="desk").as_node()])
    results = asyncio.run(AsyncRunner().map(outer, page=["a", "b"], map_over="page"))
    assert [result.status for result in results] == ["paused", "paused"]


def test_x20_a_runner_without_cycles_refuses_them() -> None:
    class Straight(SyncRunner):
        @property
        def capabilities(self) -> RunnerCapabilities:
            return RunnerCapabilities(supports_cycles=False)

    @node(output_name="n")
    def tick(n: int) -> int:
        return n + 1

    @route(targets=["tick"])
    def more(n: int) -> str | None:
        return "tick" if n < 3 else None

    with pytest.raises(IncompatibleRunnerError) as caught:
        Straight().run(Graph([tick, more]), n=0)
    error = caught.value
    assert says(error, "cycles", "How to fix")
    assert (error.capability, error.node_name) == ("supports_cycles", None)
    assert Straight().run(Graph([cut]), page="abcd")["short"] == "abc"


def test_x21_xe41_a_node_class_of_the_users_own_is_refused() -> None:
    special = Special(lambda x: x, name="odd", output_name="y")
    with pytest.raises(TypeError) as caught:
        RUNNER.run(Graph([special]), x=1)
    assert explains(
        caught.value, "HG303", "does not support node type Special", "'odd'", "FunctionNode"
    )


def test_x84_a_node_class_of_the_users_own_inside_fails_the_graph_node() -> None:
    special = Special(lambda x: x, name="odd", output_name="y")
    outer = Graph([cut, Graph([special], name="inner").as_node()])
    result = RUNNER.run(outer, page="abcd", x=1, error_handling="continue")
    assert result.status == "failed" and result.values == {"short": "abc"}
    assert isinstance(result.error, TypeError) and "Special" in str(result.error)


def test_xe40_the_async_runner_takes_sync_graphs() -> None:
    assert asyncio.run(AsyncRunner().run(Graph([cut]), page="abcd"))["short"] == "abc"
