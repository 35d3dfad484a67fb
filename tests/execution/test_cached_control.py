"""Gates, loops, signals and interrupts whose calls are looked up (X121-X123, K4, K24)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from hypergraph import (
    END,
    DiskCache,
    Graph,
    InMemoryCache,
    RouteDecisionEvent,
    RouteNode,
    ifelse,
    interrupt,
    node,
    route,
)
from tests.execution.watching import BOTH, Kind, Memory, run

both = pytest.mark.parametrize("kind", BOTH)


@node(output_name="a")
def left(x: int) -> str:
    return "left"


@node(output_name="b")
def right(x: int) -> str:
    return "right"


class Counted:
    """How often something was called."""

    def __init__(self) -> None:
        self.calls = 0


@both
def test_xe180_a_cached_route_restores_its_decision_on_every_hit(kind: Kind) -> None:
    """X121, X122: hits do not damage the entry, and internals never show."""
    counted, cache = Counted(), InMemoryCache()

    @route(targets=["left", "right"], cache=True)
    def pick(x: int) -> str:
        counted.calls += 1
        return "right"

    graph = Graph([pick, left, right])
    for _ in range(3):
        memory = Memory()
        assert run(kind, graph, {"x": 1}, memory, cache=cache).values == {"b": "right"}
        assert [one.decision for one in memory.of(RouteDecisionEvent)] == ["right"]
        assert run(kind, graph, {"x": 1}, cache=cache).values == {"b": "right"}
    assert counted.calls == 1


@both
def test_xe180_a_cached_ifelse_restores_its_decision(kind: Kind) -> None:
    counted, cache = Counted(), InMemoryCache()

    @ifelse(when_true="left", when_false="right", cache=True)
    def positive(x: int) -> bool:
        counted.calls += 1
        return x > 0

    graph = Graph([positive, left, right])
    for _ in range(3):
        assert run(kind, graph, {"x": 1}, cache=cache).values == {"a": "left"}
        assert run(kind, graph, {"x": -1}, Memory(), cache=cache).values == {"b": "right"}
    assert counted.calls == 2


@both
def test_xe180_cached_gates_on_disk_still_end_what_they_ended(kind: Kind, tmp_path: Path) -> None:
    pytest.importorskip("diskcache")
    counted = Counted()

    @route(targets=["left", END], cache=True)
    def stop(x: int) -> Any:
        counted.calls += 1
        return END

    for _ in range(2):
        cache, memory = DiskCache(str(tmp_path)), Memory()
        assert run(kind, Graph([stop, left]), {"x": 1}, memory, cache=cache).values == {}
        assert memory.of(RouteDecisionEvent)[0].decision is END
        cache.close()
    assert counted.calls == 1


@both
def test_k4_gates_with_other_targets_judge_what_the_function_said(kind: Kind) -> None:
    def pick(x: int) -> str:
        return "left"

    cache = InMemoryCache()
    first = RouteNode(pick, targets=["left", "right"], cache=True)
    second = RouteNode(pick, targets=["right", END], cache=True)
    assert run(kind, Graph([first, left, right]), {"x": 1}, cache=cache).values == {"a": "left"}
    with pytest.raises(ValueError, match="invalid target"):
        run(kind, Graph([second, right]), {"x": 1}, cache=cache)


@both
def test_k4_an_ifelse_with_other_branches_takes_its_own(kind: Kind) -> None:
    from hypergraph import IfElseNode

    def positive(x: int) -> bool:
        return x > 0

    cache = InMemoryCache()
    for when_true, when_false, values in (
        ("left", "right", {"a": "left"}),
        ("right", "left", {"b": "right"}),
    ):
        gate = IfElseNode(positive, when_true=when_true, when_false=when_false, cache=True)
        assert run(kind, Graph([gate, left, right]), {"x": 1}, cache=cache).values == values


@both
def test_x121_a_gate_that_chose_nothing_is_not_asked_again(kind: Kind) -> None:
    """X130: and what it did not decide is told once."""
    counted, cache = Counted(), InMemoryCache()

    @route(targets=["left", "right"], cache=True)
    def shrug(x: int) -> None:
        counted.calls += 1

    told = []
    for _ in range(2):
        memory = Memory()
        assert run(kind, Graph([shrug, left, right]), {"x": 1}, memory, cache=cache).values == {}
        told.append([one.decision for one in memory.of(RouteDecisionEvent)])
    assert counted.calls == 1 and told == [[None], []]


@both
def test_xe179_a_second_identical_run_of_a_loop_calls_nothing(kind: Kind) -> None:
    """X122: gates included, and the result is the same."""
    counted, cache = Counted(), InMemoryCache()

    @node(output_name="n", cache=True)
    def step(n: int) -> int:
        counted.calls += 1
        return n + 1

    @route(targets=["step", END], cache=True)
    def more(n: int) -> Any:
        counted.calls += 1
        return "step" if n < 3 else END

    graph = Graph([step, more])
    assert [run(kind, graph, {"n": 0}, cache=cache)["n"] for _ in range(2)] == [3, 3]
    assert counted.calls == 7
    assert run(kind, graph, {"n": 1}, cache=cache)["n"] == 3 and counted.calls == 7


@both
def test_k5_signals_are_made_anew_on_a_hit(kind: Kind) -> None:
    counted, cache = Counted(), InMemoryCache()

    @node(output_name="y", emit="done", cache=True)
    def work(x: int) -> int:
        counted.calls += 1
        return x

    late = node(lambda x: x, output_name="z", wait_for="done").with_name("late")
    for _ in range(2):
        found = run(kind, Graph([work, late]), {"x": 1}, Memory(), cache=cache)
        assert found.values == {"y": 1, "z": 1}
    assert counted.calls == 1


def test_k24_a_supplied_response_wins_over_a_kept_one_and_is_not_kept() -> None:
    """X123: look in the state first; a human's answer is never replayed."""
    counted, cache = Counted(), InMemoryCache()

    @interrupt(output_name="verdict", cache=True)
    def sign_off(draft: str) -> str | None:
        counted.calls += 1
        return "automatic" if draft == "easy" else None

    graph = Graph([sign_off])
    assert run("async", graph, {"draft": "hard", "verdict": "no"}, cache=cache)["verdict"] == "no"
    assert run("async", graph, {"draft": "hard"}, cache=cache).paused
    assert run("async", graph, {"draft": "easy"}, cache=cache)["verdict"] == "automatic"
    assert run("async", graph, {"draft": "easy", "verdict": 1}, cache=cache)["verdict"] == 1
    assert counted.calls == 2


def test_x118_what_a_handler_answers_is_kept_and_its_pauses_are_not() -> None:
    counted, cache = Counted(), InMemoryCache()

    @interrupt(output_name=("verdict", "reason"), cache=True)
    async def sign_off(draft: str) -> Any:
        counted.calls += 1
        return {"reason": "good", "verdict": True} if draft == "easy" else None

    for _ in range(2):
        memory = Memory()
        result = run("async", Graph([sign_off]), {"draft": "easy"}, memory, cache=cache)
        assert result.values == {"verdict": True, "reason": "good"}
    assert memory.story[1:-1] == ["NodeStart sign_off", "CacheHit sign_off", "NodeEnd sign_off"]
    for _ in range(2):
        assert run("async", Graph([sign_off]), {"draft": "hard"}, cache=cache).paused
    assert counted.calls == 3


def test_x106_upstream_nodes_of_an_interrupt_are_looked_up_on_resuming() -> None:
    counted, cache = Counted(), InMemoryCache()

    @node(output_name="draft", cache=True)
    def write(topic: str) -> str:
        counted.calls += 1
        return topic

    @interrupt(output_name="verdict")
    def sign_off(draft: str) -> None:
        return None

    graph = Graph([write, sign_off])
    pause = run("async", graph, {"topic": "t"}, cache=cache).pause
    resumed = run("async", graph, {"topic": "t", pause.response_key: "yes"}, cache=cache)
    assert resumed["verdict"] == "yes" and counted.calls == 1
