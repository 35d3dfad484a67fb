"""What nested graphs may be (G77, G78)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from hypergraph.compiler.declare.flat import id_of
from hypergraph.compiler.declare.nested import GraphNode
from hypergraph.compiler.declare.places import declared_at
from hypergraph.compiler.diagnostics import graphs as catalogue
from hypergraph.compiler.diagnostics.together import Finding, finding

if TYPE_CHECKING:
    from hypergraph.compiler.declare.graph import Graph


def check_mapped_interrupts(graph: Graph) -> Iterator[Finding]:
    """A mapped graph has no interrupts, however deep they are (G77, L22)."""
    for name, node in graph.nodes.items():
        if isinstance(node, GraphNode) and node.map_config is not None:
            interrupts = list(interrupts_in(node.graph))
            if interrupts:
                shown = ", ".join(f"'{path}'" for path in interrupts)
                place = declared_at(node)
                yield finding(catalogue.MAPPED_INTERRUPT, place, node=name, interrupts=shown)


def check_cached_graphs(graph: Graph) -> Iterator[Finding]:
    """A nested graph is not cached as a whole (G78)."""
    for name, node in graph.nodes.items():
        if isinstance(node, GraphNode) and node.cache:
            yield finding(catalogue.CACHED_GRAPH, declared_at(node), node=name)


def asks(graph: Graph) -> bool:
    """Whether there is an interrupt in ``graph``, at any depth."""
    return any(True for _ in interrupts_in(graph))


def interrupts_in(graph: Graph) -> Iterator[str]:
    """The ids of all interrupts in ``graph``; a graph nested more than once is searched once."""
    seen = {id(graph)}
    pending: list[tuple[str | None, Graph]] = [(None, graph)]
    while pending:
        parent, level = pending.pop(0)
        for name, node in level.nodes.items():
            if node.is_interrupt:
                yield id_of(parent, name)
            nested = node.nested_graph
            if nested is not None and id(nested) not in seen:
                seen.add(id(nested))
                pending.append((id_of(parent, name), nested))
