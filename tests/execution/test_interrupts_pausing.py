"""Interrupts that ask, answer themselves or fail (section 21)."""

from __future__ import annotations

from typing import Any

import pytest

from hypergraph import (
    END,
    AsyncRunner,
    Graph,
    InterruptNode,
    PauseInfo,
    RunResult,
    ifelse,
    interrupt,
    node,
)
from tests.execution.overlapping import finished
from tests.execution.tracing import Trace, says

RUNNER = AsyncRunner()


def asks(name: str, outputs: Any, *reads: str, answer: Any = None) -> InterruptNode:
    """An interrupt that answers with ``answer``."""
    body: dict[str, Any] = {"answer": answer}
    exec(f"def handler({', '.join(reads)}): return answer", body)
    return InterruptNode(body["handler"], name, outputs)


def pause_of(result: RunResult) -> PauseInfo:
    """What a paused run asks for."""
    assert result.paused and result.status == "paused" and result.error is None
    assert result.pause is not None
    return result.pause


@pytest.mark.parametrize("handling", ["raise", "continue"])
def test_x102_x105_xe161_no_answer_pauses_the_run(handling: Any) -> None:
    draft = node(lambda topic: f"on {topic}", "draft").with_name("write")
    graph = Graph([draft, asks("sign_off", "verdict", "draft")])
    result = finished(RUNNER.run(graph, topic="tea", error_handling=handling))
    assert pause_of(result) == PauseInfo("sign_off", "verdict", "on tea")
    assert pause_of(result).response_key == "verdict" and not result.completed
    assert result.values == {"draft": "on tea"}


def test_x104_xe163_an_answer_resolves_the_interrupt() -> None:
    result = finished(RUNNER.run(Graph([asks("ask", "y", "x", answer=5)]), x=1))
    assert result.completed and result.values == {"y": 5} and result.pause is None


def test_x104_xe163_async_handlers_are_awaited() -> None:
    @interrupt("y")
    async def ask(x: int) -> int | None:
        return None if x < 0 else x + 1

    assert finished(RUNNER.run(Graph([ask]), x=1)).values == {"y": 2}
    assert pause_of(finished(RUNNER.run(Graph([ask]), x=-1))).value == -1


@pytest.mark.parametrize("answer", [False, 0, "", [], {}], ids=repr)
def test_x104_every_answer_but_none_counts(answer: Any) -> None:
    result = finished(RUNNER.run(Graph([asks("ask", "y", "x", answer=answer)]), x=1))
    assert result.completed and result.values == {"y": answer}


def test_x104_generators_are_not_collected() -> None:
    nothing: tuple[int, ...] = ()
    items = (number for number in nothing)
    result = finished(RUNNER.run(Graph([asks("ask", "y", "x", answer=items)]), x=1))
    assert result["y"] is items


def test_x104_the_handler_is_called_by_its_own_parameter_names() -> None:
    ask = asks("ask", "y", "x").with_inputs(x="question").with_outputs(y="reply")
    pause = pause_of(finished(RUNNER.run(Graph([ask]), question="why")))
    assert pause == PauseInfo("ask", "reply", "why")


def test_x105_an_interrupt_without_inputs_shows_nothing() -> None:
    pause = pause_of(finished(RUNNER.run(Graph([asks("ask", "y")]))))
    assert pause == PauseInfo("ask", "y", None)


def test_x105_xe166_several_inputs_are_all_shown() -> None:
    graph = Graph([asks("ask", "y", "b", "a")])
    pause = pause_of(finished(RUNNER.run(graph, a=1, b=2)))
    assert pause.value == 2 and pause.values == {"b": 2, "a": 1}
    assert list(pause.values) == ["b", "a"]
    one = pause_of(finished(RUNNER.run(Graph([asks("ask", "y", "x")]), x=1)))
    assert one.values is None


def test_x105_xe167_several_outputs_are_all_asked_for() -> None:
    graph = Graph([asks("ask", ("y", "z"), "x")])
    pause = pause_of(finished(RUNNER.run(graph, x=1)))
    assert pause.output_params == ("y", "z") and pause.output_param == "y"
    assert pause.response_keys == {"y": "y", "z": "z"}
    one = pause_of(finished(RUNNER.run(Graph([asks("ask", "y", "x")]), x=1)))
    assert one.output_params is None


@pytest.mark.parametrize(
    ("answer", "values"),
    [
        ({"z": 2, "y": 1}, {"y": 1, "z": 2}),
        ((1, 2), {"y": 1, "z": 2}),
        ((1, None), {"y": 1, "z": None}),
        ((1, 2, 3), {"y": (1, 2, 3)}),
        ([1, 2], {"y": [1, 2]}),
        ("ab", {"y": "ab"}),
    ],
    ids=repr,
)
def test_k11_x104_xe168_one_answer_for_several_outputs(answer: Any, values: Any) -> None:
    result = finished(RUNNER.run(Graph([asks("ask", ("y", "z"), "x", answer=answer)]), x=1))
    assert result.completed and result.values == values


def test_k11_x105_as_many_nones_as_outputs_pause() -> None:
    pause = pause_of(
        finished(RUNNER.run(Graph([asks("ask", ("y", "z"), "x", answer=(None, None))]), x=1))
    )
    assert pause.output_params == ("y", "z")


@pytest.mark.parametrize("answer", [{"y": 1}, {"y": 1, "z": 2, "w": 3}, {}], ids=repr)
def test_x104_xe168_a_dict_must_have_exactly_the_names(answer: Any) -> None:
    graph = Graph([asks("ask", ("y", "z"), "x", answer=answer)])
    with pytest.raises(ValueError) as caught:
        finished(RUNNER.run(graph, x=1))
    assert says(caught.value, "ask", "expected", "got", "missing", "extra")


@pytest.mark.parametrize("handling", ["raise", "continue"])
def test_x116_xe169_an_exception_of_the_handler(handling: Any) -> None:
    original = KeyError("lost")

    @interrupt("y")
    def ask(x: int) -> None:
        raise original

    run = RUNNER.run(Graph([ask]), x=1, error_handling=handling)
    if handling == "raise":
        with pytest.raises(RuntimeError) as caught:
            finished(run)
        error: Any = caught.value
    else:
        error = finished(run).error
        assert type(error) is RuntimeError
    assert error.__cause__ is original and says(error, "ask", "KeyError", "lost")


def test_x55_x109_d13_several_ready_at_once_ask_in_definition_order() -> None:
    graph = Graph([asks("two", "b", "x"), asks("one", "a", "x")])
    first = finished(RUNNER.run(graph, x=1))
    assert pause_of(first).node_name == "two" and first.values == {}
    second = finished(RUNNER.run(graph, x=1, b=8))
    assert pause_of(second).node_name == "one" and second.values == {"b": 8}
    assert finished(RUNNER.run(graph, x=1, b=8, a=9)).values == {"b": 8, "a": 9}


def test_d13_x102_x110_xe174_nothing_else_runs_in_the_superstep_of_an_interrupt() -> None:
    trace = Trace()

    @node(output_name="z")
    @trace
    def work(x: int) -> int:
        return x

    graph = Graph([work, asks("ask", "y", "x")])
    result = finished(RUNNER.run(graph, x=1))
    assert result.paused and result.values == {} and trace.calls == []
    assert finished(RUNNER.run(graph, x=1, y=2)).values == {"z": 1, "y": 2}
    assert trace.calls == ["work(1)"]


def test_d13_an_interrupt_that_answers_comes_before_its_generation() -> None:
    trace = Trace()

    @node(output_name="z")
    @trace
    def work(x: int) -> int:
        return x

    @interrupt("y")
    @trace
    def ask(x: int) -> int:
        return x

    finished(RUNNER.run(Graph([work, ask]), x=1))
    assert trace.names == ["ask", "work"]


def test_x109_xe165_two_in_sequence() -> None:
    graph = Graph([asks("one", "a", "x"), asks("two", "b", "a")])
    assert pause_of(finished(RUNNER.run(graph, x=1))).node_name == "one"
    second = finished(RUNNER.run(graph, x=1, a="yes"))
    assert pause_of(second) == PauseInfo("two", "b", "yes") and second.values == {"a": "yes"}
    assert finished(RUNNER.run(graph, x=1, a="yes", b="no")).values == {"a": "yes", "b": "no"}


def test_x110_partial_values_are_what_was_written_before() -> None:
    first = node(lambda x: x + 1, "a").with_name("first")
    last = node(lambda y: y, "z").with_name("last")
    graph = Graph([last, asks("ask", "y", "a"), first])
    assert finished(RUNNER.run(graph, x=1)).values == {"a": 2}
    assert finished(RUNNER.run(graph.select("z"), x=1)).values == {}


def test_x117_xe173_signals_of_and_for_interrupts() -> None:
    trace = Trace()

    @node(output_name="a", emit="ready")
    @trace
    def prepare(x: int) -> int:
        return x

    @interrupt("y", wait_for="ready", emit="asked")
    @trace
    def ask(k: int) -> int | None:
        return None if k < 0 else k

    @node(output_name="z", wait_for="asked")
    @trace
    def after(k: int) -> int:
        return k

    graph = Graph([after, ask, prepare])
    assert finished(RUNNER.run(graph, x=1, k=2)).values == {"z": 2, "y": 2, "a": 1}
    assert trace.names == ["prepare", "ask", "after"]
    assert finished(RUNNER.run(graph, x=1, k=-1)).values == {"a": 1}
    answered = finished(RUNNER.run(graph, x=1, k=-1, y=None))
    assert answered.completed and answered.values == {"z": -1, "y": None, "a": 1}


def test_x117_xe173_defaults_of_interrupts_are_copied() -> None:
    @interrupt("y")
    def ask(x: int, box: list[int] = []) -> None:  # noqa: B006
        box.append(x)

    for _ in range(2):
        pause = pause_of(finished(RUNNER.run(Graph([ask]), x=1)))
        assert pause.values is not None and pause.values["x"] == 1
    assert ask.func.__defaults__ == ([],)


def test_x117_gates_decide_on_interrupts_and_by_their_answers() -> None:
    gate = ifelse(when_true="ask", when_false=END)(lambda x: x > 0).with_name("gate")
    then = ifelse(when_true="go", when_false=END)(lambda y: y == "yes").with_name("then")
    go = node(lambda y: y + "!", "z").with_name("go")
    graph = Graph([gate, asks("ask", "y", "x"), then, go])
    assert finished(RUNNER.run(graph, x=-1)).values == {}
    assert finished(RUNNER.run(graph, x=1)).paused
    assert finished(RUNNER.run(graph, x=1, y="yes")).values == {"y": "yes", "z": "yes!"}
    assert finished(RUNNER.run(graph, x=1, y="no")).values == {"y": "no"}
