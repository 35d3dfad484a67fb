"""All levels of a graph in one networkx graph (G119)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import networkx

from hypergraph.compiler.declare.drawn import edge_attributes

if TYPE_CHECKING:
    from hypergraph.compiler.declare.graph import Graph


def flat_graph(graph: Graph) -> networkx.DiGraph[str]:
    """A new ``DiGraph``; a node inside ``outer`` has the id ``outer/inner``, at any depth."""
    flat: networkx.DiGraph[str] = networkx.DiGraph()
    sources: dict[str, list[str]] = {}
    for parent, level in levels_of(graph):
        for name, node in level.nodes.items():
            node_id = id_of(parent, name)
            flat.add_node(node_id, **{**node.nx_attrs, "parent": parent, "original_name": name})
            for output in node.outputs:
                sources.setdefault(output, []).append(node_id)
    for parent, level in levels_of(graph):
        for link in level.wiring.drawn:
            ends = id_of(parent, link.source), id_of(parent, link.target)
            flat.add_edge(*ends, **edge_attributes(link))
    flat.graph["input_spec"] = _spec_of(graph)
    flat.graph["output_to_sources"] = sources
    return flat


def flat_text(graph: Graph) -> str:
    """One line for every node of every level, then one for every edge."""
    lines = []
    for parent, level in levels_of(graph):
        for name, node in level.nodes.items():
            reads, gives = ", ".join(node.inputs), ", ".join(node.outputs)
            lines.append(f"{id_of(parent, name)}: {node.node_type} ({reads}) -> ({gives})")
    for parent, level in levels_of(graph):
        for link in level.wiring.drawn:
            ends = f"{id_of(parent, link.source)} -> {id_of(parent, link.target)}"
            lines.append(f"{ends}: {link.kind} {', '.join(link.names)}".rstrip())
    return "\n".join(lines)


def levels_of(graph: Graph) -> Iterator[tuple[str | None, Graph]]:
    """``graph`` and every graph nested in it, each with the id of the node that wraps it."""
    pending: list[tuple[str | None, Graph]] = [(None, graph)]
    while pending:
        parent, level = pending.pop()
        yield parent, level
        inner = [
            (id_of(parent, name), node.nested_graph)
            for name, node in level.nodes.items()
            if node.nested_graph is not None
        ]
        pending.extend(reversed(inner))


def id_of(parent: str | None, name: str) -> str:
    """The id of the node ``name`` inside the node ``parent``.

    >>> id_of(None, "rag"), id_of("rag", "embed")
    ('rag', 'rag/embed')
    """
    return name if parent is None else f"{parent}/{name}"


def _spec_of(graph: Graph) -> dict[str, Any]:
    spec = graph.inputs
    return {
        "required": spec.required,
        "optional": spec.optional,
        "bound": dict(spec.bound),
        "entrypoints": {name: list(params) for name, params in spec.entrypoints.items()},
    }
