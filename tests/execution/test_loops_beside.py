"""Under asyncio, what does not depend on a loop does not wait for it (design, rule 3)."""

from __future__ import annotations

import pytest

from hypergraph import AsyncRunner, Graph, node, route
from tests.execution.loops import Signals, countdown, gate, step
from tests.execution.overlapping import Gauge, Meeting, finished

RUNNER = AsyncRunner()


def test_a_step_and_a_loop_of_one_generation_are_executing_at_once() -> None:
    async def main() -> None:
        meeting = Meeting(2)
        graph = Graph([*countdown("n", meeting.attend), step("a", "x", meeting.attend)])
        result = await RUNNER.run(graph, n=2, x=7)
        assert result.values == {"n": 0, "a_out": 7}

    finished(main())


def test_a_later_superstep_does_not_wait_for_a_loop() -> None:
    async def main() -> None:
        signals = Signals()
        graph = Graph(
            [
                *countdown("n", signals.tells("burnt", after="third")),
                step("a", "x"),
                step("b", "a_out"),
                step("c", "b_out", signals.tells("third")),
                step("d", "n"),
            ]
        )
        result = await RUNNER.run(graph, n=2, x=7)
        assert result.values == {"n": 0, "a_out": 7, "b_out": 7, "c_out": 7, "d_out": 0}

    finished(main())


def test_two_loops_go_on_beside_each_other() -> None:
    async def main() -> None:
        meeting = Meeting(2)
        graph = Graph([*countdown("n", meeting.attend), *countdown("m", meeting.attend)])
        result = await RUNNER.run(graph, n=1, m=3)
        assert result.values == {"n": 0, "m": 0}

    finished(main())


def test_what_follows_one_loop_does_not_wait_for_another() -> None:
    async def main() -> None:
        signals = Signals()
        graph = Graph(
            [
                *countdown("n"),
                step("after_n", "n", signals.tells("followed")),
                *countdown("m", signals.tells("burnt", after="followed")),
                step("after_m", "m"),
            ]
        )
        result = await RUNNER.run(graph, n=2, m=2)
        assert result.values == {"n": 0, "after_n_out": 0, "m": 0, "after_m_out": 0}

    finished(main())


def test_what_follows_a_loop_overlaps_with_its_superstep() -> None:
    """A node of superstep 2 that waits for a loop meets one of superstep 2 that does not."""

    async def main() -> None:
        meeting = Meeting(2)
        graph = Graph(
            [
                *countdown("n"),
                step("after", "n", meeting.attend),
                step("a", "x"),
                step("b", "a_out", meeting.attend),
                step("c", "b_out"),
            ]
        )
        result = await RUNNER.run(graph, n=2, x=7)
        assert result["after_out"] == 0 and result["c_out"] == 7

    finished(main())


def test_what_waits_for_two_loops_does_not_wait_for_a_third() -> None:
    async def main() -> None:
        signals = Signals()

        async def join(n: int, m: int, b_out: int) -> int:
            signals.event("joined").set()
            return b_out

        graph = Graph(
            [
                *countdown("n"),
                *countdown("m"),
                *countdown("k", signals.tells("burnt", after="joined")),
                step("a", "x"),
                step("b", "a_out"),
                node(join, "joined"),
                step("last", "joined"),
                step("after_k", "k"),
            ]
        )
        result = await RUNNER.run(graph, n=2, m=1, k=2, x=7)
        assert result["last_out"] == 7 and result["after_k_out"] == 0

    finished(main())


def test_a_loop_that_waits_for_a_loop_goes_on_beside_the_rest() -> None:
    async def main() -> None:
        signals = Signals()
        second = [
            node(lambda fuel, n: fuel - 1 + n, "m").with_name("second").with_inputs(fuel="m"),
            gate("again", "second", "m"),
        ]
        graph = Graph(
            [
                *countdown("n", signals.tells("burnt", after="b")),
                *second,
                step("a", "x"),
                step("b", "a_out", signals.tells("b")),
                step("both", "m"),
            ]
        )
        result = await RUNNER.run(graph, n=2, m=3, x=7)
        assert result.values == {"n": 0, "m": 0, "a_out": 7, "b_out": 7, "both_out": 0}

    finished(main())


def test_a_loop_in_a_nested_graph_goes_on_beside_its_siblings_there() -> None:
    async def main() -> None:
        meeting = Meeting(3)
        inner = Graph([*countdown("n", meeting.attend), step("a", "x", meeting.attend)], name="in")
        graph = Graph([inner.as_node(), step("b", "x", meeting.attend)])
        result = await RUNNER.run(graph, n=1, x=7)
        assert result.values == {"n": 0, "a_out": 7, "b_out": 7}

    finished(main())


def test_d10_a_choice_made_in_a_loop_counts_outside_of_it() -> None:
    signals: list[str] = []

    def check(n: int) -> str:
        return "burn_n" if n > 0 else "landed"

    def landed(n: int) -> str:
        return f"landed with {n}"

    async def note(report_out: int) -> int:
        signals.append("noted")
        return report_out

    graph = Graph(
        [
            countdown("n")[0],
            route(targets=["burn_n", "landed"])(check),
            node(landed, "landing"),
            step("report", "x"),
            node(note, "noted"),
        ]
    )
    result = finished(RUNNER.run(graph, n=3, x=7))
    assert result["landing"] == "landed with 0" and result["noted"] == 7


@pytest.mark.parametrize("limit", [1, 2, 3])
def test_x77_the_limit_holds_for_what_goes_on_beside_a_loop(limit: int) -> None:
    gauge = Gauge()
    graph = Graph(
        [
            *countdown("n", gauge.hold),
            *countdown("m", gauge.hold),
            step("a", "x", gauge.hold),
            step("b", "a_out", gauge.hold),
        ]
    )
    result = finished(RUNNER.run(graph, n=3, m=2, x=7, max_concurrency=limit))
    assert result.values == {"n": 0, "m": 0, "a_out": 7, "b_out": 7}
    assert gauge.most == limit and gauge.calls == 7


def test_x67_each_loop_has_a_budget_of_its_own() -> None:
    graph = Graph([*countdown("n"), *countdown("m"), step("a", "x")])
    result = finished(RUNNER.run(graph, n=3, m=3, x=7, max_iterations=7))
    assert result.values == {"n": 0, "m": 0, "a_out": 7}


def test_a_loop_that_everything_waits_for_is_written_in_its_place() -> None:
    graph = Graph([*countdown("n"), step("a", "n"), step("b", "a_out")])
    assert "beside" not in graph.compiled("async").source
