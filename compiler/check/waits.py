"""What nodes may wait for (G79)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from hypergraph.compiler.declare.places import declared_at
from hypergraph.compiler.diagnostics import graphs as catalogue
from hypergraph.compiler.diagnostics.problems import closest
from hypergraph.compiler.diagnostics.together import Finding, finding

if TYPE_CHECKING:
    from hypergraph.compiler.declare.graph import Graph


def check_waits(graph: Graph) -> Iterator[Finding]:
    """Every awaited name is an output or signal of a node of this graph."""
    outputs = graph.outputs
    known = set(outputs)
    for name, node in graph.nodes.items():
        for awaited in node.wait_for:
            if awaited not in known:
                near = closest(awaited, outputs)
                facts = {"node": name, "name": awaited, "outputs": list(outputs)}
                yield finding(catalogue.UNKNOWN_WAIT, declared_at(node), near=near, **facts)
