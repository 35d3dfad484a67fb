"""What the declaration of a node means once it stands in a graph."""

from __future__ import annotations

import pytest

from hypergraph import END, Graph, GraphConfigError, HyperNode, ifelse, interrupt, node, route


@node(output_name="rows", emit="loaded")
def load(path: str) -> list[str]:
    return [path]


@node(output_name="report", wait_for="loaded")
def report(title: str) -> str:
    return title


def test_e39_a_regular_output_can_be_waited_for() -> None:
    """E39: it orders the two nodes as a signal does."""

    @node(output_name="y", wait_for="rows")
    def after(x: int) -> int:
        return x

    graph = Graph([load, after])
    assert graph.nx_graph.edges["load", "after"] == {
        "edge_type": "ordering",
        "value_names": ["rows"],
    }


def test_e41_case_matters_for_signals() -> None:
    """E41: ``Loaded`` is not ``loaded``, which is suggested."""

    @node(output_name="y", wait_for="Loaded")
    def after(x: int) -> int:
        return x

    with pytest.raises(GraphConfigError, match="Did you mean 'loaded'"):
        Graph([load, after])


def test_e42_an_ordering_edge_carries_its_signal() -> None:
    """E42: in the graph's own drawing and in the flat one."""
    graph = Graph([load, report], name="reports")
    expected = {"edge_type": "ordering", "value_names": ["loaded"]}
    assert graph.nx_graph.edges["load", "report"] == expected
    flat = Graph([graph.as_node()]).to_flat_graph()
    drawn = flat.edges["reports/load", "reports/report"]
    assert {key: drawn[key] for key in expected} == expected


def test_e46_signals_are_no_graph_inputs() -> None:
    """E46: only parameters are."""
    assert Graph([load, report]).inputs.all == ("path", "title")


def test_e59_gates_with_one_end_and_gates_before_gates_build() -> None:
    """E59: ``END`` may be the only target, and a gate the target of a gate."""

    @route([END])
    def stop(x: int) -> object:
        return END

    @ifelse("stop", END)
    def first(x: int) -> bool:
        return True

    graph = Graph([first, stop])
    assert graph.nx_graph.edges["first", "stop"] == {"edge_type": "control"}


def test_e67_only_interrupts_are_interrupts() -> None:
    """E67: a nested graph is none, even around one."""

    @interrupt("answer")
    def ask(question: str) -> str | None: ...

    assert ask.is_interrupt
    assert Graph([ask], name="inner").as_node().is_interrupt is False


def test_g5_a_third_party_node_stands_in_a_graph() -> None:
    """G5: with nothing but the four attributes it is wired, narrowed, nested and renamed."""

    class Read(HyperNode):
        def __init__(self) -> None:
            self.name, self.inputs, self.outputs = "read", ("rows",), ("text",)
            self._rename_history = []

    read = Read().with_inputs(rows="lines").with_inputs(lines="rows")
    graph = Graph([load, read], name="reading")
    assert graph.nx_graph.edges["load", "read"]["value_names"] == ["rows"]
    assert graph.inputs.required == ("path",) and graph.leaf_outputs == ("text",)
    nested = Graph([graph.as_node().with_outputs(text="body")])
    assert nested.inputs.required == ("path",) and "body" in nested.outputs
    assert len(graph.definition_hash) == 64 and set(graph.to_flat_graph()) == {"load", "read"}


def test_g6_a_node_can_be_in_many_graphs() -> None:
    """G6: the very object, unchanged by any of them."""
    before = dict(vars(load))
    first, second = Graph([load]), Graph([load, report])
    assert first.nodes["load"] is load is second.nodes["load"] and vars(load) == before


def test_g5_a_written_name_is_what_the_next_graph_sees() -> None:
    """G5: ``n.name = ...`` takes part in wiring like a declared name."""
    declared = load.with_name("fetch")
    declared.name = "written"
    assert list(Graph([declared, report]).nodes) == ["written", "report"]
