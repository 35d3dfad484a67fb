"""The worked traces of section 13, call by call."""

from __future__ import annotations

import pytest

from hypergraph import END, Graph, InfiniteLoopError, SyncRunner, node, route
from tests.execution.tracing import Trace

RUNNER = SyncRunner()


def test_13_1_definition_order_is_not_execution_order() -> None:
    """X53 aside, results follow the definition, calls follow what depends on what (X54, X68)."""
    trace = Trace()

    @node(output_name="label")
    @trace
    def tag(total: float) -> str:
        return f"{total:.0f}"

    @node(output_name="total")
    @trace
    def add_up(net: float, tax: float) -> float:
        return net + tax

    @node(output_name="tax")
    @trace
    def levy(net: float, rate: float = 0.5) -> float:
        return net * rate

    result = RUNNER.run(Graph([tag, add_up, levy]), net=10)
    assert trace.calls == ["levy(10, 0.5)", "add_up(10, 5.0)", "tag(15.0)"]
    assert list(result.values.items()) == [("label", "15"), ("total", 15.0), ("tax", 5.0)]


def fuel_graph(trace: Trace) -> Graph:
    @node(output_name="fuel")
    @trace
    def burn(fuel: int) -> int:
        return fuel - 1

    @route(targets=["burn", END])
    @trace
    def check(fuel: int) -> object:
        return "burn" if fuel > 0 else END

    @node(output_name="report")
    @trace
    def note(fuel: int) -> str:
        return f"{fuel} left"

    return Graph([burn, check, note])


def test_13_2_d3_a_gated_loop_with_an_ungated_observer() -> None:
    """The observer sees the final value, once; gate and body take turns (X47, X48, X49)."""
    trace = Trace()
    result = RUNNER.run(fuel_graph(trace), fuel=2)
    assert trace.calls == ["check(2)", "burn(2)", "check(1)", "burn(1)", "check(0)", "note(0)"]
    assert result.values == {"fuel": 0, "report": "0 left"}


def test_13_2_x67_d8_five_rounds_need_a_limit_of_five() -> None:
    """The observer is no round; with one round less the partial value is there (X72)."""
    graph = fuel_graph(Trace())
    assert RUNNER.run(graph, fuel=2, max_iterations=5)["report"] == "0 left"
    with pytest.raises(InfiniteLoopError) as caught:
        RUNNER.run(graph, fuel=2, max_iterations=4)
    assert caught.value.max_iterations == 4
    failed = RUNNER.run(graph, fuel=2, max_iterations=4, error_handling="continue")
    assert failed.values == {"fuel": 0}


def test_13_3_d1_k21_a_fallback_on_an_edge_fed_input_waits() -> None:
    trace = Trace()

    @node(output_name="bill")
    @trace
    def charge(price: int = 1) -> int:
        return price * 10

    @node(output_name="price")
    @trace
    def quote(sku: str) -> int:
        return 7

    @node(output_name="mail")
    @trace
    def send(bill: int) -> str:
        return f"pay {bill}"

    result = RUNNER.run(Graph([charge, quote, send]), sku="a")
    assert trace.calls == ["quote('a')", "charge(7)", "send(70)"]
    assert result.values == {"bill": 70, "price": 7, "mail": "pay 70"}


def test_13_4_an_ungated_loop_of_two() -> None:
    """It ends as soon as nothing changes any more (X34, X39)."""
    trace = Trace()

    @node(output_name="hi")
    @trace
    def up(lo: int) -> int:
        return min(lo + 1, 2)

    @node(output_name="lo")
    @trace
    def down(hi: int) -> int:
        return hi

    result = RUNNER.run(Graph([up, down]), lo=0)
    assert trace.calls == ["up(0)", "down(1)", "up(1)", "down(2)", "up(2)"]
    assert result.values == {"hi": 2, "lo": 2}


def test_13_4_without_convergence_the_limit_ends_it() -> None:
    up = node(lambda lo: lo + 1, "hi").with_name("up")
    down = node(lambda hi: hi, "lo").with_name("down")
    with pytest.raises(InfiniteLoopError, match="9"):
        RUNNER.run(Graph([up, down]), lo=0, max_iterations=9)
