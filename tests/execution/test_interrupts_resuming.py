"""Answers to interrupts: runs that are resumed, in nested graphs and loops too (section 21)."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from hypergraph import (
    END,
    AsyncRunner,
    Graph,
    InterruptNode,
    MissingInputError,
    PauseInfo,
    interrupt,
    node,
    route,
)
from tests.execution.overlapping import Meeting, finished
from tests.execution.test_interrupts_pausing import asks, pause_of
from tests.execution.tracing import Trace, says

RUNNER = AsyncRunner()


def desk(trace: Trace | None = None, name: str = "desk") -> Graph:
    """A draft, somebody's verdict on it, a post."""
    called = trace or Trace()

    @node(output_name="draft")
    @called
    def write(topic: str) -> str:
        return f"on {topic}"

    @interrupt("verdict")
    @called
    def sign_off(draft: str) -> None:
        return None

    @node(output_name="post")
    @called
    def publish(verdict: Any) -> str:
        return f"verdict: {verdict}"

    return Graph([write, sign_off, publish], name=name)


def test_x103_x106_xe162_an_answer_completes_the_run_without_the_handler() -> None:
    trace = Trace()
    graph = desk(trace)
    asked = finished(RUNNER.run(graph, topic="tea"))
    key = pause_of(asked).response_key
    trace.calls.clear()
    result = finished(RUNNER.run(graph, {"topic": "tea", key: "ok"}))
    assert result.completed and result.pause is None
    assert result.values == {"draft": "on tea", "verdict": "ok", "post": "verdict: ok"}
    assert trace.names == ["write", "publish"]


@pytest.mark.parametrize("answer", [None, False, "", 0, []], ids=repr)
def test_x103_xe164_falsy_answers_are_answers(answer: Any) -> None:
    result = finished(RUNNER.run(desk(), {"topic": "tea", "verdict": answer}))
    assert result.completed and result["verdict"] == answer
    assert result["post"] == f"verdict: {answer}"


def test_x103_the_signal_of_an_answered_interrupt_is_produced() -> None:
    ask = InterruptNode(lambda x: None, "ask", "y", emit="asked")
    after = node(lambda k: k, "z", wait_for="asked").with_name("after")
    assert finished(RUNNER.run(Graph([after, ask]), x=1, k=2, y=3)).values == {"z": 2, "y": 3}


def test_d6_k27_x107_consumers_of_an_answer_run_after_the_interrupt() -> None:
    """X32: the answer is no value before its interrupt is reached."""
    trace = Trace()

    @node(output_name="draft")
    @trace
    def write(topic: str) -> str:
        return topic

    @node(output_name="seen")
    @trace
    def read(verdict: str) -> str:
        return verdict

    graph = Graph([read, asks("ask", "verdict", "draft"), write])
    finished(RUNNER.run(graph, topic="tea", verdict="ok"))
    assert trace.names == ["write", "read"]


def test_d6_k27_x106_an_answer_to_an_interrupt_that_is_not_reached_is_ignored() -> None:
    gate = route(targets=["ask", END])(lambda x: "ask" if x > 0 else END).with_name("gate")
    read = node(lambda y: y, "z").with_name("read")
    graph = Graph([gate, asks("ask", "y", "x"), read])
    assert finished(RUNNER.run(graph, x=-1, y=5)).values.get("z") is None
    assert finished(RUNNER.run(graph, x=1, y=5)).values == {"y": 5, "z": 5}


def test_x107_an_answer_makes_nothing_upstream_optional() -> None:
    with pytest.raises(MissingInputError) as caught:
        finished(RUNNER.run(desk(), verdict="ok"))
    assert caught.value.missing == ["topic"]


def test_x106_xe167_all_outputs_must_be_answered_together() -> None:
    trace = Trace()
    ask = InterruptNode(trace(lambda x: None), "ask", ("y", "z"))
    with pytest.raises(ValueError, match="z"):
        finished(RUNNER.run(Graph([ask]), x=1, y=2))
    assert trace.calls == []
    assert finished(RUNNER.run(Graph([ask]), x=1, y=2, z=3)).values == {"y": 2, "z": 3}


def test_x6_x112_x113_xe170_a_nested_pause_and_its_answer() -> None:
    outer = Graph([desk().as_node(), node(lambda post: post.upper(), "loud").with_name("shout")])
    result = finished(RUNNER.run(outer, topic="tea"))
    pause = pause_of(result)
    assert pause == PauseInfo("desk/sign_off", "verdict", "on tea")
    assert pause.response_key == "desk.verdict"
    again = finished(RUNNER.run(outer, {"topic": "tea", pause.response_key: "ok"}))
    assert again.completed and again["loud"] == "VERDICT: OK"


def test_x112_x113_xe170_two_levels() -> None:
    outer = Graph([Graph([desk().as_node()], name="office").as_node()])
    pause = pause_of(finished(RUNNER.run(outer, topic="tea")))
    assert pause.node_name == "office/desk/sign_off"
    assert pause.response_key == "office.desk.verdict"
    again = finished(RUNNER.run(outer, {"topic": "tea", "office.desk.verdict": None}))
    assert again.completed and again["post"] == "verdict: None"


def test_k2_x16_a_dotted_key_that_names_no_interrupt_is_refused() -> None:
    trace = Trace()
    outer = Graph([desk(trace).as_node()])
    with pytest.raises(ValueError, match=r"desk\.verdikt"):
        finished(RUNNER.run(outer, {"topic": "tea", "desk.verdikt": "ok"}))
    assert trace.calls == []


def test_x105_outputs_renamed_outside_keep_their_names_in_the_pause() -> None:
    outer = Graph([desk().as_node().with_outputs(verdict="decision", post="p")])
    pause = pause_of(finished(RUNNER.run(outer, topic="tea")))
    assert pause.output_param == "verdict" and pause.response_key == "desk.verdict"
    again = finished(RUNNER.run(outer, {"topic": "tea", "desk.verdict": "ok"}))
    assert again["decision"] == "ok" and again["p"] == "verdict: ok"


def test_k23_x110_siblings_of_a_graph_node_that_pauses_run_to_completion() -> None:
    async def main() -> dict[str, Any]:
        meeting = Meeting(2)

        async def reach(topic: str) -> Any:
            return await meeting.attend(topic)

        async def side(x: int) -> Any:
            await meeting.attend()
            for _ in range(20):
                await asyncio.sleep(0)
            return x

        inner = Graph([node(reach, "draft"), asks("ask", "verdict", "draft")], name="desk")
        graph = Graph([inner.as_node(), node(side, "kept")])
        result = await RUNNER.run(graph, topic="tea", x=3)
        assert result.paused
        return dict(result.values)

    assert finished(main()) == {"kept": 3}


@pytest.mark.parametrize("failing_first", [True, False])
def test_x111_a_pause_beside_a_failure_the_first_defined_decides(failing_first: bool) -> None:
    async def burst(x: int) -> None:
        raise ValueError("burst")

    bad = node(burst, "y")
    nodes = [bad, desk().as_node()] if failing_first else [desk().as_node(), bad]
    run = RUNNER.run(Graph(nodes), topic="tea", x=1, error_handling="continue")
    assert finished(run).status == ("failed" if failing_first else "paused")


def chat(trace: Trace | None = None) -> Graph:
    """Turns of a user, who is asked, until there are three messages."""
    called = trace or Trace()

    @interrupt("said")
    @called
    def ask(history: list[str]) -> None:
        return None

    @node(output_name="history")
    @called
    def log(history: list[str], said: str) -> list[str]:
        return [*history, said]

    @route(targets=["ask", END], default_open=False)
    def more(history: list[str]) -> Any:
        return END if len(history) >= 3 else "ask"

    return Graph([ask, log, more], name="chat")


def test_x108_xe171_in_a_loop_one_turn_takes_one_answer() -> None:
    graph = chat()
    first = finished(RUNNER.run(graph, history=[]))
    assert pause_of(first).value == [] and first.values == {"history": []}
    second = finished(RUNNER.run(graph, history=[], said="hi"))
    assert pause_of(second).value == ["hi"]
    assert second["history"] == ["hi"]


def test_x108_xe171_what_the_loop_reached_comes_back_as_its_seed() -> None:
    graph = chat()
    history: list[str] = []
    for turn in ("a", "b"):
        result = finished(RUNNER.run(graph, history=history, said=turn))
        assert result.paused
        history = pause_of(result).value
    last = finished(RUNNER.run(graph, history=history, said="c"))
    assert last.completed and last["history"] == ["a", "b", "c"]


def test_xe171_a_loop_that_its_gate_ends_first_does_not_pause() -> None:
    trace = Trace()
    result = finished(RUNNER.run(chat(trace), history=["a", "b", "c"]))
    assert result.completed and trace.calls == []


def test_x108_xe172_the_name_of_the_answer_is_no_seed() -> None:
    graph = chat()
    names = {name for group in graph.inputs.entrypoints.values() for name in group}
    assert "said" not in names and "history" in names


def test_x108_a_dotted_answer_is_taken_once_by_the_graph_node() -> None:
    outer = Graph([chat().as_node()])
    result = finished(RUNNER.run(outer, {"history": [], "chat.said": "hi"}))
    assert pause_of(result).value == ["hi"] and pause_of(result).node_name == "chat/ask"


def test_x55_in_one_round_of_a_loop_only_the_first_interrupt_is_asked() -> None:
    trace = Trace()

    @interrupt("b")
    @trace
    def two(n: int) -> int:
        return n

    @interrupt("a")
    @trace
    def one(n: int) -> int:
        return n

    @node(output_name="n")
    @trace
    def join(a: int, b: int) -> int:
        return min(a + b, 2)

    finished(RUNNER.run(Graph([two, one, join]), n=1))
    assert trace.calls[:3] == ["two(1)", "one(1)", "join(1, 1)"]


def test_x95_paused_items_of_a_map_are_results_like_others() -> None:
    @interrupt("y")
    def ask(x: int) -> int | None:
        return None if x == 2 else x * 10

    outer = Graph([Graph([ask], name="inner").as_node()])
    results = finished(RUNNER.map(outer, x=[1, 2, 3], map_over="x"))
    assert [one.status.value for one in results] == ["completed", "paused", "completed"]
    assert results[2]["y"] == 30 and pause_of(results[1]).response_key == "inner.y"
    assert says(results[1], "inner/ask")
