"""What becomes of a run in which something fails (sections 4 and 16)."""

from __future__ import annotations

import threading
from typing import Any

import pytest

from hypergraph import END, ExecutionError, FunctionNode, Graph, SyncRunner, node, route
from tests.execution.tracing import Trace

RUNNER = SyncRunner()


class Peculiar(Exception):
    """An exception of the user's own."""


def step(name: str, reads: str, trace: Trace | None = None) -> FunctionNode:
    """A node that adds one."""

    def work(value: int) -> int:
        return value + 1

    work.__name__ = name
    return FunctionNode((trace or Trace())(work), name, f"{name}_out").with_inputs(value=reads)


def broken(name: str, reads: str, error: BaseException) -> FunctionNode:
    """A node that raises."""

    def burst(value: int) -> int:
        raise error

    return FunctionNode(burst, name, f"{name}_out").with_inputs(value=reads)


def wrapped(one: FunctionNode, depth: int) -> Graph:
    """The node, ``depth`` graphs down."""
    graph = Graph([one], name="g0")
    for level in range(depth):
        graph = Graph([graph.as_node()], name=f"g{level + 1}")
    return graph


def partial(graph: Graph, **options: Any) -> dict[str, Any]:
    """The values of a run that fails."""
    result = RUNNER.run(graph, x=1, error_handling="continue", **options)
    assert result.status == "failed"
    return dict(result.values)


@pytest.mark.parametrize("depth", [0, 1, 3])
def test_x10_x76_xe111_the_original_exception_from_any_depth(depth: int) -> None:
    error = Peculiar("as it was")
    with pytest.raises(Peculiar) as caught:
        RUNNER.run(wrapped(broken("bad", "x", error), depth), x=1)
    assert caught.value is error and str(error) == "as it was"


@pytest.mark.parametrize("place", [0, 1, 2])
def test_xe111_the_original_exception_from_any_position(place: int) -> None:
    chain = [step("a", "x"), step("b", "a_out"), step("c", "b_out")]
    chain[place] = broken(chain[place].name, chain[place].inputs[0], KeyError("k"))
    with pytest.raises(KeyError) as caught:
        RUNNER.run(Graph(chain), x=1)
    assert caught.value.args == ("k",)


def test_xe111_from_a_join_a_loop_and_an_item() -> None:
    error = Peculiar("here")
    both = node(lambda a_out, b_out: (_ for _ in ()).throw(error), "j").with_name("join")
    with pytest.raises(Peculiar):
        RUNNER.run(Graph([step("a", "x"), step("b", "x"), both]), x=1)
    again = route(targets=["n", END])(lambda x: "n").with_name("again")
    turn = broken("n", "x", error).with_outputs(n_out="x")
    with pytest.raises(Peculiar):
        RUNNER.run(Graph([turn, again]), x=1)
    with pytest.raises(Peculiar):
        RUNNER.map(Graph([broken("bad", "x", error)]), x=[1], map_over="x")
    with pytest.raises(Peculiar):
        inner = Graph([broken("bad", "x", error)], name="inner").as_node().map_over("x")
        RUNNER.run(Graph([inner]), x=[1])


@pytest.mark.parametrize(
    "error", [ValueError("v"), TypeError("t"), RuntimeError("r"), Peculiar("p")], ids=repr
)
def test_x71_xe112_continue_returns_the_error_itself(error: Exception) -> None:
    result = RUNNER.run(Graph([broken("bad", "x", error)]), x=1, error_handling="continue")
    assert result.status == "failed" and result.error is error
    assert not result.completed and not result.paused and result.run_id.startswith("run-")


def test_x10_an_execution_error_never_gets_out() -> None:
    with pytest.raises(Peculiar) as caught:
        RUNNER.run(wrapped(broken("bad", "x", Peculiar()), 2), x=1)
    assert not isinstance(caught.value.__context__, ExecutionError)


def test_k13_x10_the_users_own_cause_is_kept() -> None:
    def burst(value: int) -> int:
        try:
            return [0][value]
        except IndexError as reason:
            raise Peculiar("outer") from reason

    for graph in (Graph([node(burst, "y")]), wrapped(node(burst, "y"), 2)):
        with pytest.raises(Peculiar) as caught:
            RUNNER.run(graph, value=1)
        assert isinstance(caught.value.__cause__, IndexError)
        result = RUNNER.run(graph, value=1, error_handling="continue")
        assert result.error is not None and isinstance(result.error.__cause__, IndexError)


def test_x74_xe113_a_failing_node_gives_none_of_its_outputs() -> None:
    trace = Trace()
    bad = broken("b", "a_out", Peculiar())
    assert partial(Graph([step("a", "x"), bad, step("c", "b_out", trace)])) == {"a_out": 2}
    assert trace.calls == []


def test_xe114_nothing_ran_before_the_first_node() -> None:
    assert partial(Graph([broken("a", "x", Peculiar()), step("b", "a_out")])) == {}


def test_x72_xe115_an_earlier_sibling_is_kept() -> None:
    graph = Graph([step("a", "x"), broken("b", "x", Peculiar())])
    assert partial(graph) == {"a_out": 2}


def test_x72_xe116_later_siblings_are_not_called() -> None:
    trace = Trace()
    graph = Graph([step("a", "x", trace), broken("b", "x", Peculiar()), step("c", "x", trace)])
    assert partial(graph) == {"a_out": 2} and trace.names == ["a"]


@pytest.mark.parametrize("error", [KeyboardInterrupt(), SystemExit(3)], ids=repr)
@pytest.mark.parametrize("handling", ["raise", "continue"])
def test_x75_xe118_what_is_no_exception_propagates(error: BaseException, handling: Any) -> None:
    graph = Graph([step("a", "x"), broken("bad", "x", error)])
    with pytest.raises(type(error)) as caught:
        RUNNER.run(graph, x=1, error_handling=handling)
    assert caught.value is error


def test_x75_the_same_for_items_and_mapped_graphs() -> None:
    inner = Graph([broken("bad", "x", KeyboardInterrupt())], name="inner")
    with pytest.raises(KeyboardInterrupt):
        RUNNER.map(inner, x=[1], map_over="x", error_handling="continue")
    mapped = inner.as_node().map_over("x", error_handling="continue")
    with pytest.raises(KeyboardInterrupt):
        RUNNER.run(Graph([mapped]), x=[1], error_handling="continue")


def test_x74_xe120_a_failing_nested_graph_gives_nothing() -> None:
    inner = Graph([step("b", "a_out"), broken("bad", "b_out", Peculiar())], name="inner")
    outer = Graph([step("a", "x"), inner.as_node()])
    assert partial(outer) == {"a_out": 2}


def test_xe121_partial_values_reach_through_supersteps() -> None:
    chain = [step("a", "x"), step("b", "a_out"), broken("c", "b_out", Peculiar())]
    assert partial(Graph(chain)) == {"a_out": 2, "b_out": 3}


def test_x71_a_default_that_cannot_be_copied_fails_like_a_node() -> None:
    guard = threading.Lock()
    stuck = node(lambda a_out, lock=guard: 1, "y").with_name("stuck")
    assert partial(Graph([step("a", "x"), stuck])) == {"a_out": 2}


def test_x71_partial_values_after_a_branch() -> None:
    gate = route(targets=["a", "b"])(lambda x: "b").with_name("gate")
    bad = node(lambda b_out: 1 / 0, "y").with_name("bad")
    assert partial(Graph([gate, step("a", "x"), step("b", "x"), bad])) == {"b_out": 2}


def test_x71_two_runs_of_one_node_function_keep_their_values_apart() -> None:
    """A node that itself runs the same graph: the outer run's values are the outer ones."""
    depth = {"now": 0}

    def again(a_out: int) -> int:
        depth["now"] += 1
        if depth["now"] == 1:
            return int(RUNNER.run(graph, x=10)["again_out"])
        raise Peculiar("inner")

    graph = Graph([step("a", "x"), FunctionNode(again, "again", "again_out")])
    assert partial(graph) == {"a_out": 2}
