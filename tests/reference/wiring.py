"""Which node feeds, orders and controls which: the edges of the planning graph."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from hypergraph import GateNode, Graph, HyperNode

Edge = tuple[str, str]


@dataclass(frozen=True)
class Wiring:
    """A graph's nodes by name, and its edges. ``declared`` is ``None`` where wiring is inferred."""

    nodes: dict[str, HyperNode]
    declared: frozenset[tuple[str, str, str]] | None
    declared_order: frozenset[Edge]

    def producers(self, name: str) -> tuple[str, ...]:
        """Every node that lists ``name`` among its outputs, in definition order (L19)."""
        return tuple(node for node in self.nodes if name in self.nodes[node].outputs)

    def sources(self, consumer: str, name: str) -> tuple[str, ...]:
        """The nodes from which ``consumer`` takes its input ``name`` (G51, L19, X151)."""
        if self.declared is None:
            return self.producers(name)
        brings = {edge[0] for edge in self.declared if edge[1:] == (consumer, name)}
        if brings:
            return tuple(node for node in self.nodes if node in brings)
        carried = any(edge[2] == name for edge in self.declared)
        return self.producers(name) if carried else ()

    def data_edges(self, name: str | None = None) -> set[Edge]:
        """Producer → consumer for every name, or for one (design.md, semantics 1)."""
        return {
            (source, consumer)
            for consumer, node in self.nodes.items()
            for taken in node.inputs
            if name is None or taken == name
            for source in self.sources(consumer, taken)
        }

    def edges(self) -> set[Edge]:
        """Data, ordering and control edges (design.md, semantics 1; G59, G60)."""
        ordering = {
            (source, waiter)
            for waiter, node in self.nodes.items()
            for signal in node.wait_for
            for source in self.producers(signal)
            if source != waiter
        }
        control = {(gate, target) for target in self.nodes for gate in self.gates_of(target)}
        return self.data_edges() | ordering | control | set(self.declared_order)

    def gates_of(self, target: str) -> tuple[str, ...]:
        """The gates that list ``target``; every gate counts, active or not (X45)."""
        return tuple(
            name
            for name, node in self.nodes.items()
            if isinstance(node, GateNode) and target in node_targets(node)
        )


def node_targets(gate: GateNode) -> tuple[str, ...]:
    """A gate's targets that are nodes; ``END`` is none (X48)."""
    return tuple(target for target in gate.targets if isinstance(target, str))


def wiring_of(graph: Graph) -> Wiring:
    """Read the edges off a graph; only explicit ones are taken from its ``nx_graph`` (G53, G54)."""
    if not graph.explicit_edges:
        return Wiring(dict(graph.nodes), None, frozenset())
    edges = list(graph.nx_graph.edges(data=True))
    return Wiring(
        dict(graph.nodes),
        frozenset(
            (source, target, name)
            for source, target, facts in edges
            if facts["edge_type"] == "data"
            for name in facts["value_names"]
        ),
        frozenset((u, v) for u, v, facts in edges if facts["edge_type"] == "ordering"),
    )


def reachable(starts: Iterable[str], edges: set[Edge]) -> set[str]:
    """The nodes that can be reached from ``starts`` along one edge or more."""
    found: set[str] = set()
    frontier = set(starts)
    while frontier:
        frontier = {v for u, v in edges if u in frontier} - found
        found |= frontier
    return found


def within(edges: set[Edge], nodes: Iterable[str]) -> set[Edge]:
    """The edges between the given nodes only."""
    kept = set(nodes)
    return {(u, v) for u, v in edges if u in kept and v in kept}
