"""Which outputs a run returns, and what that changes (X22, X23, section 15)."""

from __future__ import annotations

from typing import Any

import pytest

from hypergraph import Graph, GraphConfigError, MissingInputError, SyncRunner, node, route
from tests.execution.tracing import Trace, explains, says, told

RUNNER = SyncRunner()


@node(output_name="a")
def first(x: int) -> int:
    return x + 1


@node(output_name="b", emit="done")
def second(a: int) -> int:
    return a * 2


@node(output_name="z")
def other(y: int) -> int:
    return -y


@route(targets=["yes", "no"])
def choose(x: int) -> str:
    return "yes" if x > 0 else "no"


yes = node(lambda x: x, "good").with_name("yes")
no = node(lambda x: x, "bad").with_name("no")

PARTS = Graph([first, second, other])
BRANCHES = Graph([choose, yes, no])


def test_x68_xe100_all_outputs_in_graph_order_and_no_inputs() -> None:
    result = RUNNER.run(Graph([other, second, first]), x=1, y=2)
    assert list(result.values.items()) == [("z", -2), ("b", 4), ("a", 2)]


def test_x22_xe101_a_name_is_a_list_of_one() -> None:
    for select in ("b", ["b"], ("b",)):
        assert RUNNER.run(PARTS, x=1, select=select).values == {"b": 4}


def test_x68_selected_names_come_in_the_order_given() -> None:
    assert list(RUNNER.run(PARTS, x=1, y=2, select=["z", "a"])) == ["z", "a"]


def test_x22_xe102_the_graphs_selection_counts_unless_the_call_has_one() -> None:
    graph = PARTS.select("a")
    assert RUNNER.run(graph, x=1).values == {"a": 2}
    assert RUNNER.run(graph, x=1, select="b").values == {"b": 4}
    assert RUNNER.run(graph, x=1, y=2, select="**").values == {"a": 2, "b": 4, "z": -2}


def test_xe102_asking_for_everything_needs_all_inputs_again() -> None:
    with pytest.raises(MissingInputError) as caught:
        RUNNER.run(PARTS.select("a"), x=1, select="**")
    assert caught.value.missing == ["y"]


def test_x22_nothing_selected_needs_nothing_and_returns_nothing() -> None:
    result = RUNNER.run(PARTS, select=[])
    assert result.completed and result.values == {}


def test_k33_none_is_unset_and_a_tuple_is_a_list() -> None:
    assert RUNNER.run(PARTS.select("a"), x=1, select=None).values == {"a": 2}
    with pytest.raises(GraphConfigError):
        RUNNER.run(PARTS, x=1, y=1, select=("a", "nope"))
    assert RUNNER.run(PARTS, x=1, select=("a",)).values == {"a": 2}


def test_x23_xe103_inputs_that_only_other_outputs_need_may_be_missing() -> None:
    assert RUNNER.run(PARTS, x=1, select=["b"]).values == {"b": 4}
    with pytest.raises(MissingInputError):
        RUNNER.run(PARTS, x=1, select=["z"], on_internal_override="ignore")


def test_x23_what_is_not_selected_runs_all_the_same() -> None:
    trace = Trace()
    graph = Graph([node(output_name="a")(trace(lambda x: x)).with_name("f"), other])
    with told() as texts:
        result = RUNNER.run(graph, x=1, y=2, select="z")
    assert result.values == {"z": -2} and trace.calls == ["<lambda>(1)"]
    assert len(texts) == 1 and says(texts[0], "'x'", "not recognised in the active scope")


def test_x23_a_node_that_is_not_selected_and_raises_fails_the_run() -> None:
    @node(output_name="broken")
    def burst(x: int) -> int:
        raise ValueError("burst")

    with pytest.raises(ValueError, match=r"^burst$"):
        RUNNER.run(Graph([burst, first]), x=1, select="a")


def test_x22_xe104_a_name_that_is_no_output_is_refused_whatever_on_missing_says() -> None:
    for on_missing in ("ignore", "warn", "error"):
        with pytest.raises(GraphConfigError) as caught:
            RUNNER.run(PARTS, x=1, y=2, select=["a", "zz"], on_missing=on_missing)
        assert explains(caught.value, "HG304", "Invalid select", "'zz'", "'a'", "'b'", "'z'")
        assert "Did you mean 'z'?" in str(caught.value)


def test_xe104_an_input_is_no_output() -> None:
    with pytest.raises(GraphConfigError, match="Invalid select"):
        RUNNER.run(PARTS, x=1, y=2, select="x")


def test_xe104_a_valid_selection_does_not_warn() -> None:
    with told() as texts:
        RUNNER.run(PARTS, x=1, select=["a", "b"], on_missing="warn")
    assert texts == []


def test_x69_xe105_a_selected_name_that_was_not_produced() -> None:
    assert RUNNER.run(BRANCHES, x=1, select=["good", "bad"]).values == {"good": 1}
    with told() as texts:
        result = RUNNER.run(BRANCHES, x=1, select=["good", "bad"], on_missing="warn")
    assert result.values == {"good": 1}
    assert len(texts) == 1 and says(texts[0], "Requested outputs not found", "'bad'", "'good'")
    with pytest.raises(ValueError) as caught:
        RUNNER.run(BRANCHES, x=1, select=["good", "bad"], on_missing="error")
    assert says(caught.value, "Requested outputs not found", "'bad'", "'good'")


def test_x69_a_missing_output_is_a_failure_of_the_run() -> None:
    result = RUNNER.run(BRANCHES, x=1, select="bad", on_missing="error", error_handling="continue")
    assert result.status == "failed" and result.values == {}
    assert says(result.error, "Requested outputs not found")


def test_x69_the_graphs_selection_counts_as_asked_for() -> None:
    with pytest.raises(ValueError, match="Requested outputs not found"):
        RUNNER.run(BRANCHES.select("bad"), x=1, on_missing="error")


def test_x69_without_a_selection_nothing_can_be_missing() -> None:
    for select in (None, "**"):
        with told() as texts:
            RUNNER.run(BRANCHES, x=1, select=select, on_missing="error")
        assert texts == []


def test_xe106_only_the_selected_part_is_returned() -> None:
    assert RUNNER.run(PARTS, x=1, y=2, select="z", on_internal_override="ignore").values == {
        "z": -2
    }


def test_x70_xe107_partial_values_are_those_selected() -> None:
    @node(output_name="never")
    def burst(b: int) -> int:
        raise ValueError("burst")

    graph = Graph([first, second, burst])
    keep: dict[str, Any] = {"error_handling": "continue"}
    assert RUNNER.run(graph, x=1, **keep).values == {"a": 2, "b": 4}
    failed = RUNNER.run(graph, x=1, select=["never", "a"], on_missing="error", **keep)
    assert failed.values == {"a": 2} and str(failed.error) == "burst"


def test_x68_xe90_signals_are_never_returned() -> None:
    assert "done" in PARTS.outputs
    assert RUNNER.run(PARTS, x=1, y=1).values == {"a": 2, "b": 4, "z": -1}
    with told() as texts:
        result = RUNNER.run(PARTS, x=1, select=["done", "a"], on_missing="error")
    assert (result.values, texts) == ({"a": 2}, [])


def test_x68_a_supplied_output_is_returned_and_a_bound_one_is_not() -> None:
    assert RUNNER.run(PARTS, a=5, y=1, on_internal_override="ignore").values == {
        "a": 5,
        "b": 10,
        "z": -1,
    }
    bound = RUNNER.run(PARTS.bind(a=5), y=1, on_internal_override="ignore")
    assert bound.values == {"b": 10, "z": -1}
