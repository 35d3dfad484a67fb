"""Runs with a cache: what is looked up, what is kept, and what a hit does (section 22)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from hypergraph import (
    END,
    CacheHitEvent,
    DiskCache,
    FunctionNode,
    Graph,
    InMemoryCache,
    NodeEndEvent,
    NodeStartEvent,
    RunStatus,
    node,
)
from tests.execution.tracing import Trace
from tests.execution.watching import BOTH, Kind, Memory, run, run_map

both = pytest.mark.parametrize("kind", BOTH)


class Broken:
    """A backend whose reads or writes fail."""

    def __init__(self, method: str) -> None:
        self.method = method

    def get(self, key: str) -> tuple[bool, Any]:
        if self.method == "get":
            raise OSError("cannot read")
        return False, None

    def set(self, key: str, value: Any) -> None:
        if self.method == "set":
            raise OSError("cannot write")


def doubling(trace: Trace, **options: Any) -> FunctionNode:
    """A cacheable node that says when it is called."""

    @trace
    def double(x: Any, times: Any = 2) -> Any:
        return x * times

    return FunctionNode(double, output_name="y", cache=True, **options)


@both
def test_xe175_equal_inputs_are_looked_up_instead_of_calling(kind: Kind) -> None:
    """X118, X122: in whatever order they are given."""
    trace, cache = Trace(), InMemoryCache()
    graph = Graph([doubling(trace)])
    results = [
        run(kind, graph, values, cache=cache).values
        for values in ({"x": 3, "times": 4}, {"times": 4, "x": 3})
    ]
    assert results == [{"y": 12}] * 2 and len(trace.calls) == 1


@both
def test_xe175_without_a_backend_or_a_declaration_every_run_calls(kind: Kind) -> None:
    trace, cache = Trace(), InMemoryCache()
    declared = doubling(trace)
    plain = node(trace(lambda x: x), output_name="z").with_name("plain")
    for _ in range(2):
        run(kind, Graph([declared]), {"x": 1})
        run(kind, Graph([plain]), {"x": 1}, cache=cache)
    assert len(trace.calls) == 4


@both
def test_xe176_different_inputs_bindings_and_bodies_are_different_entries(kind: Kind) -> None:
    trace, cache = Trace(), InMemoryCache()
    graph = Graph([doubling(trace)])

    @node(output_name="y", cache=True)
    def halve(x: Any, times: Any = 2) -> Any:
        return x / times

    found = [
        run(kind, one, values, cache=cache)["y"]
        for one, values in (
            (graph, {"x": 2, "times": 3}),
            (graph, {"x": 3, "times": 3}),
            (graph.bind(times=5), {"x": 2}),
            (Graph([halve]), {"x": 2, "times": 4}),
        )
    ]
    assert found == [6, 9, 10, 0.5] and len(trace.calls) == 3


@both
def test_xe176_swapped_values_are_different_inputs(kind: Kind) -> None:
    cache = InMemoryCache()

    @node(output_name="d", cache=True)
    def minus(a: int, b: int) -> int:
        return a - b

    swapped = [
        run(kind, Graph([minus]), {"a": a, "b": b}, cache=cache)["d"] for a, b in ((5, 3), (3, 5))
    ]
    assert swapped == [2, -2]


@both
def test_x119_a_default_and_the_same_value_given_are_one_entry(kind: Kind) -> None:
    trace, cache = Trace(), InMemoryCache()
    graph = Graph([doubling(trace)])
    for one, values in (
        (graph, {"x": 1}),
        (graph, {"x": 1, "times": 2}),
        (graph.bind(times=2), {"x": 1}),
    ):
        assert run(kind, one, values, cache=cache)["y"] == 2
    assert len(trace.calls) == 1


@both
def test_xe178_a_function_shares_its_entries_across_graphs_and_names(kind: Kind) -> None:
    """K4: what is kept does not depend on what its outputs are called."""
    trace, cache = Trace(), InMemoryCache()
    double = doubling(trace)
    renamed = double.with_name("other").with_outputs(y="z")
    assert run(kind, Graph([double]), {"x": 1}, cache=cache)["y"] == 2
    assert run(kind, Graph([renamed]), {"x": 1}, cache=cache)["z"] == 2
    assert len(trace.calls) == 1


@both
def test_k4_one_output_and_several_share_what_the_function_gave(kind: Kind) -> None:
    calls: list[int] = []

    def pair(x: int) -> tuple[int, int]:
        calls.append(x)
        return x, x + 1

    cache = InMemoryCache()
    whole = FunctionNode(pair, output_name="both", cache=True)
    parts = FunctionNode(pair, output_name=("low", "high"), cache=True)
    assert run(kind, Graph([whole]), {"x": 1}, cache=cache)["both"] == (1, 2)
    assert run(kind, Graph([parts]), {"x": 1}, cache=cache).values == {"low": 1, "high": 2}
    assert calls == [1]


@both
def test_xe179_the_list_of_a_generator_is_kept(kind: Kind) -> None:
    trace, cache = Trace(), InMemoryCache()

    @node(output_name="items", cache=True)
    def count(n: int) -> Any:
        trace.calls.append(f"count({n})")
        yield from range(n)

    for _ in range(2):
        assert run(kind, Graph([count]), {"n": 3}, cache=cache)["items"] == [0, 1, 2]
    assert trace.calls == ["count(3)"]


def test_xe179_what_async_functions_give_is_kept() -> None:
    """X66: the awaited value, and the list of an async generator."""
    calls: list[str] = []

    @node(output_name="a", cache=True)
    async def fetch(x: int) -> int:
        calls.append("fetch")
        return x

    @node(output_name="b", cache=True)
    async def stream(a: int) -> Any:
        calls.append("stream")
        yield a

    cache = InMemoryCache()
    for _ in range(2):
        result = run("async", Graph([fetch, stream]), {"x": 1}, cache=cache, max_concurrency=1)
        assert result.values == {"a": 1, "b": [1]}
    assert calls == ["fetch", "stream"]


@both
def test_xe181_a_failed_call_is_not_kept(kind: Kind) -> None:
    """X123: nor is a result that does not fit the outputs."""
    calls: list[int] = []

    @node(output_name=("a", "b"), cache=True)
    def pair(x: int) -> Any:
        calls.append(x)
        return (x,) if len(calls) == 1 else (x, x)

    cache = InMemoryCache()
    graph = Graph([pair])
    with pytest.raises(ValueError, match="pair"):
        run(kind, graph, {"x": 1}, cache=cache)
    assert run(kind, graph, {"x": 1}, cache=cache).values == {"a": 1, "b": 1}
    assert calls == [1, 1]


@both
def test_xe182_inputs_that_cannot_be_pickled_are_not_looked_up(
    kind: Kind, caplog: pytest.LogCaptureFixture
) -> None:
    """X120, X150: each call happens, and a warning is logged."""
    cache = InMemoryCache()
    calls: list[int] = []

    @node(output_name="z", cache=True)
    def apply(func: Any) -> int:
        calls.append(1)
        return int(func())

    for _ in range(2):
        assert run(kind, Graph([apply]), {"func": lambda: 3}, cache=cache)["z"] == 3
    assert len(calls) == 2
    assert {one.name for one in caplog.records} == {"hypergraph.cache"}


@both
def test_xe184_nodes_inside_nested_graphs_use_the_same_cache(kind: Kind) -> None:
    """X118: with a graph-level selection as well."""
    trace, cache = Trace(), InMemoryCache()
    inner = Graph([doubling(trace)], name="inner").select("y")
    outer = Graph([inner.as_node()], name="outer")
    for graph in (outer, outer, inner):
        assert run(kind, graph, {"x": 2}, cache=cache)["y"] == 4
    assert len(trace.calls) == 1


@pytest.mark.parametrize("on_error", ["raise", "continue"])
def test_xe177_equal_items_of_a_mapped_node_call_once(on_error: Any) -> None:
    """X118: and so do those of ``map``."""
    trace, cache = Trace(), InMemoryCache()
    inner = Graph([doubling(trace)], name="inner")
    mapped = inner.as_node().map_over("x", error_handling=on_error)
    result = run("sync", Graph([mapped]), {"x": [1, 1, 1]}, cache=cache)
    assert result["y"] == [2, 2, 2] and len(trace.calls) == 1
    results = run_map("sync", inner, {"x": [1, 5, 5]}, cache=cache, map_over="x")
    assert [one["y"] for one in results] == [2, 10, 10] and len(trace.calls) == 2


def test_x127_equal_calls_in_flight_all_execute() -> None:
    trace, cache = Trace(), InMemoryCache()

    @node(output_name="y", cache=True)
    async def slow(x: int) -> int:
        import asyncio

        trace.calls.append("slow")
        await asyncio.sleep(0)
        return x

    run_map("async", Graph([slow]), {"x": [1, 1]}, cache=cache, map_over="x")
    assert len(trace.calls) == 2
    run_map("async", Graph([slow]), {"x": [1, 1]}, cache=cache, map_over="x")
    assert len(trace.calls) == 2


@both
def test_x124_a_read_that_fails_fails_the_run_before_the_node_starts(kind: Kind) -> None:
    memory = Memory()
    graph = Graph([doubling(Trace())], name="g")
    options: dict[str, Any] = {"cache": Broken("get"), "error_handling": "continue"}
    result = run(kind, graph, {"x": 1}, memory, **options)
    assert result.status is RunStatus.FAILED and str(result.error) == "cannot read"
    assert memory.story == ["RunStart g", "RunEnd g failed"]


@both
def test_x124_a_write_that_fails_fails_the_node(kind: Kind) -> None:
    memory = Memory()
    with pytest.raises(OSError, match="cannot write"):
        run(kind, Graph([doubling(Trace())], name="g"), {"x": 1}, memory, cache=Broken("set"))
    assert memory.story[1:] == ["NodeStart double", "NodeError double", "RunEnd g failed"]


@both
def test_xe195_a_hit_is_told_with_its_key(kind: Kind) -> None:
    """X129, X130: between a start and an end that took no time; a miss is not told."""
    cache, first, second = InMemoryCache(), Memory(), Memory()
    graph = Graph([doubling(Trace())], name="g")
    run(kind, graph, {"x": 1}, first, cache=cache)
    run(kind, graph, {"x": 1}, second, cache=cache)
    assert first.of(CacheHitEvent) == [] and not first.of(NodeEndEvent)[0].cached
    assert second.story[1:-1] == ["NodeStart double", "CacheHit double", "NodeEnd double"]
    (hit,), (end,), (start,) = map(second.of, (CacheHitEvent, NodeEndEvent, NodeStartEvent))
    assert len(hit.cache_key) == 64 and end.cached and end.duration_ms == 0.0
    assert hit.span_id == end.span_id == start.span_id
    assert hit.parent_span_id == second.events[0].span_id


@both
def test_xe185_entries_on_disk_outlive_runners(kind: Kind, tmp_path: Path) -> None:
    """X126, K5: and signals do not come back as values."""
    pytest.importorskip("diskcache")
    trace = Trace()
    consume = node(lambda y: y + 1, output_name="z").with_name("consume")
    late = node(lambda x: x, output_name="w", wait_for="done").with_name("late")
    graph = Graph([doubling(trace, emit="done"), consume, late])
    for _ in range(2):
        cache = DiskCache(str(tmp_path))
        assert run(kind, graph, {"x": 1}, cache=cache).values == {"y": 2, "z": 3, "w": 1}
        assert run(kind, graph, {"x": 5}, cache=cache)["y"] == 10
        cache.close()
    assert len(trace.calls) == 2


@both
def test_x126_outputs_that_cannot_be_pickled_are_not_kept_on_disk(
    kind: Kind, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    pytest.importorskip("diskcache")
    calls: list[int] = []

    @node(output_name="f", cache=True)
    def make(x: int) -> Any:
        calls.append(x)
        return lambda: x

    cache = DiskCache(str(tmp_path))
    for _ in range(2):
        assert run(kind, Graph([make]), {"x": 1}, cache=cache)["f"]() == 1
    cache.close()
    assert calls == [1, 1] and len(caplog.records) == 2


@both
def test_k28_hits_hand_out_the_very_object_that_was_kept(kind: Kind) -> None:
    cache = InMemoryCache()
    make = node(lambda x: [x], output_name="items", cache=True).with_name("make")
    first, second = (run(kind, Graph([make]), {"x": 1}, cache=cache) for _ in range(2))
    assert first["items"] is second["items"]


@both
def test_x59_a_default_is_copied_for_each_call_that_is_made(kind: Kind) -> None:
    class Bag(list[int]):
        pass

    @node(output_name="bag", cache=True)
    def fill(x: int, bag: Any = Bag()) -> Any:  # noqa: B008 - a changeable default
        bag.append(x)
        return bag

    found = [run(kind, Graph([fill]), {"x": x}, Memory())["bag"] for x in (1, 2)]
    assert found == [[1], [2]]


@both
def test_x133_a_cache_alone_makes_no_events(kind: Kind) -> None:
    """XE197: neither does it change what is not cacheable."""
    graph = Graph([node(lambda x: x, output_name="y").with_name("same")], name="g")
    assert run(kind, graph, {"x": END}, cache=InMemoryCache())["y"] is END
