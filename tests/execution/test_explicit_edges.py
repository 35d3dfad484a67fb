"""Graphs whose edges the user listed, at run time (X151)."""

from __future__ import annotations

from hypergraph import Graph, SyncRunner, node
from tests.execution.tracing import Trace

RUNNER = SyncRunner()

make = node(lambda seed: seed + 1, "x").with_name("make")
also = node(lambda seed: seed * 100, "x").with_name("also")
near = node(lambda x: ("near", x), "near_out").with_name("near")
far = node(lambda x: ("far", x), "far_out").with_name("far")


def test_x151_d7_a_consumer_listens_to_the_nodes_its_edges_come_from() -> None:
    edges = [("make", "near", "x"), ("also", "far", "x"), ("make", "also")]
    graph = Graph([make, also, near, far], edges=edges)
    result = RUNNER.run(graph, seed=1)
    assert (result["near_out"], result["far_out"]) == (("near", 2), ("far", 100))


def test_x151_a_name_that_some_edge_carries_reaches_undeclared_consumers_from_all() -> None:
    graph = Graph([make, near, far], edges=[("make", "near", "x")])
    assert graph.inputs.required == ("seed",)
    result = RUNNER.run(graph, seed=1)
    assert (result["near_out"], result["far_out"]) == (("near", 2), ("far", 2))


def test_x151_d7_a_name_that_no_edge_carries_comes_from_outside_only() -> None:
    graph = Graph([make, near], edges=[])
    assert set(graph.inputs.required) == {"seed", "x"}
    assert RUNNER.run(graph, seed=1, x=50)["near_out"] == ("near", 50)
    assert RUNNER.run(graph.bind(x=7), seed=1)["near_out"] == ("near", 7)


def test_x151_a_default_where_no_edge_leads() -> None:
    lone = node(lambda x=9: x, "lone_out").with_name("lone")
    assert RUNNER.run(Graph([make, lone], edges=[]), seed=1)["lone_out"] == 9


def test_x151_k25_ordering_only_edges_order() -> None:
    trace = Trace()
    first = node(output_name="a")(trace(lambda p: p)).with_name("first")
    second = node(output_name="b")(trace(lambda q: q)).with_name("second")
    for source, target, order in [("first", "second", [1, 2]), ("second", "first", [2, 1])]:
        trace.calls.clear()
        RUNNER.run(Graph([second, first], edges=[(source, target)]), p=1, q=2)
        assert trace.calls == [f"<lambda>({value})" for value in order]


def test_x53_producers_in_order_by_edges() -> None:
    graph = Graph(
        [make, also, near],
        edges=[("make", "also"), ("make", "near", "x"), ("also", "near", "x")],
    )
    result = RUNNER.run(graph, seed=1)
    assert result.values == {"x": 100, "near_out": ("near", 100)}
