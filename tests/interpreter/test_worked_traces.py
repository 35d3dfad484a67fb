"""The reference against the traces that the execution specification works out (section 13, X49)."""

from __future__ import annotations

from hypergraph import END, Graph, interrupt, node, route
from tests.reference.interpreter import interpret
from tests.reference.observation import Rounds
from tests.reference.steps import arguments, called, values


def burning() -> Graph:
    @node(output_name="fuel")
    def burn(fuel: int) -> int:
        return fuel - 1

    @route(targets=["burn", END])
    def check(fuel: int) -> object:
        return "burn" if fuel > 0 else END

    @node(output_name="report")
    def note(fuel: int) -> str:
        return f"saw {fuel}"

    return Graph([burn, check, note])


def test_13_1_definition_order_is_not_execution_order() -> None:
    @node(output_name="label")
    def tag(total: float) -> str:
        return f"{total}"

    @node(output_name="total")
    def add_up(net: float, tax: float) -> float:
        return net + tax

    @node(output_name="tax")
    def levy(net: float, rate: float = 0.5) -> float:
        return net * rate

    seen = interpret(Graph([tag, add_up, levy]), {"net": 10})
    assert called(seen) == ["levy", "add_up", "tag"]
    assert seen.values == (("label", "15.0"), ("total", 15.0), ("tax", 5.0))


def test_13_2_a_gated_loop_takes_five_rounds_and_its_observer_runs_after_it() -> None:
    seen = interpret(burning(), {"fuel": 2})
    assert called(seen) == ["check", "burn", "check", "burn", "check", "note"]
    assert seen.rounds == (Rounds(("burn", "check"), 5),)
    assert values(seen) == {"fuel": 0, "report": "saw 0"}


def test_13_2_the_limit_is_inclusive_xe55() -> None:
    assert interpret(burning(), {"fuel": 2}, max_iterations=5).status == "completed"
    seen = interpret(burning(), {"fuel": 2}, max_iterations=4, error_handling="continue")
    assert (seen.status, seen.error) == ("failed", ("InfiniteLoopError", (4,)))
    assert values(seen) == {"fuel": 0}


def test_13_3_a_fallback_on_an_edge_fed_input_waits_for_the_edge_d1() -> None:
    @node(output_name="bill")
    def charge(price: int = 1) -> int:
        return price * 10

    @node(output_name="price")
    def quote(sku: str) -> int:
        return 7

    @node(output_name="mail")
    def send(bill: int) -> str:
        return f"pay {bill}"

    seen = interpret(Graph([charge, quote, send]), {"sku": "a"})
    assert called(seen) == ["quote", "charge", "send"]
    assert values(seen)["mail"] == "pay 70"


def test_13_4_an_ungated_loop_runs_until_a_value_stays_the_same_xe53() -> None:
    @node(output_name="hi")
    def up(lo: int) -> int:
        return min(lo + 1, 2)

    @node(output_name="lo")
    def down(hi: int) -> int:
        return hi

    seen = interpret(Graph([up, down]), {"lo": 0})
    assert called(seen) == ["up", "down", "up", "down", "up"]
    assert values(seen) == {"hi": 2, "lo": 2}


def test_13_5_resume_does_not_call_the_handler() -> None:
    @node(output_name="draft")
    def draft_it(topic: str) -> str:
        return f"on {topic}"

    @interrupt(output_name="verdict")
    def sign_off(draft: str) -> None:
        return None

    @node(output_name="post")
    def publish(verdict: str) -> str:
        return f"{verdict}!"

    desk = Graph([draft_it, sign_off, publish])
    seen = interpret(desk, {"topic": "tea", "verdict": "yes"}, runner="async")
    assert called(seen) == ["draft_it", "publish"]
    assert values(seen)["post"] == "yes!"
    asked = interpret(desk, {"topic": "tea"}, runner="async")
    assert asked.status == "paused" and asked.pause is not None
    assert (asked.pause.node_name, asked.pause.value) == ("sign_off", "on tea")


def test_x49_k_steps_of_a_gated_loop_take_2k_plus_1_rounds() -> None:
    for k in range(4):
        seen = interpret(burning(), {"fuel": k})
        assert seen.rounds[0].count == 2 * k + 1
        assert len(arguments(seen, "burn")) == k
