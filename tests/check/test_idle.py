"""Nodes that can never run, and inputs that only those read (HG501, HG502, HG504)."""

from __future__ import annotations

from hypergraph import END, Graph, interrupt, node, route
from hypergraph.compiler.check.findings import findings_of
from tests.check.looking import codes, only


@node(output_name="y", emit="first_done", wait_for="second_done")
def first(x: int) -> int:
    return x


@node(output_name="z", emit="second_done", wait_for="first_done")
def second(v: int) -> int:
    return v


@node(output_name="w")
def last(z: int, v: int) -> int:
    return z + v


@node(output_name="y")
def step(x: int) -> int:
    return x


@route(targets=["step", END], default_open=False, wait_for="z")
def strict(x: int) -> object:
    return "step" if x else END


@route(targets=["step", END], default_open=True, wait_for="z")
def lax(x: int) -> object:
    return "step" if x else END


@node(output_name="z", wait_for="never")
def starved(q: int) -> int:
    return q


@node(output_name="other", emit="never", wait_for="z")
def starving(q: int) -> int:
    return q


def test_nodes_that_wait_for_each_other_never_run() -> None:
    """HG501: the closure of section 27.1 admits neither, nor what reads from them."""
    graph = Graph([first, second, last])
    assert ("HG501", "first") in codes(graph) and ("HG501", "second") in codes(graph)
    messages = [one.message for one in findings_of(graph) if one.code == "HG501"]
    assert messages == [
        "Node 'first' can never run: nothing that runs before it gives 'second_done'",
        "Node 'second' can never run: nothing that runs before it gives 'first_done'",
        "Node 'last' can never run: nothing that runs before it gives 'z'",
    ]


def test_a_finding_has_the_place_of_its_node() -> None:
    """HG501 points at the line of the function."""
    found = next(one for one in findings_of(Graph([first, second])) if one.subject == "second")
    assert found.place is not None and found.place.file == __file__
    assert found.place.line == second.func.__code__.co_firstlineno


def test_nodes_that_get_what_they_need_are_not_mentioned() -> None:
    """HG501: defaults, bindings and waits that are met are enough."""
    met = node(lambda v: v, "z", emit="second_done").with_name("second")
    assert codes(Graph([first, met, last])) == []
    assert codes(Graph([first, met, last]).bind(v=1)) == []


def test_a_supplied_name_ends_a_circle_of_waits() -> None:
    """HG501: a run input of the awaited name satisfies the wait (X42)."""
    one = node(lambda x, b: x, "a", wait_for="b2").with_name("one")
    two = node(lambda a: a, "b2").with_name("two")
    assert ("HG501", "one") in codes(Graph([one, two]))
    reader = node(lambda b2: b2, "b").with_name("reader")
    assert ("HG501", "one") not in codes(Graph([one, two, reader]))


def test_a_loop_is_entered_with_the_names_it_asks_for() -> None:
    """HG501: the entries of a loop are among what the graph is given."""

    @node(output_name="n")
    def count(n: int) -> int:
        return n + 1

    @route(targets=["count", END])
    def more(n: int) -> object:
        return "count" if n < 3 else END

    assert codes(Graph([count, more])) == []


def test_the_answer_to_an_interrupt_is_supplied() -> None:
    """HG501: what an interrupt asks for can be given from the start."""

    @interrupt(output_name="reply")
    def ask(draft: str) -> None:
        return None

    use = node(lambda reply: reply, "sent").with_name("use")
    assert codes(Graph([ask, use])) == []


def test_a_node_outside_of_the_entry_points_is_not_blamed() -> None:
    """HG501: what `with_entrypoint` leaves out is left out on purpose."""
    graph = Graph([first, second, step.with_name("alone").with_outputs(y="k")])
    assert codes(graph.with_entrypoint("alone")) == []


def test_targets_of_a_gate_that_never_decides_stay_closed() -> None:
    """HG502: with default_open=False a gate that cannot run opens nothing (X45)."""
    graph = Graph([strict, step, starved, starving])
    found = only(graph, "HG502")
    assert found.subject == "step"
    assert found.message == (
        "Node 'step' can never run: no gate that targets it ever decides ('strict')"
    )


def test_an_open_gate_that_never_decides_leaves_its_targets_open() -> None:
    """HG502: with default_open=True its targets run; only the gate itself does not."""
    found = codes(Graph([lax, step, starved, starving]))
    assert ("HG501", "lax") in found and "HG502" not in {code for code, _ in found}


def test_one_gate_that_may_decide_is_enough() -> None:
    """HG502: a node is open if any of its gates opens it (X44)."""
    able = route(targets=["step", END], default_open=False)(lambda x: "step").with_name("able")
    found = codes(Graph([strict, able, step, starved, starving]))
    assert "HG502" not in {code for code, _ in found}


def test_a_gate_left_out_by_the_entry_points_closes_its_targets() -> None:
    """HG502: a gate outside of the active set has never decided (X45)."""
    gate = route(targets=["step", END], default_open=False)(lambda x: "step").with_name("gate")
    graph = Graph([gate, step]).with_entrypoint("step")
    assert ("HG502", "step") in codes(graph)
    assert codes(Graph([gate, step])) == []


def test_inputs_of_nodes_that_never_run_are_useless() -> None:
    """HG504: `x` and `v` are asked for, and nobody able to run reads them."""
    found = [one for one in findings_of(Graph([first, second, last])) if one.code == "HG504"]
    assert [one.message for one in found] == [
        "Input 'x' is only read by what can never run: 'first'",
        "Input 'v' is only read by what can never run: 'second', 'last'",
    ]


def test_an_input_with_one_reader_that_runs_is_of_use() -> None:
    """HG504: a second reader that can run is enough."""
    other = node(lambda x, v: x, "k").with_name("other")
    found = codes(Graph([first, second, last, other]))
    assert "HG504" not in {code for code, _ in found}


def test_graphs_inside_are_looked_at_with_their_path() -> None:
    """HG501 and HG504 in a nested graph; the names of graph nodes lead to it."""
    inner = Graph([first, second], name="inner")
    middle = Graph([inner.as_node(name="deep")], name="middle")
    found = findings_of(Graph([middle.as_node()]))
    assert {one.path for one in found} == {("middle", "deep")}
    assert [(one.code, one.subject) for one in found] == codes(inner)
    assert "(in middle/deep)" in found[0].text()


def test_a_graph_node_supplies_all_inputs() -> None:
    """A graph node gives the graph inside everything it needs (X83)."""
    inner = Graph([step], name="inner")
    assert codes(Graph([inner.as_node().with_inputs(x="t")])) == []
