"""Failures, pauses and cancellation where something goes on beside a loop (X71, X73, X75)."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from hypergraph import AsyncRunner, Graph, InfiniteLoopError, interrupt, node
from tests.execution.loops import Signals, countdown, gate, step
from tests.execution.overlapping import PATIENCE, finished

RUNNER = AsyncRunner()


class Peculiar(Exception):
    """An exception of the user's own."""


class Ended(BaseException):
    """Stands for what ends a program."""


def bursting(name: str, reads: str, error: BaseException, work: Any = None) -> Any:
    """A node that raises when ``work`` is done."""

    async def burst(value: Any) -> Any:
        if work is not None:
            await work()
        raise error

    return node(burst, f"{name}_out").with_name(name).with_inputs(value=reads)


def bursting_loop(name: str, error: BaseException, *, at: int = 1, work: Any = None) -> list[Any]:
    """A loop that counts down and raises at a number."""

    async def burst(fuel: int) -> int:
        if work is not None:
            await work()
        if fuel == at:
            raise error
        return fuel - 1

    target = f"burst_{name}"
    member = node(burst, name).with_name(target).with_inputs(fuel=name)
    return [member, gate(f"check_{name}", target, name)]


def test_x71_after_a_failure_beside_it_a_loop_begins_no_round() -> None:
    """The call in flight finishes and its output is kept."""

    async def main() -> None:
        signals = Signals()
        graph = Graph(
            [
                *countdown("n", signals.tells("burnt", after="failed")),
                bursting("bad", "x", error := Peculiar(), signals.tells("failed")),
            ]
        )
        result = await RUNNER.run(graph, n=9, x=7, error_handling="continue")
        assert result.status == "failed" and result.error is error
        assert result.values == {"n": 8}

    finished(main())


def test_x71_after_a_failure_in_a_loop_no_superstep_begins() -> None:
    async def main() -> None:
        signals = Signals()
        failed = signals.tells("failed")
        graph = Graph(
            [
                *bursting_loop("n", error := Peculiar(), work=failed),
                step("a", "x", signals.tells("stepped", after="failed")),
                step("b", "a_out", signals.tells("next")),
                step("after", "n"),
            ]
        )
        result = await RUNNER.run(graph, n=1, x=7, error_handling="continue")
        assert result.error is error and result.values == {"n": 1, "a_out": 7}
        assert not signals.event("next").is_set()

    finished(main())


def test_x71_what_follows_a_loop_does_not_begin_after_a_failure_elsewhere() -> None:
    async def main() -> None:
        signals = Signals()
        graph = Graph(
            [
                *countdown("n", signals.tells("burnt", after="failed")),
                step("after", "n", signals.tells("followed")),
                step("a", "x"),
                bursting("bad", "a_out", Peculiar(), signals.tells("failed")),
                step("late", "bad_out"),
            ]
        )
        result = await RUNNER.run(graph, n=1, x=7, error_handling="continue")
        assert result.status == "failed" and result.values == {"n": 0, "a_out": 7}
        assert not signals.event("followed").is_set()

    finished(main())


@pytest.mark.parametrize("first", ["step", "loop"])
def test_x73_of_two_failures_the_one_of_the_earlier_superstep_counts(first: str) -> None:
    """It counts whichever came first, for both were in flight."""

    async def main() -> None:
        signals = Signals()
        of_loop, of_step = Peculiar("loop"), Peculiar("step")
        one = signals.tells("loop", after="" if first == "loop" else "step")
        other = signals.tells("step", after="begun" if first == "step" else "loop")

        async def in_loop() -> None:
            signals.event("begun").set()
            await one()

        graph = Graph(
            [
                *bursting_loop("n", of_loop, work=in_loop),
                step("a", "x"),
                bursting("bad", "a_out", of_step, other),
            ]
        )
        with pytest.raises(Peculiar) as caught:
            await RUNNER.run(graph, n=1, x=7)
        assert caught.value is of_loop

    finished(main())


def test_x10_k13_an_error_from_beside_keeps_its_own_context() -> None:
    cause, context = KeyError("cause"), KeyError("context")
    error = Peculiar()
    error.__cause__, error.__context__ = cause, context
    graph = Graph([*bursting_loop("n", error), step("a", "x"), step("b", "a_out")])
    with pytest.raises(Peculiar) as caught:
        finished(RUNNER.run(graph, n=1, x=7))
    assert caught.value is error
    assert error.__cause__ is cause and error.__context__ is context


def test_x67_xe54_a_loop_without_end_beside_a_step() -> None:
    graph = Graph([*countdown("n"), step("a", "x"), step("b", "a_out")])
    result = finished(RUNNER.run(graph, n=9, x=7, max_iterations=5, error_handling="continue"))
    assert isinstance(result.error, InfiniteLoopError) and result["n"] == 7


def asking_loop() -> list[Any]:
    """A loop that asks what is left, and takes one from it."""

    @interrupt(output_name="left")
    def ask(n: int) -> None: ...

    def burn(left: int) -> int:
        return left - 1

    return [ask, node(burn, "n").with_name("burn"), gate("more", "burn", "left")]


def test_x105_a_pause_in_a_loop_leaves_what_goes_on_beside_it_to_finish() -> None:
    async def main() -> None:
        signals = Signals()
        graph = Graph([*asking_loop(), step("a", "x", signals.tells("a")), step("b", "a_out")])
        result = await RUNNER.run(graph, n=2, x=7)
        assert result.paused and result.pause is not None
        assert (result.pause.node_name, result.pause.value) == ("ask", 2)
        assert signals.event("a").is_set() and result["n"] == 2 and result["a_out"] == 7

    finished(main())


def test_x106_x108_a_run_that_paused_in_a_loop_is_resumed() -> None:
    graph = Graph([*asking_loop(), step("a", "x"), step("b", "a_out"), step("after", "left")])
    paused = finished(RUNNER.run(graph, n=2, x=7))
    again = finished(RUNNER.run(graph, n=paused["n"], x=7, left=2))
    assert again.paused and again.pause is not None and again.pause.value == 1
    result = finished(RUNNER.run(graph, n=again["n"], x=7, left=0))
    assert result.completed and result["after_out"] == 0 and result["b_out"] == 7


def test_x105_an_interrupt_beside_a_loop_pauses_the_run() -> None:
    async def main() -> None:
        signals = Signals()

        @interrupt(output_name="answer")
        def ask(a_out: int) -> None:
            signals.event("asked").set()

        loop = countdown("n", signals.tells("burnt", after="asked"))
        graph = Graph([*loop, step("a", "x"), ask])
        result = await RUNNER.run(graph, n=9, x=7)
        assert result.paused and result.pause is not None and result.pause.value == 7
        assert result.values == {"n": 8, "a_out": 7}
        answered = await RUNNER.run(graph, n=2, x=7, answer="yes")
        assert answered.values == {"n": 0, "a_out": 7, "answer": "yes"}

    finished(main())


@pytest.mark.parametrize("handling", ["raise", "continue"])
def test_x111_a_pause_in_an_earlier_superstep_counts_more_than_a_failure(handling: Any) -> None:
    async def main() -> None:
        signals = Signals()

        @interrupt(output_name="left")
        async def ask(n: int) -> None:
            signals.event("asked").set()
            await asyncio.wait_for(signals.event("failed").wait(), PATIENCE)

        def burn(left: int) -> int:
            return left

        graph = Graph(
            [
                *[ask, node(burn, "n").with_name("burn"), gate("more", "burn", "left")],
                step("a", "x"),
                bursting("bad", "a_out", Peculiar(), signals.tells("failed", after="asked")),
            ]
        )
        result = await RUNNER.run(graph, n=1, x=7, error_handling=handling)
        assert result.paused

    finished(main())


@pytest.mark.parametrize("where", ["step", "loop"])
@pytest.mark.parametrize("handling", ["raise", "continue"])
def test_x75_what_is_no_exception_goes_up(where: str, handling: Any) -> None:
    error = Ended()
    if where == "step":
        graph = Graph([*countdown("n"), bursting("bad", "x", error), step("a", "bad_out")])
    else:
        graph = Graph([*bursting_loop("n", error), step("a", "x"), step("b", "a_out")])
    with pytest.raises(Ended) as caught:
        finished(RUNNER.run(graph, n=1, x=7, error_handling=handling))
    assert caught.value is error


@pytest.mark.parametrize("error", [KeyboardInterrupt(), SystemExit(3)], ids=repr)
def test_x75_xe118_leaving_the_program_from_a_loop(error: BaseException) -> None:
    graph = Graph([*bursting_loop("n", error), step("a", "x", asyncio.Event().wait)])
    with pytest.raises(type(error)) as caught:
        asyncio.run(RUNNER.run(graph, n=1, x=7), debug=True)
    assert caught.value is error


@pytest.mark.parametrize("where", ["step", "loop"])
def test_x75_a_node_that_raises_cancelled_error_cancels_the_run(where: str) -> None:
    error = asyncio.CancelledError()
    if where == "step":
        graph = Graph([*countdown("n"), bursting("bad", "x", error), step("a", "bad_out")])
    else:
        graph = Graph([*bursting_loop("n", error), step("a", "x"), step("b", "a_out")])
    with pytest.raises(asyncio.CancelledError):
        finished(RUNNER.run(graph, n=1, x=7, error_handling="continue"))


@pytest.mark.parametrize("over", [False, True])
def test_x75_xe130_cancelling_cancels_the_loop_and_what_goes_on_beside_it(over: bool) -> None:
    """Also when the steps are over and only the loop goes on."""

    async def main() -> None:
        begun = {"loop": asyncio.Event(), "step": asyncio.Event()}
        cancelled: list[str] = []

        def waiting(name: str) -> Any:
            async def work() -> None:
                begun[name].set()
                try:
                    await asyncio.Event().wait()
                except asyncio.CancelledError:
                    await asyncio.sleep(0)
                    cancelled.append(name)
                    raise

            return work

        aside = step("a", "x") if over else step("a", "x", waiting("step"))
        task = asyncio.ensure_future(
            RUNNER.run(Graph([*countdown("n", waiting("loop")), aside]), n=1, x=7)
        )
        for name in ["loop"] if over else ["loop", "step"]:
            await asyncio.wait_for(begun[name].wait(), PATIENCE)
        for _ in range(10 if over else 0):
            await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert sorted(cancelled) == (["loop"] if over else ["loop", "step"])

    finished(main())
