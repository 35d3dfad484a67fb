"""Graphs that start in the middle: ``with_entrypoint`` at run time (section 9.1)."""

from __future__ import annotations

from hypergraph import END, Graph, SyncRunner, node, route
from tests.execution.tracing import Trace, says, told

RUNNER = SyncRunner()


def chain(trace: Trace) -> Graph:
    first = node(output_name="a")(trace(lambda x: x + 1)).with_name("first")
    second = node(output_name="b")(trace(lambda a: a * 10)).with_name("second")
    third = node(output_name="c")(trace(lambda b: -b)).with_name("third")
    return Graph([first, second, third])


def test_x37_xe108_nodes_before_the_entry_point_never_run() -> None:
    trace = Trace()
    graph = chain(trace).with_entrypoint("second")
    with told() as texts:
        result = RUNNER.run(graph, x=1, a=5)
    assert result.values == {"a": 5, "b": 50, "c": -50} and trace.calls[0] == "<lambda>(5)"
    assert len(texts) == 1 and says(texts[0], "not recognised in the active scope: 'x'")


def test_xe109_nodes_after_the_entry_point_run_as_usual() -> None:
    trace = Trace()
    assert RUNNER.run(chain(trace).with_entrypoint("second"), a=1).values == {
        "a": 1,
        "b": 10,
        "c": -10,
    }
    assert len(trace.calls) == 2


def test_xe109_without_entry_points_everything_runs() -> None:
    trace = Trace()
    assert RUNNER.run(chain(trace), x=0)["c"] == -10 and len(trace.calls) == 3


def test_x37_a_part_that_the_entry_point_does_not_lead_to_never_runs() -> None:
    trace = Trace()
    beside = node(output_name="z")(trace(lambda y: y)).with_name("beside")
    graph = Graph([*chain(Trace()).iter_nodes(), beside]).with_entrypoint("third")
    result = RUNNER.run(graph, b=2, y=1, on_internal_override="ignore")
    assert result["c"] == -2 and trace.calls == []


def test_x37_control_and_ordering_edges_lead_on_as_well() -> None:
    first = node(lambda x: x, "a", emit="done").with_name("first")
    gate = route(targets=["chosen", END])(lambda a: "chosen").with_name("gate")
    chosen = node(lambda k: k, "picked").with_name("chosen")
    after = node(output_name="later", wait_for="done")(lambda k: k).with_name("after")
    graph = Graph([first, gate, chosen, after]).with_entrypoint("first")
    assert RUNNER.run(graph, x=1, k=2).values == {"a": 1, "picked": 2, "later": 2}


def test_x45_a_gate_that_is_left_out_leaves_its_targets_open() -> None:
    def graph(default_open: bool) -> Graph:
        gate = route(targets=["work", END], default_open=default_open)(lambda x: END)
        work = node(lambda k: k, "done").with_name("work")
        return Graph([gate.with_name("gate"), work]).with_entrypoint("work")

    assert RUNNER.run(graph(True), k=1).values == {"done": 1}
    assert RUNNER.run(graph(False), k=1).values == {}


def test_x37_the_option_of_the_same_name_changes_nothing_of_this() -> None:
    trace = Trace()
    step = node(output_name="n")(trace(lambda n: n + 1)).with_name("step")
    more = route(targets=["step", END])(lambda n: "step" if n < 2 else END).with_name("more")
    first = node(output_name="seen")(trace(lambda k: k)).with_name("first")
    result = RUNNER.run(Graph([first, step, more]), n=0, k=5, entrypoint="step")
    assert result.values == {"seen": 5, "n": 2}


def test_x45_an_inactive_gate_that_is_closed_itself_opens_nothing() -> None:
    trace = Trace()

    def graph(outer_open: bool) -> Graph:
        outer = route(targets=["inner", END], default_open=outer_open)(lambda x: "inner")
        inner = route(targets=["work", END])(lambda x: "work")
        work = node(output_name="y")(trace(lambda x: x)).with_name("work")
        nodes = [outer.with_name("outer"), inner.with_name("inner"), work]
        return Graph(nodes).with_entrypoint("work")

    assert RUNNER.run(graph(outer_open=True), x=1).values == {"y": 1}
    assert RUNNER.run(graph(outer_open=False), x=1).values == {}
    assert len(trace.calls) == 1
