"""Events of nested graphs, maps and interrupts: whose span is inside whose (X131, X132, K10)."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from hypergraph import (
    AsyncRunner,
    Graph,
    InterruptEvent,
    NodeErrorEvent,
    NodeStartEvent,
    RunEndEvent,
    RunStartEvent,
    RunStatus,
    interrupt,
    node,
)
from tests.execution.watching import BOTH, Kind, Memory, run, run_map

both = pytest.mark.parametrize("kind", BOTH)


@node(output_name="score")
def rate(item: int) -> int:
    if item < 0:
        raise ValueError(f"cannot rate {item}")
    return item * 10


@interrupt(output_name="verdict")
def sign_off(score: int) -> None:
    return None


RATING = Graph([rate], name="rating")
DESK = Graph([rate, sign_off], name="desk")


def span_of_node(memory: Memory, name: str) -> str:
    (start,) = memory.of(NodeStartEvent, name)
    return str(start.span_id)


@both
def test_xe192_a_nested_run_is_inside_the_span_of_its_graph_node(kind: Kind) -> None:
    memory = Memory()
    result = run(kind, Graph([RATING.as_node(name="inside")], name="outer"), {"item": 1}, memory)
    assert memory.story == [
        "RunStart outer",
        "NodeStart inside",
        "RunStart rating",
        "NodeStart rate",
        "NodeEnd rate",
        "RunEnd rating completed",
        "NodeEnd inside",
        "RunEnd outer completed",
    ]
    outer, inner = memory.of(RunStartEvent)
    assert inner.parent_span_id == span_of_node(memory, "inside")
    assert inner.run_id != outer.run_id == result.run_id
    assert memory.shutdowns == 1


@both
def test_xe192_three_levels_have_three_run_ids(kind: Kind) -> None:
    middle = Graph([RATING.as_node()], name="middle")
    memory = Memory()
    run(kind, Graph([middle.as_node()], name="outer"), {"item": 1}, memory)
    starts = memory.of(RunStartEvent)
    assert [start.graph_name for start in starts] == ["outer", "middle", "rating"]
    assert len({start.run_id for start in starts}) == 3
    ends = [end.run_id for end in memory.of(RunEndEvent)]
    assert ends == [start.run_id for start in reversed(starts)]


@both
def test_xe192_graph_nodes_side_by_side_keep_their_parents_apart(kind: Kind) -> None:
    """X131: also when they run at the same time and their events mix."""

    @node(output_name="score")
    async def wait(item: int) -> int:
        await asyncio.sleep(0)
        return item

    inner = Graph([wait if kind == "async" else rate], name="inner")
    left = inner.as_node(name="left").with_outputs(score="a")
    right = inner.as_node(name="right").with_outputs(score="b")
    memory = Memory()
    run(kind, Graph([left, right], name="outer"), {"item": 1}, memory)
    runs = memory.of(RunStartEvent)[1:]
    nodes = [span_of_node(memory, "left"), span_of_node(memory, "right")]
    assert [one.parent_span_id for one in runs] == nodes
    inside = [one for one in memory.of(NodeStartEvent) if one.graph_name == "inner"]
    assert [one.parent_span_id for one in inside] == [one.span_id for one in runs]
    assert [one.run_id for one in inside] == [one.run_id for one in runs]


@both
def test_x132_an_error_is_told_at_every_level_it_passes(kind: Kind) -> None:
    memory = Memory()
    with pytest.raises(ValueError, match="cannot rate"):
        run(kind, Graph([RATING.as_node(name="inside")], name="outer"), {"item": -1}, memory)
    assert memory.story[-4:] == [
        "NodeError rate",
        "RunEnd rating failed",
        "NodeError inside",
        "RunEnd outer failed",
    ]
    assert {one.error for one in memory.of(NodeErrorEvent)} == {"cannot rate -1"}


@both
def test_xe193_a_map_has_a_run_of_its_own_around_those_of_its_items(kind: Kind) -> None:
    """XE196: the processor is shut down once for all of them."""
    memory = Memory()
    results = run_map(kind, RATING, {"item": [1, 2, 3]}, memory, map_over="item")
    whole, *items = memory.of(RunStartEvent)
    assert whole.is_map and whole.map_size == 3 and whole.parent_span_id is None
    assert whole.graph_name == "rating" and not any(item.is_map for item in items)
    assert {item.parent_span_id for item in items} == {whole.span_id}
    assert [item.run_id for item in items] == [result.run_id for result in results]
    assert len(memory.of(RunEndEvent)) == 4 and memory.shutdowns == 1
    assert len({event.run_id for event in memory.events}) == 4
    assert memory.of(RunEndEvent)[-1].span_id == whole.span_id


@both
def test_xe194_failed_items_of_a_map_that_goes_on_are_told(kind: Kind) -> None:
    """X132: the map itself has completed."""
    outer = Graph([RATING.as_node(name="inside")], name="outer")
    memory = Memory()
    values = {"item": [1, -1]}
    results = run_map(kind, outer, values, memory, map_over="item", error_handling="continue")
    assert [one.status for one in results] == [RunStatus.COMPLETED, RunStatus.FAILED]
    assert sorted(one.node_name for one in memory.of(NodeErrorEvent)) == ["inside", "rate"]
    failed = [one for one in memory.of(RunEndEvent) if one.status is RunStatus.FAILED]
    assert [one.graph_name for one in failed] == ["rating", "outer"]
    assert memory.of(RunEndEvent)[-1].status is RunStatus.COMPLETED
    assert results[1].run_id == failed[-1].run_id


@both
def test_x132_a_map_that_raises_has_failed(kind: Kind) -> None:
    memory = Memory()
    with pytest.raises(ValueError, match="cannot rate"):
        run_map(kind, RATING, {"item": [-1]}, memory, map_over="item")
    ends = memory.of(RunEndEvent)
    assert [one.status for one in ends] == [RunStatus.FAILED] * 2 and memory.shutdowns == 1
    assert ends[-1].error == "cannot rate -1"


@both
def test_xe142_an_empty_map_tells_nothing(kind: Kind) -> None:
    """X90, X138: and shuts nothing down."""
    memory = Memory()
    assert run_map(kind, RATING, {"item": []}, memory, map_over="item") == []
    assert memory.events == [] and memory.shutdowns == 0


@both
def test_x131_a_mapped_graph_node_has_a_map_between_itself_and_its_items(kind: Kind) -> None:
    mapped = RATING.as_node(name="each").map_over("item")
    memory = Memory()
    assert run(kind, Graph([mapped], name="outer"), {"item": [1, 2]}, memory)["score"] == [10, 20]
    _, whole, *items = memory.of(RunStartEvent)
    assert whole.is_map and whole.map_size == 2 and whole.graph_name == "rating"
    assert whole.parent_span_id == span_of_node(memory, "each")
    assert [item.parent_span_id for item in items] == [whole.span_id] * 2


@both
def test_x97_a_graph_node_mapped_over_nothing_tells_of_no_run_inside(kind: Kind) -> None:
    mapped = RATING.as_node(name="each").map_over("item")
    memory = Memory()
    assert run(kind, Graph([mapped], name="outer"), {"item": []}, memory)["score"] == []
    assert memory.story[1:-1] == ["NodeStart each", "NodeEnd each"]


@both
def test_x98_a_mapped_graph_node_that_goes_on_tells_of_the_items_that_failed(kind: Kind) -> None:
    mapped = RATING.as_node(name="each").map_over("item", error_handling="continue")
    memory = Memory()
    result = run(kind, Graph([mapped], name="outer"), {"item": [1, -1]}, memory)
    assert result["score"] == [10, None]
    assert [one.node_name for one in memory.of(NodeErrorEvent)] == ["rate"]
    statuses = [one.status.value for one in memory.of(RunEndEvent)]
    assert sorted(statuses) == ["completed", "completed", "completed", "failed"]


@both
def test_x98_unequal_lengths_fail_the_node_before_any_item(kind: Kind) -> None:
    @node(output_name="total")
    def add(a: int, b: int) -> int:
        return a + b

    mapped = Graph([add], name="sums").as_node(name="each").map_over("a", "b")
    memory = Memory()
    with pytest.raises(ValueError, match="equal lengths"):
        run(kind, Graph([mapped], name="outer"), {"a": [1], "b": [1, 2]}, memory)
    assert memory.story[1:] == ["NodeStart each", "NodeError each", "RunEnd outer failed"]


def test_x114_a_pause_is_told_as_a_question_and_the_run_as_paused() -> None:
    """K10: there is neither an end nor an error of the node, and processors are shut down."""
    memory = Memory()
    result = run("async", DESK, {"item": 2}, memory)
    assert result.status is RunStatus.PAUSED
    assert memory.story[-3:] == ["NodeStart sign_off", "Interrupt sign_off", "RunEnd desk paused"]
    (question,) = memory.of(InterruptEvent)
    assert (question.value, question.response_param) == (20, "verdict")
    assert question.span_id == span_of_node(memory, "sign_off")
    assert question.parent_span_id == memory.events[0].span_id and question.workflow_id is None
    assert memory.shutdowns == 1 and result.run_id == question.run_id


def test_k10_paused_runs_end_innermost_first() -> None:
    middle = Graph([DESK.as_node()], name="middle")
    memory = Memory()
    result = run("async", Graph([middle.as_node()], name="outer"), {"item": 2}, memory)
    assert result.pause.node_name == "middle/desk/sign_off"
    assert memory.story[-4:] == [
        "Interrupt sign_off",
        "RunEnd desk paused",
        "RunEnd middle paused",
        "RunEnd outer paused",
    ]
    assert not memory.of(NodeErrorEvent)


def test_x103_an_answered_interrupt_starts_and_ends() -> None:
    memory = Memory()
    result = run("async", DESK, {"item": 2, "verdict": "yes"}, memory)
    assert result["verdict"] == "yes"
    assert memory.story[-3:] == [
        "NodeStart sign_off",
        "NodeEnd sign_off",
        "RunEnd desk completed",
    ]


def test_k2_a_dotted_answer_reaches_the_nested_interrupt() -> None:
    memory = Memory()
    outer = Graph([DESK.as_node()], name="outer")
    assert run("async", outer, {"item": 2, "desk.verdict": 1}, memory)["verdict"] == 1
    assert not memory.of(InterruptEvent)


def test_x130_siblings_start_in_definition_order_and_end_as_they_complete() -> None:
    """X73: one that fails does not keep the others from ending."""
    first_may_go: asyncio.Event | None = None

    @node(output_name="a")
    async def first() -> int:
        assert first_may_go is not None
        await first_may_go.wait()
        return 1

    @node(output_name="b")
    async def second() -> int:
        assert first_may_go is not None
        first_may_go.set()
        raise ValueError("second")

    memory = Memory()

    async def start() -> Any:
        nonlocal first_may_go
        first_may_go = asyncio.Event()
        graph = Graph([first, second], name="pair")
        options: Any = {"event_processors": [memory], "error_handling": "continue"}
        return await AsyncRunner().run(graph, **options)

    assert asyncio.run(start()).values == {"a": 1}
    assert memory.story == [
        "RunStart pair",
        "NodeStart first",
        "NodeStart second",
        "NodeError second",
        "NodeEnd first",
        "RunEnd pair failed",
    ]
    assert memory.of(NodeStartEvent, "first")[0].parent_span_id == memory.events[0].span_id


def test_x79_nodes_start_before_they_get_a_slot() -> None:
    @node(output_name="a")
    async def first() -> int:
        await asyncio.sleep(0)
        return 1

    second = first.with_name("second").with_outputs(a="b")
    memory = Memory()
    run("async", Graph([first, second], name="pair"), {}, memory, max_concurrency=1)
    assert memory.story[1:3] == ["NodeStart first", "NodeStart second"]


def test_x78_a_limit_holds_in_watched_runs_too() -> None:
    running = 0
    most = 0

    @node(output_name="score")
    async def work(item: int) -> int:
        nonlocal running, most
        running += 1
        most = max(most, running)
        await asyncio.sleep(0)
        running -= 1
        return item

    graph = Graph([work], name="g")
    items = {"item": list(range(5))}
    run_map("async", graph, items, Memory(), map_over="item", max_concurrency=2)
    assert most == 2
