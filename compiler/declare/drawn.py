"""A graph as networkx sees it (G61)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import networkx

from hypergraph.compiler.declare.wiring import Link

if TYPE_CHECKING:
    from hypergraph.compiler.declare.graph import Graph


def drawn_graph(graph: Graph) -> networkx.DiGraph[str]:
    """A new ``DiGraph`` of the nodes and of the links as drawn."""
    drawn: networkx.DiGraph[str] = networkx.DiGraph()
    for name, node in graph.nodes.items():
        drawn.add_node(name, **node.nx_attrs, parent=None)
    for link in graph.wiring.drawn:
        drawn.add_edge(link.source, link.target, **edge_attributes(link))
    return drawn


def edge_attributes(link: Link) -> dict[str, Any]:
    """The attributes of an edge; one that only controls has no ``value_names``."""
    if link.kind == "control":
        return {"edge_type": "control"}
    return {"edge_type": link.kind, "value_names": list(link.names)}
