"""Graphs inside graphs at run time (section 18)."""

from __future__ import annotations

from typing import Any

import pytest

from hypergraph import END, Graph, InfiniteLoopError, SyncRunner, ifelse, node, route
from tests.execution.tracing import Trace, says, told

RUNNER = SyncRunner()


@node(output_name="y")
def double(x: int) -> int:
    return 2 * x


@node(output_name="z")
def negate(y: int) -> int:
    return -y


def counting(trace: Trace, limit: int = 3) -> Graph:
    """A gated loop over ``n``."""
    step = node(output_name="n")(trace(lambda n: n + 1)).with_name("step")
    gate = route(targets=["step", END])(lambda n: "step" if n < limit else END).with_name("gate")
    return Graph([step, gate], name="count")


@pytest.mark.parametrize("depth", [1, 2, 3, 4])
def test_x83_x85_xe131_values_flow_in_and_out_by_name(depth: int) -> None:
    graph = Graph([double], name="g0")
    for level in range(depth):
        add = node(lambda y: y + 1, f"up{level}").with_name(f"add{level}")
        graph = Graph([graph.as_node(), add], name=f"g{level + 1}")
    values = RUNNER.run(graph, x=4).values
    assert values == {"y": 8, **{f"up{level}": 9 for level in range(depth)}}


def test_xe132_one_graph_used_twice_keeps_results_apart() -> None:
    inner = Graph([double], name="inner")
    left = inner.as_node(name="left").with_inputs(x="a").with_outputs(y="p")
    right = inner.as_node(name="right").with_inputs(x="p").with_outputs(y="q")
    assert RUNNER.run(Graph([right, left]), a=1).values == {"q": 4, "p": 2}


def test_xe133_renamed_and_swapped_names() -> None:
    pair = node(lambda a, b: (a, b), ("first", "second")).with_name("pair")
    one = Graph([pair], name="inner").as_node()
    swapped = one.with_inputs(a="b", b="a").with_outputs(first="second", second="first")
    assert RUNNER.run(Graph([swapped]), a=1, b=2).values == {"second": 2, "first": 1}


def test_xe133_mutually_exclusive_outputs_inside() -> None:
    gate = ifelse(when_true="yes", when_false="no")(lambda x: x > 0).with_name("gate")
    yes = node(lambda x: "yes", "word").with_name("yes")
    no = node(lambda x: "no", "word").with_name("no")
    inner = Graph([gate, yes, no], name="inner").as_node().with_outputs(word="said")
    assert RUNNER.run(Graph([inner]), x=1).values == {"said": "yes"}
    assert RUNNER.run(Graph([inner]), x=0).values == {"said": "no"}


def test_x84_xe134_a_selection_inside_hides_outputs_but_not_nodes() -> None:
    trace = Trace()
    seen = node(output_name="seen")(trace(lambda x: x)).with_name("look")
    inner = Graph([double, seen], name="inner").select("y")
    assert RUNNER.run(Graph([inner.as_node(), negate]), x=1).values == {"y": 2, "z": -2}
    assert trace.calls == ["<lambda>(1)"]


def test_x84_entry_points_inside_apply() -> None:
    trace = Trace()
    first = node(output_name="x")(trace(lambda s: s)).with_name("first")
    inner = Graph([first, double], name="inner").with_entrypoint("double")
    assert RUNNER.run(Graph([inner.as_node()]), x=3).values == {"y": 6} and trace.calls == []


def test_xe135_outputs_used_by_one_by_several_or_by_none() -> None:
    inner = Graph([double, negate], name="inner").as_node()
    both = node(lambda y, z: y - z, "diff").with_name("both")
    only = node(lambda z: z * 10, "ten").with_name("only")
    assert RUNNER.run(Graph([inner, both, only]), x=1).values == {
        "y": 2,
        "z": -2,
        "diff": 4,
        "ten": -20,
    }
    assert RUNNER.run(Graph([inner, only]), x=1, select="ten").values == {"ten": -20}


@pytest.mark.parametrize("depth", [1, 3])
def test_x86_xe136_a_loop_inside_has_ended_when_others_see_its_value(depth: int) -> None:
    trace = Trace()
    graph = counting(Trace())
    for level in range(depth):
        graph = Graph([graph.as_node()], name=f"g{level}")
    after = node(output_name="seen")(trace(lambda n: n)).with_name("after")
    result = RUNNER.run(Graph([after, graph.as_node()]), n=0)
    assert result.values == {"seen": 3, "n": 3} and trace.calls == ["<lambda>(3)"]


def test_x86_a_graph_node_that_loops_over_its_input_runs_once() -> None:
    trace = Trace()
    assert RUNNER.run(Graph([counting(trace).as_node()]), n=1).values == {"n": 3}
    assert trace.calls == ["<lambda>(1)", "<lambda>(2)"]


def test_xe136_parallel_nested_loops_are_independent() -> None:
    one = counting(Trace(), 2).as_node(name="one").with_inputs(n="a").with_outputs(n="a2")
    two = counting(Trace(), 5).as_node(name="two").with_inputs(n="b").with_outputs(n="b2")
    assert RUNNER.run(Graph([one, two]), a=0, b=0).values == {"a2": 2, "b2": 5}


def test_x84_x67_a_limit_of_the_caller_does_not_reach_inside() -> None:
    outer = Graph([counting(Trace(), 20).as_node()])
    assert RUNNER.run(outer, n=0, max_iterations=3).values == {"n": 20}
    endless = Graph([counting(Trace(), 10**6).as_node()])
    with pytest.raises(InfiniteLoopError) as caught:
        RUNNER.run(endless, n=0, max_iterations=3)
    assert caught.value.max_iterations == 1000


def test_x85_xe137_in_an_outer_loop_the_inner_run_starts_afresh() -> None:
    trace = Trace()

    @node(output_name="total")
    @trace
    def tally(item: int, seen: list[int] = []) -> int:  # noqa: B006
        seen.append(item)
        return 10 * item + len(seen)

    inner = Graph([tally], name="inner").as_node()
    advance = node(lambda item, total: item + 1, "item").with_name("advance")
    gate = route(targets=["inner", END])(lambda item: "inner" if item < 3 else END)
    result = RUNNER.run(Graph([inner, advance, gate.with_name("gate")]), item=0)
    assert trace.calls == ["tally(0, [])", "tally(1, [])", "tally(2, [])"]
    assert result.values == {"total": 21, "item": 3}


def test_x85_xe138_an_output_of_a_branch_not_taken_inside_is_absent_outside() -> None:
    gate = ifelse(when_true="double", when_false=END)(lambda go: go).with_name("gate")
    inner = Graph([gate, double], name="inner").as_node()
    graph = Graph([inner, negate])
    assert RUNNER.run(graph, x=1, go=True).values == {"y": 2, "z": -2}
    result = RUNNER.run(graph, x=1, go=False)
    assert result.values == {} and result.completed


def test_x83_defaults_inside_are_copied_for_every_execution() -> None:
    keep = node(lambda box=[]: box, "box_out").with_name("keep")
    outer = Graph([Graph([keep], name="inner").as_node()])
    assert RUNNER.run(outer)["box_out"] is not RUNNER.run(outer)["box_out"]


def test_x83_names_fed_by_edges_inside_stay_inside() -> None:
    inner = Graph([double, negate], name="inner").select("z").as_node()
    assert inner.inputs == ("x",)
    outside = node(lambda q: 100, "y").with_name("outside")
    assert RUNNER.run(Graph([outside, inner]), x=1, q=0).values == {"y": 100, "z": -2}


def chat() -> Graph:
    """A loop that can be entered with a history, or with a history and an answer."""
    reply = node(lambda history: len(history), "answer").with_name("reply")
    log = node(lambda history, answer: [*history, answer], "history", emit="turn").with_name("log")
    again = route(targets=["reply", END], wait_for="turn")(
        lambda history: END if len(history) >= 3 else "reply"
    )
    return Graph([reply, log, again.with_name("again")], name="chat")


def test_x84_x87_an_ambiguous_loop_inside_is_a_failure_of_the_graph_node() -> None:
    before = node(lambda q: q, "seen").with_name("before")
    outer = Graph([before, chat().as_node()])
    given: dict[str, Any] = {"q": 1, "history": [], "answer": 1}
    result = RUNNER.run(outer, given, error_handling="continue")
    assert result.status == "failed" and result.values["seen"] == 1
    assert isinstance(result.error, ValueError) and says(result.error, "Ambiguous cycle entry")
    with pytest.raises(ValueError, match="Ambiguous cycle entry"):
        RUNNER.run(outer, given)


@pytest.mark.parametrize(
    ("entry", "values", "history"),
    [
        ("reply", {"history": [7]}, [7, 1, 2]),
        ("log", {"history": [7], "answer": 9}, [7, 9, 1]),
    ],
)
def test_k19_x87_the_graphs_own_entry_point_chooses(
    entry: str, values: dict[str, Any], history: list[int]
) -> None:
    inner = chat().with_entrypoint(entry).as_node()
    assert set(inner.inputs) == set(values)
    assert RUNNER.run(Graph([inner]), values)["history"] == history


def test_x84_a_bound_output_inside_conflicts_with_inputs_that_are_all_given() -> None:
    inner = Graph([double, negate], name="inner").bind(y=5)
    with pytest.raises(ValueError, match="Cannot mix compute and inject"):
        RUNNER.run(Graph([inner.as_node()]), x=1)


def test_x148_what_an_inner_run_warns_of_is_repeated_on_every_run() -> None:
    used = node(lambda a, k: a + k, "sum").with_name("used")
    other = node(lambda k, m: m, "kept").with_name("other")
    inner = Graph([used, other], name="inner").bind(m=1).select("sum")
    outer = Graph([inner.as_node()])
    for _ in range(2):
        with told() as texts:
            assert RUNNER.run(outer, a=1, k=2).values == {"sum": 3}
        assert len(texts) == 1 and says(texts[0], "internal parameters … 'm'")


def test_x54_a_graph_node_runs_where_it_is_defined() -> None:
    trace = Trace()
    work = node(output_name="b")(trace(lambda x: x)).with_name("b_node")
    inner = Graph([work], name="inner").as_node()
    first = node(output_name="a")(trace(lambda p: p)).with_name("a_node")
    last = node(output_name="c")(trace(lambda q: q)).with_name("c_node")
    RUNNER.run(Graph([first, inner, last]), p=1, x=2, q=3)
    assert trace.calls == ["<lambda>(1)", "<lambda>(2)", "<lambda>(3)"]
