"""Loops in rounds: when they go on, and when they end (sections 7 to 9 and 14)."""

from __future__ import annotations

from typing import Any

import pytest

from hypergraph import END, Graph, InfiniteLoopError, SyncRunner, node, route
from tests.execution.tracing import Trace, says

RUNNER = SyncRunner()


def counting(trace: Trace, limit: int = 3) -> Graph:
    """A gated loop: ``step`` adds one until ``more`` has seen ``limit``."""

    @node(output_name="n")
    @trace
    def step(n: int) -> int:
        return n + 1

    @route(targets=["step", END])
    @trace
    def more(n: int) -> object:
        return END if n >= limit else "step"

    return Graph([step, more])


@pytest.mark.parametrize(("start", "end", "steps"), [(0, 3, 3), (2, 3, 1), (3, 3, 0), (5, 5, 0)])
def test_xe50_a_loop_ends_with_its_gate(start: int, end: int, steps: int) -> None:
    trace = Trace()
    assert RUNNER.run(counting(trace), n=start).values == {"n": end}
    assert trace.count("step") == steps


def test_xe51_once_is_once() -> None:
    trace = Trace()
    RUNNER.run(counting(trace), n=2)
    assert trace.calls == ["more(2)", "step(2)", "more(3)"]


def test_x40_xe52_an_ungated_self_loop_runs_once() -> None:
    trace = Trace()
    grow = node(output_name="x")(trace(lambda x: x + 1)).with_name("grow")
    result = RUNNER.run(Graph([grow]), x=0)
    assert result.values == {"x": 1} and result.completed and trace.calls == ["<lambda>(0)"]


def test_x40_its_own_product_does_not_wake_a_node_whoever_else_makes_it() -> None:
    """``keep`` writes ``total`` as well; that ``add`` lists it among its outputs decides."""
    trace = Trace()

    @node(output_name="total")
    @trace
    def add(total: int, item: int) -> int:
        return total + item

    @node(output_name="item")
    @trace
    def next_item(total: int) -> int:
        return min(total, 2)

    result = RUNNER.run(Graph([add, next_item]), total=1, item=1, entrypoint="add")
    assert trace.calls == [
        "add(1, 1)",
        "next_item(1)",
        "next_item(2)",
        "add(2, 2)",
        "next_item(4)",
    ]
    assert result.values == {"total": 4, "item": 2}


def test_x39_xe53_an_ungated_loop_runs_until_nothing_changes() -> None:
    trace = Trace()
    halve = node(output_name="b")(trace(lambda a: a // 2)).with_name("halve")
    same = node(lambda b: b, "a").with_name("same")
    assert RUNNER.run(Graph([halve, same]), a=9).values == {"b": 0, "a": 0}
    assert trace.calls == [
        "<lambda>(9)",
        "<lambda>(4)",
        "<lambda>(2)",
        "<lambda>(1)",
        "<lambda>(0)",
    ]


def test_x67_xe54_a_gate_that_never_stops() -> None:
    graph = counting(Trace(), limit=10**9)
    with pytest.raises(InfiniteLoopError) as caught:
        RUNNER.run(graph, n=0, max_iterations=21)
    assert caught.value.max_iterations == 21
    assert says(caught.value, "exceeded 21 iterations", "max_iterations")
    failed = RUNNER.run(graph, n=0, max_iterations=21, error_handling="continue")
    assert failed.status == "failed" and isinstance(failed.error, InfiniteLoopError)
    assert failed.values == {"n": 10}


@pytest.mark.parametrize("steps", [0, 1, 2, 5])
def test_x49_x67_xe55_the_limit_is_inclusive(steps: int) -> None:
    graph = counting(Trace(), limit=steps)
    assert RUNNER.run(graph, n=0, max_iterations=2 * steps + 1)["n"] == steps
    if steps:
        with pytest.raises(InfiniteLoopError):
            RUNNER.run(graph, n=0, max_iterations=2 * steps)


def test_x67_xe56_zero_and_none_mean_a_thousand() -> None:
    for limit in (0, None):
        assert RUNNER.run(counting(Trace(), 499), n=0, max_iterations=limit)["n"] == 499
        with pytest.raises(InfiniteLoopError) as caught:
            RUNNER.run(counting(Trace(), 500), n=0, max_iterations=limit)
        assert caught.value.max_iterations == 1000 == RUNNER.default_max_iterations


def test_x67_a_negative_limit_permits_no_round() -> None:
    trace = Trace()
    with pytest.raises(InfiniteLoopError):
        RUNNER.run(counting(trace), n=0, max_iterations=-1)
    assert trace.calls == []


def test_d8_x67_each_loop_has_a_budget_of_its_own() -> None:
    one, two = counting(Trace(), 3), counting(Trace(), 3)
    other = [n.with_name(f"{n.name}_2").with_inputs(n="m") for n in two.iter_nodes()]
    step = other[0].with_outputs(n="m")
    gate = route(targets=["step_2", END])(lambda m: END if m >= 3 else "step_2").with_name("more_2")
    both = Graph([*one.iter_nodes(), step, gate])
    assert RUNNER.run(both, n=0, m=0, max_iterations=7).values == {"n": 3, "m": 3}


def test_x34_xe57_a_loop_that_collects_returns_new_lists() -> None:
    def collect(limit: int) -> Graph:
        grow = node(lambda items: [*items, len(items)], "items").with_name("grow")

        @route(targets=["grow", END])
        def enough(items: list[int]) -> object:
            return END if len(items) >= limit else "grow"

        return Graph([grow, enough])

    assert RUNNER.run(collect(3), items=[])["items"] == [0, 1, 2]
    assert RUNNER.run(collect(0), items=[]).values == {"items": []}


def test_x34_xe58_a_list_changed_in_place_is_no_change() -> None:
    trace = Trace()

    @node(output_name="items")
    @trace
    def grow(items: list[int]) -> list[int]:
        items.append(1)
        return items

    @route(targets=["grow", END])
    def enough(items: list[int]) -> object:
        return END if len(items) >= 3 else "grow"

    result = RUNNER.run(Graph([grow, enough]), items=[])
    assert result.completed and result["items"] == [1] and len(trace.calls) == 1


@pytest.mark.parametrize(
    ("first", "second", "woken"),
    [(1, 1.0, False), (1, True, False), (0, False, False), (float("nan"), float("nan"), True)],
)
def test_x34_equal_values_are_the_same_value(first: Any, second: Any, woken: bool) -> None:
    trace = Trace()
    produce = node(lambda back: second, "value").with_name("produce")
    react = node(output_name="back")(trace(lambda value: 7)).with_name("react")
    RUNNER.run(Graph([react, produce]), value=first, max_iterations=20)
    assert len(trace.calls) == (2 if woken else 1)


class Unlike:
    """A value that cannot be compared, as arrays cannot."""

    def __init__(self, error: type[Exception]) -> None:
        self.error = error

    def __ne__(self, other: object) -> bool:
        raise self.error("no truth value")


@pytest.mark.parametrize("error", [ValueError, TypeError])
def test_x34_what_cannot_be_compared_changes_by_identity(error: type[Exception]) -> None:
    makes, reacts = Trace(), Trace()
    old, new = Unlike(error), Unlike(error)
    produce = node(output_name="value")(makes(lambda back: back)).with_name("produce")
    react = node(output_name="back")(reacts(lambda value: new)).with_name("react")
    result = RUNNER.run(Graph([react, produce]), value=old)
    assert result["value"] is new
    assert len(makes.calls) == 1 and len(reacts.calls) == 2  # another object, then the same


def test_x34_other_errors_of_a_comparison_fail_the_run() -> None:
    produce = node(lambda back: Unlike(KeyError), "value").with_name("produce")
    react = node(lambda value: 1, "back").with_name("react")
    with pytest.raises(KeyError):
        RUNNER.run(Graph([react, produce]), value=Unlike(KeyError))


def test_xe59_a_convergence_loop_stops_by_its_gate() -> None:
    @node(output_name="guess")
    def improve(guess: float, target: float) -> float:
        return (guess + target / guess) / 2

    @route(targets=["improve", END])
    def good(guess: float, target: float) -> object:
        return END if abs(guess * guess - target) < 1e-9 else "improve"

    assert RUNNER.run(Graph([improve, good]), guess=1.0, target=2.0)["guess"] == pytest.approx(
        2**0.5
    )


def test_x41_xe60_a_gate_alone_does_not_make_a_node_due() -> None:
    trace = Trace()

    @node(output_name="report")
    @trace
    def build(topic: str) -> str:
        return topic.upper()

    @route(targets=["build", END])
    @trace
    def check(report: str) -> str:
        return "build"

    assert RUNNER.run(Graph([build, check]), topic="t").values == {"report": "T"}
    assert trace.calls == ["build('t')", "check('T')"]


def test_x40_under_a_gate_its_own_product_makes_a_node_due() -> None:
    trace = Trace()
    RUNNER.run(counting(trace), n=0)
    assert trace.calls[1:4:2] == ["step(0)", "step(1)"]


def test_x47_a_decision_falls_when_its_gate_is_due_again() -> None:
    """After ``step`` ran, ``more`` says END before ``step`` may run on the old decision."""
    trace = Trace()
    RUNNER.run(counting(trace, limit=1), n=0)
    assert trace.calls == ["more(0)", "step(0)", "more(1)"]


def test_x46_a_standing_decision_lets_a_node_run_again() -> None:
    trace = Trace()

    @route(targets=["work", END])
    @trace
    def allow(flag: bool) -> object:
        return "work" if flag else END

    @node(output_name="a")
    @trace
    def work(b: int) -> int:
        return min(b + 1, 3)

    @node(output_name="b")
    @trace
    def back(a: int) -> int:
        return a

    assert RUNNER.run(Graph([allow, work, back]), flag=True, b=0).values == {"a": 3, "b": 3}
    assert trace.count("allow") == 1 and trace.count("work") == 4


def test_x47_end_stands_until_the_gate_decides_anew() -> None:
    """The gate keeps looking at its input and may take END back."""
    trace = Trace()
    up = node(lambda lo, bonus: min(lo + 1 + bonus, 4), "hi").with_name("up")
    down = node(lambda hi: hi, "lo").with_name("down")

    @route(targets=["work", END])
    @trace
    def gate(hi: int) -> object:
        return "work" if hi == 2 else END

    @node(output_name="bonus")
    @trace
    def work(hi: int) -> int:
        return 1

    result = RUNNER.run(Graph([up, down, gate, work]), lo=0, bonus=0, entrypoint="up")
    assert trace.calls == ["gate(1)", "gate(2)", "work(2)", "gate(3)", "gate(4)"]
    assert result.values == {"hi": 4, "lo": 4, "bonus": 1}


def test_x52_two_gates_that_target_each_other_block_each_other() -> None:
    trace = Trace()
    one = route(targets=["two", END])(trace(lambda a: "two")).with_name("one")
    two = route(targets=["one", END])(trace(lambda a: "one")).with_name("two")
    result = RUNNER.run(Graph([one, two]), a=1)
    assert result.completed and trace.calls == []


def test_d3_xe67_what_reads_a_loop_value_outside_sees_the_last_one() -> None:
    trace = Trace()
    graph = counting(trace)
    note = node(output_name="noted")(trace(lambda n: n * 100)).with_name("note")
    result = RUNNER.run(Graph([note, *graph.iter_nodes()]), n=0)
    assert result.values == {"noted": 300, "n": 3} and trace.names.count("<lambda>") == 1


def failing_loop() -> Graph:
    @node(output_name="n")
    def step(n: int) -> int:
        if n == 2:
            raise RuntimeError("third round")
        return n + 1

    gate = route(targets=["step", END])(lambda n: "step").with_name("more")
    return Graph([step, gate])


def test_xe68_an_exception_in_a_round() -> None:
    with pytest.raises(RuntimeError, match=r"^third round$"):
        RUNNER.run(failing_loop(), n=0)
    failed = RUNNER.run(failing_loop(), n=0, error_handling="continue")
    assert failed.values == {"n": 2} and str(failed.error) == "third round"


def test_xe69_seeds_are_in_partial_values() -> None:
    failed = RUNNER.run(failing_loop(), n=2, error_handling="continue")
    assert failed.values == {"n": 2}


def test_x57_versions_are_those_from_the_start_of_a_round() -> None:
    """``left`` and ``right`` run together; each sees the other's value a round later."""
    trace = Trace()
    left = node(output_name="a")(trace(lambda b: min(b + 1, 2))).with_name("left")
    right = node(output_name="b")(trace(lambda a: min(a + 1, 2))).with_name("right")
    result = RUNNER.run(Graph([left, right]), a=0, b=0, entrypoint="left")
    assert result.values == {"a": 2, "b": 2}
    assert trace.calls[:4] == ["<lambda>(0)", "<lambda>(0)", "<lambda>(1)", "<lambda>(1)"]


def test_x33_a_value_stays_though_its_producer_is_closed_later() -> None:
    trace = Trace()

    @route(targets=["step", "mark_it"], multi_target=True)
    def pick(n: int) -> list[str]:
        return ["step", "mark_it"] if n == 1 else ["step"] if n < 3 else []

    @node(output_name="n")
    @trace
    def step(n: int, mark: str = "none") -> int:
        return n + 1

    mark_it = node(lambda n: f"at {n}", "mark").with_name("mark_it")
    result = RUNNER.run(Graph([pick, step, mark_it]), n=0)
    assert trace.calls == ["step(0, 'none')", "step(1, 'none')", "step(2, 'at 1')"]
    assert result.values == {"n": 3, "mark": "at 1"}


def test_x36_a_decision_falls_even_if_its_gate_cannot_run_right_now() -> None:
    """``gate`` waits for a signal that comes late; meanwhile its target is closed."""
    trace = Trace()

    @route(targets=["step", END], wait_for="settled")
    @trace
    def gate(n: int) -> object:
        return "step" if n < 2 else END

    @node(output_name="n")
    @trace
    def step(n: int) -> int:
        return n + 1

    @node(output_name="note", emit="settled")
    @trace
    def settle(n: int) -> int:
        return n

    RUNNER.run(Graph([gate, step, settle]), n=0)
    first, second, last = ["step(0)", "settle(0)"], ["settle(1)", "gate(1)"], ["step(1)"]
    assert trace.calls == [*first, *second, *last, "settle(2)", "gate(2)"]


def test_x46_a_decision_stands_while_its_gate_sees_nothing_new() -> None:
    acts = Trace()
    split = node(lambda total: (1, min(total + 1, 3)), ("kind", "amount")).with_name("split")
    choose = route(targets=["act", END])(lambda kind: "act").with_name("choose")
    act = node(output_name="total")(acts(lambda amount: amount)).with_name("act")
    result = RUNNER.run(Graph([split, choose, act]), total=0)
    assert result["total"] == 3 and len(acts.calls) == 3
