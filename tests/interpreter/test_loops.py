"""The reference's loops: section 9 among the members, and XE50 to XE69."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from hypergraph import END, Graph, node, route
from tests.reference.interpreter import interpret
from tests.reference.steps import arguments, called, values


def counting(until: Callable[[Any], bool], step: Callable[[Any], Any]) -> Graph:
    """``step(n) -> n`` and the gate ``more(n)``, which ends when ``until`` holds."""

    @node(output_name="n")
    def advance(n: Any) -> Any:
        return step(n)

    @route(targets=["advance", END])
    def more(n: Any) -> object:
        return END if until(n) else "advance"

    return Graph([advance, more])


@pytest.mark.parametrize(("start", "end", "steps"), [(0, 3, 3), (5, 5, 0)])
def test_xe50_a_loop_ends_when_its_gate_says_so(start: int, end: int, steps: int) -> None:
    seen = interpret(counting(lambda n: n >= 3, lambda n: n + 1), {"n": start})
    assert (values(seen)["n"], called(seen).count("advance")) == (end, steps)


def test_xe51_no_iteration_after_end() -> None:
    seen = interpret(counting(lambda n: n >= 1, lambda n: n + 1), {"n": 0})
    assert called(seen) == ["more", "advance", "more"]


def test_xe52_an_ungated_self_loop_runs_once_x40() -> None:
    @node(output_name="x")
    def grow(x: int) -> int:
        return x + 1

    seen = interpret(Graph([grow]), {"x": 0})
    assert (seen.status, called(seen), values(seen)) == ("completed", ["grow"], {"x": 1})


def test_xe54_a_gate_that_never_stops_meets_the_limit() -> None:
    endless = counting(lambda n: False, lambda n: n + 1)
    seen = interpret(endless, {"n": 0}, max_iterations=7)
    assert (seen.status, seen.error) == ("raised", ("InfiniteLoopError", (7,)))
    partial = interpret(endless, {"n": 0}, max_iterations=7, error_handling="continue")
    assert values(partial) == {"n": 3}


def test_xe56_a_limit_of_nought_is_the_default() -> None:
    endless = counting(lambda n: False, lambda n: n + 1)
    assert interpret(endless, {"n": 0}, max_iterations=0).error == ("InfiniteLoopError", (1000,))


def test_xe57_lists_accumulate_when_new_ones_are_returned() -> None:
    seen = interpret(counting(lambda n: len(n) >= 2, lambda n: [*n, len(n)]), {"n": []})
    assert values(seen) == {"n": [0, 1]}
    assert values(interpret(counting(lambda n: True, list), {"n": []})) == {"n": []}


def test_xe58_returning_the_same_object_is_no_change_x34() -> None:
    def push(items: list[int]) -> list[int]:
        items.append(1)
        return items

    seen = interpret(counting(lambda n: len(n) >= 3, push), {"n": []})
    assert (seen.status, called(seen), values(seen)) == (
        "completed",
        ["more", "advance"],
        {"n": [1]},
    )


def test_xe59_a_float_converges_by_its_gate() -> None:
    seen = interpret(counting(lambda n: n < 0.2, lambda n: n / 2), {"n": 1.0})
    assert values(seen) == {"n": 0.125}


def test_xe60_being_chosen_is_not_enough_to_run_again_x41() -> None:
    @node(output_name="report")
    def build(plan: str) -> str:
        return plan

    @route(targets=["build", END])
    def check(report: str) -> str:
        return "build"

    seen = interpret(Graph([build, check]), {"plan": "p"})
    assert called(seen) == ["build", "check"]


def test_x43_deferral_looks_at_the_list_once() -> None:
    """``c`` waits for ``b``, which waits for ``a``: both stay out while ``a`` is in the list."""

    @node(output_name="x", emit="did_a")
    def a(z: int) -> int:
        return min(z + 1, 1)

    @node(output_name="y", emit="did_b", wait_for="did_a")
    def b(x: int = 0) -> int:
        return x

    @node(output_name="z", wait_for="did_b")
    def c(y: int = 0) -> int:
        return y

    seen = interpret(Graph([a, b, c]), {"z": 0})
    assert called(seen)[:3] == ["a", "b", "c"]


def test_k1_every_emission_is_new() -> None:
    @node(output_name="n", emit="turn")
    def step(n: int) -> int:
        return n + 1

    @route(targets=["step", END], wait_for="turn", default_open=True)
    def more(n: int) -> object:
        return END if n >= 3 else "step"

    seen = interpret(Graph([step, more]), {"n": 0})
    assert called(seen) == ["step", "more", "step", "more", "step", "more"]
    assert [call["n"] for call in arguments(seen, "more")] == [1, 2, 3]


def test_xe68_a_failure_keeps_the_values_of_the_iteration_before() -> None:
    def fragile(n: int) -> int:
        if n == 2:
            raise LookupError("two")
        return n + 1

    seen = interpret(counting(lambda n: False, fragile), {"n": 0}, error_handling="continue")
    assert (seen.status, seen.error) == ("failed", ("LookupError", ()))
    assert values(seen) == {"n": 2}


def test_xe69_seeds_are_among_the_partial_values() -> None:
    def broken(n: int) -> int:
        raise LookupError

    seen = interpret(counting(lambda n: False, broken), {"n": 9}, error_handling="continue")
    assert values(seen) == {"n": 9}
