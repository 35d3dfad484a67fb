"""Where a loop is entered (X29, X30, K32)."""

from __future__ import annotations

import pytest

from hypergraph import END, Graph, MissingInputError, SyncRunner, node, route
from tests.execution.tracing import Trace, explains, says

RUNNER = SyncRunner()


@node(output_name="hi")
def up(lo: int) -> int:
    return min(lo + 1, 2)


@node(output_name="lo")
def down(hi: int) -> int:
    return hi


@node(output_name="n")
def step(n: int) -> int:
    return n + 1


@route(targets=["step", END])
def more(n: int) -> object:
    return "step" if n < 3 else END


SWING = Graph([up, down])
COUNT = Graph([step, more])
BOTH = Graph([up, down, step, more])


@pytest.mark.parametrize("graph", [SWING, COUNT])
def test_x29_xe61_a_loop_without_a_seed(graph: Graph) -> None:
    with pytest.raises(MissingInputError) as caught:
        RUNNER.run(graph)
    assert caught.value.missing == []
    ways = ("down → hi", "up → lo") if graph is SWING else ("step → n",)
    assert explains(caught.value, "HG311", "No entry point for cycle", *ways)


def test_x29_xe62_seeds_for_two_entries() -> None:
    with pytest.raises(ValueError) as caught:
        RUNNER.run(SWING, lo=0, hi=0)
    assert explains(caught.value, "HG312", "Ambiguous cycle entry", "down → hi", "up → lo")


def test_x29_x30_xe62_an_entry_point_settles_it_and_both_seeds_are_there() -> None:
    trace = Trace()
    graph = Graph(
        [
            node(output_name="hi")(trace(up.func)).with_name("up"),
            node(output_name="lo")(trace(down.func)).with_name("down"),
        ]
    )
    result = RUNNER.run(graph, lo=0, hi=7, entrypoint="up")
    assert trace.calls[:2] == ["up(0)", "down(7)"]
    assert result.values == {"hi": 2, "lo": 2}
    assert RUNNER.run(graph, lo=0, hi=7, entrypoint="down").values == result.values


def test_x29_xe63_two_entries_that_need_the_same_name() -> None:
    double = node(lambda n: n, "twin").with_name("double")
    back = node(lambda n, twin: n, "n").with_name("back")
    graph = Graph([double, back])
    assert set(graph.inputs.entrypoints) == {"back", "double"}
    same = Graph([step, node(lambda n: n * 2, "m").with_name("twice"), more])
    assert RUNNER.run(same, n=2)["n"] == 3


def test_x29_xe64_an_unknown_entry_point() -> None:
    with pytest.raises(ValueError) as caught:
        RUNNER.run(SWING, lo=0, entrypoint="uup")
    assert explains(
        caught.value, "HG309", "not a valid entry point", "'down', 'up'", "Did you mean 'up'?"
    )


def test_x29_xe64_an_entry_point_without_its_seeds() -> None:
    with pytest.raises(ValueError) as caught:
        RUNNER.run(SWING, lo=0, entrypoint="down")
    assert explains(caught.value, "HG310", "'down' needs 'hi'", "Missing: 'hi'")


def test_x29_xe65_an_entry_point_leaves_other_loops_to_be_checked() -> None:
    with pytest.raises(MissingInputError) as caught:
        RUNNER.run(BOTH, lo=0, entrypoint="up")
    assert says(caught.value, "No entry point for cycle", "step → n")
    result = RUNNER.run(BOTH, lo=0, n=0, entrypoint="up")
    assert result.completed and result["n"] == 3


def test_xe66_a_default_or_a_binding_is_a_seed() -> None:
    start = node(lambda n=1: n + 1, "n").with_name("step")
    check = route(targets=["step", END])(lambda n=1: "step" if n < 3 else END).with_name("check")
    assert RUNNER.run(Graph([start, check])).values == {"n": 3}
    assert RUNNER.run(COUNT.bind(n=1)).values == {"n": 3}


def test_k32_an_entry_point_where_no_loop_needs_a_seed() -> None:
    with pytest.raises(ValueError, match="not a valid entry point"):
        RUNNER.run(Graph([node(lambda x: x, "y").with_name("same")]), x=1, entrypoint="same")


def test_x28_x29_names_that_a_replaced_node_needs_are_no_seeds() -> None:
    make = node(lambda back: (back, back), ("goal", "note")).with_name("make")
    aim = node(lambda goal: goal, "back").with_name("aim")
    tell = node(lambda note: f"note {note}", "told").with_name("tell")
    graph = Graph([make, aim, tell])
    assert graph.inputs.entrypoints == {"aim": ("goal",), "make": ("back",)}
    result = RUNNER.run(graph, note=1, on_internal_override="ignore")
    assert result.values == {"note": 1, "told": "note 1"}


def test_x29_a_name_that_a_node_before_the_loop_produces_is_no_seed() -> None:
    seed = node(lambda x: x, "n", emit="seeded").with_name("seed")
    loop = node(output_name="n", wait_for="seeded")(lambda n: n + 1).with_name("step")
    assert RUNNER.run(Graph([seed, loop, more]), x=1)["n"] == 3
