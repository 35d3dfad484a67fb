"""Gates: what they may decide, and what their decisions do (sections 9.5 and 12.1)."""

from __future__ import annotations

from typing import Any

import pytest

from hypergraph import END, FunctionNode, Graph, SyncRunner, ifelse, node, route
from tests.execution.tracing import Trace, says, told

RUNNER = SyncRunner()


def leaf(name: str, reads: str = "x", gives: str | None = None) -> FunctionNode:
    """A node that returns what it reads."""
    one = node(lambda value: value, gives or f"{name}_out").with_name(name)
    return one.with_inputs(value=reads)


def saying(answer: Any, *targets: Any, **options: Any) -> Graph:
    """A gate ``pick`` that says ``answer``, over leaves of the names of its targets."""
    pick = route(targets=list(targets), **options)(lambda x: answer).with_name("pick")
    return Graph([pick, *(leaf(name) for name in targets if isinstance(name, str))])


def run(graph: Graph, **values: Any) -> list[str]:
    """The outputs of a run."""
    return list(RUNNER.run(graph, {"x": 1, **values}))


@pytest.mark.parametrize(("answer", "outputs"), [("a", ["a_out"]), ("b", ["b_out"])])
def test_x61_xe70_a_route_runs_exactly_what_it_names(answer: str, outputs: list[str]) -> None:
    assert run(saying(answer, "a", "b")) == outputs


@pytest.mark.parametrize(("answer", "outputs"), [(True, ["a_out"]), (False, ["b_out"])])
def test_x60_xe70_if_else_runs_exactly_one_branch(answer: bool, outputs: list[str]) -> None:
    gate = ifelse(when_true="a", when_false="b")(lambda x: answer).with_name("gate")
    assert run(Graph([gate, leaf("a"), leaf("b")])) == outputs


def test_xe71_both_branches_may_produce_the_same_name() -> None:
    gate = ifelse(when_true="a", when_false="b")(lambda x: x > 0).with_name("gate")
    low = node(lambda x: "low", "word").with_name("b")
    high = node(lambda x: "high", "word").with_name("a")
    join = node(lambda word: word.upper(), "loud").with_name("join")
    graph = Graph([gate, high, low, join])
    assert RUNNER.run(graph, x=1).values == {"word": "high", "loud": "HIGH"}
    assert RUNNER.run(graph, x=-1).values == {"word": "low", "loud": "LOW"}


def test_xe72_branches_of_different_length_with_one_final_name() -> None:
    gate = ifelse(when_true="a", when_false="b1")(lambda x: x > 0).with_name("gate")
    graph = Graph(
        [
            gate,
            leaf("a", gives="word"),
            leaf("b1"),
            leaf("b2", reads="b1_out", gives="word"),
            leaf("end", reads="word"),
        ]
    )
    assert RUNNER.run(graph, x=1).values == {"word": 1, "end_out": 1}
    assert RUNNER.run(graph, x=-1).values == {"b1_out": -1, "word": -1, "end_out": -1}


def test_xe73_end_leaves_targets_unrun_and_the_rest_alone() -> None:
    graph = saying(END, "a", END)
    more = Graph([leaf("before"), *graph.iter_nodes(), leaf("beside")])
    result = RUNNER.run(more, x=1)
    assert list(result) == ["before_out", "beside_out"] and result.completed


def test_xe73_a_gate_may_have_nothing_but_end() -> None:
    assert run(saying(END, END)) == []


def test_x61_xe74_none_runs_the_fallback_if_there_is_one() -> None:
    assert run(saying(None, "a", "b")) == []
    assert run(saying(None, "a", "b", fallback="b")) == ["b_out"]
    assert run(saying(None, "a", END, fallback=END)) == []


@pytest.mark.parametrize(
    ("answer", "outputs"),
    [
        (["a", "c"], ["a_out", "c_out"]),
        (["c", "a"], ["a_out", "c_out"]),
        ([], []),
        (None, []),
        ([END], []),
        ([END, "a"], ["a_out"]),
    ],
    ids=str,
)
def test_x62_xe75_several_targets(answer: Any, outputs: list[str]) -> None:
    assert run(saying(answer, "a", "b", "c", END, multi_target=True)) == outputs


def test_xe75_chosen_targets_share_a_superstep() -> None:
    graph = saying(["a", "b"], "a", "b", multi_target=True)
    assert graph.compiled().source.count("# superstep") == 2


def test_x61_xe76_what_is_no_target_is_refused() -> None:
    with pytest.raises(ValueError) as caught:
        run(saying("zz", "a", "b"))
    assert says(caught.value, "invalid target", "'pick'", "'zz'", "'a'", "'b'")
    with pytest.raises(ValueError) as caught:
        run(saying(END, "a", "b"))
    assert says(caught.value, "invalid target", "END")
    with pytest.raises(ValueError, match="invalid target"):
        run(saying(["a", "zz"], "a", multi_target=True))
    with pytest.raises(ValueError, match="invalid target"):
        run(saying([END], "a", multi_target=True))


def test_x61_x62_xe77_one_target_or_several_is_declared() -> None:
    with pytest.raises(TypeError) as caught:
        run(saying(["a"], "a", "b"))
    assert says(caught.value, "multi_target=False but returned a list", "pick")
    with pytest.raises(TypeError) as caught:
        run(saying("a", "a", "b", multi_target=True))
    assert says(caught.value, "multi_target=True but returned str", "pick")
    with pytest.raises(TypeError, match="multi_target=True but returned tuple"):
        run(saying(("a",), "a", "b", multi_target=True))
    with pytest.raises(TypeError, match="multi_target=True but returned"):
        run(saying(END, "a", END, multi_target=True))


@pytest.mark.parametrize("answer", [1, 0, None, "yes", []], ids=repr)
def test_x60_xe78_if_else_takes_nothing_but_a_bool(answer: Any) -> None:
    gate = ifelse(when_true="a", when_false=END)(lambda x: answer).with_name("gate")
    with pytest.raises(TypeError) as caught:
        run(Graph([gate, leaf("a")]))
    assert says(caught.value, "gate", "must return bool", type(answer).__name__)


def test_x63_xe79_the_string_end_is_warned_about_and_refused() -> None:
    with told() as texts, pytest.raises(ValueError, match="invalid target"):
        run(saying("END", "a", END))
    assert len(texts) == 1 and says(texts[0], "END", "sentinel")


def test_x48_x49_xe80_a_target_waits_for_a_gate_that_is_ready() -> None:
    trace = Trace()
    a = node(output_name="a_out")(trace(lambda x: x)).with_name("a")
    gate = route(targets=["a", END])(lambda x: END).with_name("gate")
    assert run(Graph([a, gate])) == [] and trace.calls == []


def test_d2_x50_a_gate_whose_inputs_come_later_than_its_targets_still_comes_first() -> None:
    late = node(lambda x: x, "late").with_name("make_late")
    gate = route(targets=["a", END])(lambda late: END).with_name("gate")
    assert run(Graph([leaf("a"), late, gate])) == ["late"]


def never_run(**options: Any) -> Graph:
    """The gate waits for a value that no one makes; ``a`` is its target."""
    switch = ifelse(when_true="make", when_false=END)(lambda flag: flag).with_name("switch")
    make = node(lambda: 1, "late").with_name("make")
    gate = route(targets=["a", END], **options)(lambda late: "a").with_name("gate")
    return Graph([switch, make, gate, leaf("a")])


def test_x44_x45_a_gate_that_cannot_run_leaves_its_targets_open() -> None:
    assert run(never_run(), flag=False) == ["a_out"]
    assert run(never_run(), flag=True) == ["late", "a_out"]


def test_xe81_unless_it_is_closed_by_default() -> None:
    assert run(never_run(default_open=False), flag=False) == []
    assert run(never_run(default_open=False), flag=True) == ["late", "a_out"]


def test_x44_xe82_of_two_gates_either_suffices() -> None:
    one = route(targets=["a", END])(lambda p: p).with_name("one")
    two = route(targets=["a", END])(lambda q: q).with_name("two")
    graph = Graph([one, two, leaf("a")])
    for p, q, outputs in [
        ("a", END, ["a_out"]),
        (END, "a", ["a_out"]),
        ("a", "a", ["a_out"]),
        (END, END, []),
    ]:
        assert run(graph, p=p, q=q) == outputs


def test_xe83_gates_read_renamed_bound_and_defaulted_inputs() -> None:
    @route(targets=["a", "b"], rename_inputs={"score": "points"})
    def pick(score: int, limit: int = 5) -> str:
        return "a" if score > limit else "b"

    graph = Graph([pick, leaf("a"), leaf("b")])
    assert run(graph, points=6) == ["a_out"]
    assert run(graph.bind(limit=7), points=6) == ["b_out"]
    renamed = Graph([pick.with_inputs(points="marks", limit="bar"), leaf("a"), leaf("b")])
    assert run(renamed, marks=3, bar=1) == ["a_out"]


@pytest.mark.parametrize("answer", ["a", END, None])
def test_x64_xe84_a_gate_gives_its_signal_whatever_it_decides(answer: Any) -> None:
    graph = saying(answer, "a", END, emit="asked")
    after = node(output_name="later", wait_for="asked")(lambda x: x).with_name("after")
    result = RUNNER.run(Graph([*graph.iter_nodes(), after]), x=1)
    assert "later" in result and "asked" not in result


def test_xe85_routing_to_a_graph_node_and_to_a_gate() -> None:
    inner = Graph([leaf("deep")], name="inner").as_node()
    second = route(targets=["a", END])(lambda x: "a").with_name("second")
    for answer, outputs in (("inner", ["deep_out"]), ("second", ["a_out"])):
        first = route(targets=["inner", "second"])(lambda x, say=answer: say).with_name("first")
        assert run(Graph([first, inner, second, leaf("a")])) == outputs


def test_k3_x52_a_gate_that_was_ruled_out_closes_its_targets() -> None:
    first = route(targets=["second", END])(lambda x: END).with_name("first")
    second = route(targets=["a", END])(lambda x: "a").with_name("second")
    assert run(Graph([first, second, leaf("a")])) == []


def test_x44_a_gate_that_said_nothing_keeps_its_targets_closed() -> None:
    assert run(saying(None, "a")) == []


def test_d11_a_gate_outside_loops_decides_once() -> None:
    trace = Trace()
    late = node(lambda x: x + 1, "y").with_name("late")
    gate = route(targets=["a", END])(trace(lambda y=0: "a" if y else END)).with_name("gate")
    assert run(Graph([gate, late, leaf("a")])) == ["y", "a_out"]
    assert trace.calls == ["<lambda>(2)"]


def test_d10_a_node_outside_that_a_gate_in_a_loop_chose_runs_once_after_it() -> None:
    trace = Trace()

    @node(output_name="n")
    @trace
    def step(n: int) -> int:
        return n + 1

    @route(targets=["step", "alarm"], multi_target=True)
    def watch(n: int) -> list[str]:
        return [*(["step"] if n < 4 else []), *(["alarm"] if n in (1, 2) else [])]

    @node(output_name="rang")
    @trace
    def alarm(n: int) -> str:
        return f"at {n}"

    result = RUNNER.run(Graph([alarm, step, watch]), n=0)
    assert result.values == {"rang": "at 4", "n": 4}
    assert trace.names == ["step"] * 4 + ["alarm"]
    assert "rang" not in RUNNER.run(Graph([alarm, step, watch]), n=3)


def test_x58_a_gate_sees_the_same_values_as_its_siblings() -> None:
    trace = Trace()
    bump = node(output_name="y")(trace(lambda x: x + 1)).with_name("bump")
    gate = route(targets=["a", END])(trace(lambda x: "a")).with_name("gate")
    assert run(Graph([bump, gate, leaf("a")])) == ["y", "a_out"]
    assert trace.calls == ["<lambda>(1)", "<lambda>(1)"]


@pytest.mark.parametrize("answer", ["a", "b"])
def test_x44_everything_after_a_branch_runs_however_the_branches_are_mixed(answer: str) -> None:
    followers = [
        leaf("first", "a_out"),
        leaf("other", "b_out"),
        leaf("second", "a_out"),
    ]
    graph = Graph([*saying(answer, "a", "b").iter_nodes(), *followers])
    expected = {"a": ["a_out", "first_out", "second_out"], "b": ["b_out", "other_out"]}
    assert run(graph) == expected[answer]
