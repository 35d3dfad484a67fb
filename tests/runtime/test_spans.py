"""Which run, map and node are inside which (X131, X142)."""

from __future__ import annotations

from hypergraph import NodeStartEvent, RunStartEvent
from hypergraph.runtime.spans import Spans


def test_x142_depth_grows_with_graph_nodes_only() -> None:
    spans = Spans()
    outer = spans.start(RunStartEvent("r", "map", is_map=True, map_size=3))
    item = spans.start(RunStartEvent("r", "item", "map"))
    node = spans.start(NodeStartEvent("r", "node", "item", node_name="n"))
    inner = spans.start(RunStartEvent("r", "inner", "node"))
    assert [span.depth for span in (outer, item, node, inner)] == [0, 0, 0, 1]
    assert inner.root is outer and inner.parent is node


def test_x143_the_nearest_map_around_counts() -> None:
    spans = Spans()
    spans.start(RunStartEvent("r", "map", is_map=True, map_size=3))
    spans.start(RunStartEvent("r", "item", "map"))
    node = spans.start(NodeStartEvent("r", "node", "item"))
    inner = spans.start(RunStartEvent("r", "inner", "node", is_map=True, map_size=2))
    assert (node.items, inner.items) == (3, 2)


def test_a_span_without_a_known_parent_is_top_level() -> None:
    assert Spans().start(NodeStartEvent("r", "s", "unknown")).depth == 0


def test_the_end_of_a_top_level_run_closes_what_never_ended_inside_it() -> None:
    spans = Spans()
    spans.start(RunStartEvent("r", "run"))
    spans.start(NodeStartEvent("r", "cancelled", "run"))
    spans.start(RunStartEvent("q", "other"))
    spans.end("run")
    assert spans.find("cancelled") is None and spans.find("other") is not None
    assert spans.end("run") is None and spans.find(None) is None
