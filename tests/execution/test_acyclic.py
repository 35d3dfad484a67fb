"""Graphs without loops: every node at most once, in dependency order (sections 8 and 10)."""

from __future__ import annotations

from typing import Any

import pytest

from hypergraph import END, FunctionNode, Graph, RunStatus, SyncRunner, ifelse, node, route
from tests.execution.tracing import Trace

RUNNER = SyncRunner()


def traced(trace: Trace) -> dict[str, FunctionNode]:
    """A diamond: ``a`` leads to ``b`` and ``c``, and these to ``d``."""

    @node(output_name="a")
    @trace
    def top(x: int) -> int:
        return x + 1

    @node(output_name="b")
    @trace
    def left(a: int) -> int:
        return a * 10

    @node(output_name="c")
    @trace
    def right(a: int) -> int:
        return a * 100

    @node(output_name="d")
    @trace
    def bottom(b: int, c: int) -> int:
        return b + c

    return {"top": top, "left": left, "right": right, "bottom": bottom}


@pytest.mark.parametrize(
    ("names", "values"),
    [
        (["top"], {"a": 2}),
        (["top", "left"], {"a": 2, "b": 20}),
        (["top", "left", "right"], {"a": 2, "b": 20, "c": 200}),
        (["top", "left", "right", "bottom"], {"a": 2, "b": 20, "c": 200, "d": 220}),
    ],
    ids=["single", "chain", "fan-out", "diamond"],
)
def test_xe42_shapes_of_graphs(names: list[str], values: dict[str, int]) -> None:
    nodes = traced(Trace())
    result = RUNNER.run(Graph([nodes[name] for name in names]), x=1)
    assert result.status is RunStatus.COMPLETED and result.values == values


def test_xe42_fan_in_and_parts_without_a_connection() -> None:
    nodes = traced(Trace())
    assert RUNNER.run(Graph([nodes["bottom"]]), b=1, c=2).values == {"d": 3}
    lone = node(lambda y: -y, "z").with_name("lone")
    assert RUNNER.run(Graph([nodes["top"], lone]), x=1, y=5).values == {"a": 2, "z": -5}


@pytest.mark.parametrize("order", [("bottom", "right", "left", "top"), tuple(traced(Trace()))])
def test_xe43_a_join_runs_once_after_both_branches(order: tuple[str, ...]) -> None:
    trace = Trace()
    nodes = traced(trace)
    RUNNER.run(Graph([nodes[name] for name in order]), x=1)
    assert trace.calls[0] == "top(1)" and trace.calls[-1] == "bottom(20, 200)"
    assert len(trace.calls) == 4


def test_x54_siblings_run_in_definition_order() -> None:
    trace = Trace()
    nodes = traced(trace)
    RUNNER.run(Graph([nodes["right"], nodes["left"], nodes["top"]]), x=1)
    assert trace.names == ["top", "right", "left"]


def test_xe44_disconnected_parts_share_supersteps() -> None:
    """Both first nodes run before both second ones."""
    trace = Trace()

    def part(first: str, second: str) -> list[FunctionNode]:
        def begin(x: int) -> int:
            return x

        def end(x: int) -> int:
            return x

        begin.__name__, end.__name__ = first, second
        return [
            node(output_name=f"{first}_out")(trace(begin)),
            node(output_name=f"{second}_out")(trace(end)).with_inputs(x=f"{first}_out"),
        ]

    graph = Graph([*part("a1", "a2"), *part("b1", "b2")])
    plan = graph.compiled().source
    RUNNER.run(graph, x=1)
    assert trace.names == ["a1", "b1", "a2", "b2"]
    assert plan.count("# superstep") == 2


def test_x56_xe99_siblings_read_the_values_from_before_their_superstep() -> None:
    trace = Trace()

    @node(output_name="state", emit="wrote")
    @trace
    def write(seed: int) -> int:
        return seed + 1

    @node(output_name="seen")
    @trace
    def read(seed: int) -> int:
        return seed

    assert RUNNER.run(Graph([write, read]), seed=1).values == {"state": 2, "seen": 1}
    assert trace.calls == ["write(1)", "read(1)"]


def test_x56_objects_are_shared_between_siblings() -> None:
    push = node(lambda box: box.append(1), "pushed").with_name("push")
    count = node(lambda box: len(box), "size").with_name("count")
    assert RUNNER.run(Graph([push, count]), box=[])["size"] == 1


def test_x65_xe45_a_node_for_its_effect_only() -> None:
    trace = Trace()

    @node
    @trace
    def announce(a: int):  # type: ignore[no-untyped-def]
        return "ignored"

    nodes = traced(trace)
    assert RUNNER.run(Graph([nodes["top"], announce]), x=1).values == {"a": 2}
    assert trace.names == ["top", "announce"]


@pytest.mark.parametrize("value", [None, [], {}, 0, "", False])
def test_xe46_empty_values_flow_like_any(value: Any) -> None:
    give = node(lambda source: source, "given").with_name("give")
    take = node(lambda given: (given,), "taken").with_name("take")
    keep = node(lambda kept=value: (kept,), "default").with_name("keep")
    result = RUNNER.run(Graph([give, take, keep]), source=value)
    assert result.values == {"given": value, "taken": (value,), "default": (value,)}


def test_xe46_lists_with_none_arrive_intact() -> None:
    take = node(lambda items: len(items), "size").with_name("take")
    assert RUNNER.run(Graph([take]), items=[None, None])["size"] == 2


def test_d1_xe47_an_upstream_value_wins_over_a_default() -> None:
    produce = node(lambda: 5, "x").with_name("produce")
    trace = Trace()
    consume = node(output_name="y")(trace(lambda x=0: x + 1)).with_name("consume")
    for nodes in ([consume, produce], [produce, consume]):
        trace.calls.clear()
        assert RUNNER.run(Graph(nodes))["y"] == 6 and len(trace.calls) == 1


def test_d1_k21_the_default_counts_when_no_producer_ran() -> None:
    @ifelse(when_true="produce", when_false=END)
    def wanted(flag: bool) -> bool:
        return flag

    produce = node(lambda: 5, "x").with_name("produce")
    consume = node(lambda x=0: x + 1, "y").with_name("consume")
    graph = Graph([wanted, consume, produce])
    assert RUNNER.run(graph, flag=True)["y"] == 6
    assert RUNNER.run(graph, flag=False)["y"] == 1


def test_x51_what_lacks_a_value_does_not_run_and_what_has_a_fallback_does() -> None:
    @ifelse(when_true="produce", when_false=END)
    def wanted(flag: bool) -> bool:
        return flag

    produce = node(lambda: (5, 6), ("x", "y")).with_name("produce")
    needs = node(lambda x: x, "needed").with_name("needs")
    after = node(lambda needed: needed, "after").with_name("after")
    falls_back = node(lambda y=1: y, "seen").with_name("falls_back")
    result = RUNNER.run(Graph([wanted, produce, needs, after, falls_back]), flag=False)
    assert result.values == {"seen": 1} and result.completed


def test_d4_x53_a_consumer_runs_once_after_the_last_of_ordered_producers() -> None:
    trace = Trace()
    early = node(lambda x: x, "value", emit="early_done").with_name("early")
    late = node(output_name="value", wait_for="early_done")(lambda x: x * 10).with_name("late")
    read = node(output_name="seen")(trace(lambda value: value)).with_name("read")
    result = RUNNER.run(Graph([read, late, early]), x=2)
    assert result.values == {"seen": 20, "value": 20}
    assert trace.calls == ["<lambda>(20)"]


def test_d9_a_join_after_branches_of_unequal_length_has_one_place() -> None:
    trace = Trace()

    @route(targets=["short", "long1"])
    def pick(x: int) -> str:
        return "short" if x > 0 else "long1"

    short = node(output_name="r")(trace(lambda x: x)).with_name("short")
    long1 = node(lambda x: x - 1, "half").with_name("long1")
    long2 = node(lambda half: half, "r").with_name("long2")
    join = node(lambda r: r * 2, "joined").with_name("join")
    graph = Graph([pick, short, long1, long2, join])
    assert (RUNNER.run(graph, x=1)["joined"], RUNNER.run(graph, x=0)["joined"]) == (2, -2)
    assert "# superstep 4" in graph.compiled().source


def test_x32_an_input_nobody_expects_is_no_output() -> None:
    nodes = traced(Trace())
    result = RUNNER.run(Graph([nodes["top"]]), x=1, odd=2, on_internal_override="ignore")
    assert result.values == {"a": 2}


def test_x35_a_run_ends_well_even_if_nothing_could_run() -> None:
    lonely = node(lambda never: never, "out").with_name("lonely")
    result = RUNNER.run(Graph([lonely]), select=[])
    assert result.completed and result.values == {}


def test_d8_k22_xe49_the_limit_is_for_loops_only() -> None:
    chain = [
        node(lambda v: v + 1, f"v{i + 1}").with_name(f"n{i}").with_inputs(v=f"v{i}")
        for i in range(5)
    ]
    assert RUNNER.run(Graph(chain[:3]), v0=0, max_iterations=3)["v3"] == 3
    assert RUNNER.run(Graph(chain), v0=0, max_iterations=1)["v5"] == 5
