"""What tests of findings share: the findings of a graph, in short."""

from __future__ import annotations

from hypergraph import Graph
from hypergraph.compiler.check.finding import Finding
from hypergraph.compiler.check.findings import findings_of


def codes(graph: Graph) -> list[tuple[str, str]]:
    """Code and subject of every finding."""
    return [(one.code, one.subject) for one in findings_of(graph)]


def only(graph: Graph, code: str) -> Finding:
    """The one finding with that code."""
    (found,) = [one for one in findings_of(graph) if one.code == code]
    return found
