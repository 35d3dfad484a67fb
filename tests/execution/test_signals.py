"""``emit`` and ``wait_for`` at run time (section 9.4)."""

from __future__ import annotations

from typing import Any

from hypergraph import END, FunctionNode, Graph, SyncRunner, ifelse, node, route
from tests.execution.tracing import Trace

RUNNER = SyncRunner()


def part(
    trace: Trace, name: str, reads: str = "x", emit: str | None = None, wait_for: Any = None
) -> FunctionNode:
    """A node that tells when it is called."""

    def work(value: int) -> int:
        return value

    work.__name__ = name
    made = FunctionNode(trace(work), name, f"{name}_out", emit=emit, wait_for=wait_for)
    return made.with_inputs(value=reads)


def test_x42_xe87_a_waiting_node_runs_after_the_emitter() -> None:
    trace = Trace()
    late = part(trace, "late", wait_for="ready")
    RUNNER.run(Graph([late, part(trace, "early", emit="ready")]), x=1)
    assert trace.names == ["early", "late"]


def test_x42_xe88_all_signals_are_waited_for() -> None:
    trace = Trace()
    late = part(trace, "late", wait_for=("one", "two"))
    slow = part(trace, "slow", reads="fast_out", emit="two")
    RUNNER.run(Graph([late, slow, part(trace, "fast", emit="one")]), x=1)
    assert trace.names == ["fast", "slow", "late"]


def test_x42_a_signal_that_never_comes_keeps_a_node_from_running() -> None:
    trace = Trace()
    switch = ifelse(when_true="early", when_false=END)(lambda flag: flag).with_name("switch")
    late = part(trace, "late", wait_for="ready")
    graph = Graph([switch, part(trace, "early", emit="ready"), late])
    assert RUNNER.run(graph, x=1, flag=False).values == {}
    assert list(RUNNER.run(graph, x=1, flag=True)) == ["early_out", "late_out"]


def test_x42_xe89_an_ordinary_output_can_be_waited_for() -> None:
    trace = Trace()
    late = part(trace, "late", wait_for="early_out")
    result = RUNNER.run(Graph([late, part(trace, "early")]), x=1)
    assert trace.names == ["early", "late"] and result.values == {"late_out": 1, "early_out": 1}


def test_x42_a_supplied_value_satisfies_who_waits_for_its_name() -> None:
    trace = Trace()
    late = part(trace, "late", wait_for="early_out")
    early = part(trace, "early", reads="seed")
    graph = Graph([late, early])
    RUNNER.run(graph, x=1, early_out=5, select=[], on_internal_override="ignore")
    assert trace.names == ["late"]


def test_x42_k1_every_emission_is_fresh() -> None:
    """Each round waits for the signal of that round, though it carries no value."""
    trace = Trace()

    @node(output_name="n", emit="stepped")
    @trace
    def step(n: int) -> int:
        return n + 1

    @route(targets=["step", END], wait_for="stepped")
    @trace
    def more(n: int) -> object:
        return "step" if n < 3 else END

    assert RUNNER.run(Graph([step, more]), n=0)["n"] == 3
    assert trace.calls == ["step(0)", "more(1)", "step(1)", "more(2)", "step(2)", "more(3)"]


def test_x42_freshness_concerns_names_from_the_same_loop_only() -> None:
    trace = Trace()
    start = part(trace, "start", emit="started")

    @node(output_name="n", wait_for="started")
    @trace
    def step(n: int) -> int:
        return n + 1

    more = route(targets=["step", END])(lambda n: "step" if n < 3 else END).with_name("more")
    assert RUNNER.run(Graph([start, step, more]), x=0, n=0)["n"] == 3
    assert trace.names == ["start", "step", "step", "step"]


def test_x43_a_waiting_node_lets_the_emitter_go_first_in_a_round() -> None:
    """In round 3 both are ready: ``late`` for the first time, ``mark`` because ``n`` changed."""
    trace = Trace()

    @node(output_name="z", wait_for="marked")
    @trace
    def late(r: int) -> int:
        return 5

    @node(output_name="m", emit="marked")
    @trace
    def mark(n: int, z: int = 0) -> int:
        return n

    one = node(lambda n: n, "q").with_name("one")
    two = node(lambda q: q, "r").with_name("two")
    step = node(lambda q, m: min(q + 1, 1), "n").with_name("step")
    RUNNER.run(Graph([late, mark, one, two, step]), n=0)
    assert trace.calls == ["mark(0, 0)", "mark(1, 0)", "late(0)", "mark(1, 5)", "late(1)"]


def test_x41_a_fresh_signal_alone_wakes_nobody() -> None:
    trace = Trace()

    @node(output_name="n", emit="stepped")
    @trace
    def step(n: int) -> int:
        return n + 1

    @node(output_name="fixed", wait_for="stepped")
    @trace
    def idle(x: int) -> int:
        return x

    @route(targets=["step", END])
    def more(n: int, fixed: int = 0) -> object:
        return "step" if n < 3 else END

    assert RUNNER.run(Graph([step, idle, more]), n=0, x=1).values == {"n": 3, "fixed": 1}
    assert trace.count("idle") == 1


def test_xe91_in_a_chat_loop_the_gate_sees_completed_turns_only() -> None:
    trace = Trace()

    @node(output_name="answer")
    @trace
    def reply(history: list[str]) -> str:
        return f"r{len(history)}"

    @node(output_name="history", emit="turn")
    @trace
    def log(history: list[str], answer: str) -> list[str]:
        return [*history, answer]

    @route(targets=["reply", END], wait_for="turn")
    @trace
    def again(history: list[str]) -> object:
        return END if len(history) >= 3 else "reply"

    result = RUNNER.run(Graph([reply, log, again]), history=["u"])
    assert result["history"] == ["u", "r1", "r2"]
    assert trace.names == ["reply", "log", "again", "reply", "log", "again"]
    assert trace.calls[2::3] == ["again(['u', 'r1'])", "again(['u', 'r1', 'r2'])"]


def test_xe92_gates_emit_and_wait() -> None:
    trace = Trace()
    first = part(trace, "first", emit="ready")
    gate = route(targets=["a", END], wait_for="ready", emit="asked")(trace(lambda x: "a"))
    a, late = part(trace, "a"), part(trace, "late", wait_for="asked")
    RUNNER.run(Graph([late, a, gate.with_name("gate"), first]), x=1)
    assert trace.names == ["first", "<lambda>", "late", "a"]


def test_k26_signals_of_a_nested_graph_stay_inside() -> None:
    trace = Trace()
    inner = Graph([part(trace, "early", emit="ready")], name="inner")
    assert inner.as_node().outputs == ("early_out",)
    assert RUNNER.run(Graph([inner.as_node()]), x=1).values == {"early_out": 1}
    mapped = inner.as_node().map_over("x")
    assert RUNNER.run(Graph([mapped]), x=[1, 2]).values == {"early_out": [1, 2]}
