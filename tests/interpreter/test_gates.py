"""The reference's gates: who is held back, by whom, and for how long (sections 9.5 and 12.1)."""

from __future__ import annotations

from typing import Any

import pytest

from hypergraph import END, Graph, HyperNode, ifelse, node, route
from tests.reference.interpreter import interpret
from tests.reference.steps import called, values


def leaf(name: str, **options: Any) -> HyperNode:
    """A node that reads ``seed`` and outputs its own name."""
    return node(lambda seed: name, output_name=f"from_{name}", **options).with_name(name)


def test_x44_only_the_chosen_branch_runs() -> None:
    @ifelse(when_true="a", when_false="b")
    def pick(flag: bool) -> bool:
        return flag

    branches = Graph([leaf("a"), leaf("b"), pick])
    assert called(interpret(branches, {"seed": 1, "flag": True})) == ["pick", "a"]
    assert called(interpret(branches, {"seed": 1, "flag": False})) == ["pick", "b"]


def test_d2_the_gate_comes_first_even_when_its_input_is_late() -> None:
    @node(output_name="flag")
    def late(seed: int) -> bool:
        return False

    @ifelse(when_true="a", when_false=END)
    def pick(flag: bool) -> bool:
        return flag

    seen = interpret(Graph([leaf("a"), pick, late]), {"seed": 1})
    assert called(seen) == ["late", "pick"]


@pytest.mark.parametrize(("opens", "calls"), [(True, ["a"]), (False, [])])
def test_x45_a_gate_that_lacks_an_input_goes_by_default_open(opens: bool, calls: list[str]) -> None:
    @route(["a", END], default_open=opens)
    def pick(never: int) -> object:
        return END

    seen = interpret(Graph([leaf("a"), pick]), {"seed": 1}, select=["from_a"], on_missing="ignore")
    assert seen.status == "rejected"  # the selection needs the gate, and so its input
    skipped = interpret(Graph([leaf("a"), pick, leaf("b")]).with_entrypoint("a"), {"seed": 1})
    assert called(skipped) == calls


def test_k3_a_gate_ruled_out_by_its_gate_is_closed() -> None:
    @route(["second", END])
    def first(seed: int) -> object:
        return END

    @route(["a", END])
    def second(seed: int) -> object:
        return "a"

    assert called(interpret(Graph([leaf("a"), second, first]), {"seed": 1})) == ["first"]


def test_k3_a_target_of_two_gates_stays_open_while_one_of_them_may_open_it() -> None:
    @route(["second", END])
    def first(seed: int) -> object:
        return END

    @route(["a", END])
    def second(seed: int) -> object:
        return "a"

    @route(["a", END])
    def third(seed: int) -> object:
        return "a"

    seen = interpret(Graph([leaf("a"), second, first, third]), {"seed": 1})
    assert called(seen) == ["first", "third", "a"]


def test_d10_a_node_outside_the_loop_that_any_round_chose_runs_once_after_it() -> None:
    @node(output_name="n")
    def step(n: int) -> int:
        return n + 1

    @route(["step", "alarm", END], multi_target=True)
    def watch(n: int) -> list[Any]:
        return ["step", "alarm"] if n == 1 else ["step"] if n < 3 else []

    @node(output_name="rung")
    def alarm(n: int) -> int:
        return n

    seen = interpret(Graph([alarm, step, watch]), {"n": 0})
    assert called(seen) == ["watch", "step"] * 3 + ["watch", "alarm"]
    assert values(seen) == {"rung": 3, "n": 3}


def test_x47_a_dropped_decision_keeps_its_targets_closed_until_the_gate_decides_again() -> None:
    @node(output_name="n", emit="stepped")
    def step(n: int) -> int:
        return n + 1

    @route(["step", END], wait_for="go")
    def more(n: int) -> object:
        return "step"

    @node(emit="go")
    def start(seed: int) -> None:
        return None

    seen = interpret(Graph([start, step, more]), {"n": 0, "seed": 1}, max_iterations=6)
    assert seen.error == ("InfiniteLoopError", (6,))


def test_x51_downstream_of_an_unchosen_branch_runs_on_its_fallback() -> None:
    @ifelse(when_true="a", when_false=END)
    def pick(flag: bool) -> bool:
        return flag

    @node(output_name="end")
    def after(from_a: str = "fallback") -> str:
        return from_a

    branches = Graph([after, leaf("a"), pick])
    assert values(interpret(branches, {"seed": 1, "flag": True}))["end"] == "a"
    assert values(interpret(branches, {"seed": 1, "flag": False}))["end"] == "fallback"


@pytest.mark.parametrize(
    ("returned", "kind"), [("nowhere", "ValueError"), (["a"], "TypeError"), ("END", "ValueError")]
)
def test_x61_x63_a_route_must_return_a_target(returned: Any, kind: str) -> None:
    @route(["a", END])
    def pick(seed: int) -> Any:
        return returned

    seen = interpret(Graph([leaf("a"), pick]), {"seed": 1})
    assert seen.error is not None and seen.error[0] == kind
    assert [warned.facts for warned in seen.warnings] == [("END",)] * (returned == "END")


@pytest.mark.parametrize(
    ("returned", "calls"),
    [(None, []), ([], []), ([END], []), ([END, "a"], ["a"]), (["b", "a"], ["a", "b"])],
)
def test_x62_xe75_a_multi_target_gate(returned: Any, calls: list[str]) -> None:
    @route(["a", "b", END], multi_target=True)
    def pick(seed: int) -> Any:
        return returned

    seen = interpret(Graph([leaf("a"), leaf("b"), pick]), {"seed": 1})
    assert called(seen) == ["pick", *calls]


def test_x64_xe84_a_gate_emits_whatever_it_decides() -> None:
    @route(["a", END], emit="decided")
    def pick(seed: int) -> object:
        return END

    seen = interpret(Graph([leaf("b", wait_for="decided"), leaf("a"), pick]), {"seed": 1})
    assert called(seen) == ["pick", "b"]
    assert values(seen) == {"from_b": "b"}
