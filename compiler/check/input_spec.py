"""What a graph, or a part of it, needs to be given (section 9)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from hypergraph.compiler.check.skeleton import skeleton_of
from hypergraph.compiler.declare.digraph import reachable
from hypergraph.compiler.declare.nested import GraphNode
from hypergraph.compiler.declare.node import HyperNode
from hypergraph.compiler.declare.wiring import successors
from hypergraph.runtime.inputs import InputSpec

if TYPE_CHECKING:
    from hypergraph.compiler.declare.graph import Graph


@dataclass(frozen=True)
class Scope:
    """The part of a graph that a selection leaves, and what it needs (X24).

    ``active`` holds the nodes of the part, ``edge_names`` the values on data links between them,
    ``components`` the nodes at which a loop may be entered, grouped by loop.
    """

    active: frozenset[str]
    spec: InputSpec
    edge_names: frozenset[str]
    components: tuple[tuple[str, ...], ...]


def scope_of(graph: Graph, selected: Sequence[str] | None) -> Scope:
    """The scope of ``graph`` for the outputs ``selected``; ``None`` stands for all of them.

    Its entry points always apply; its own selection only if it is what is passed.

    >>> from hypergraph import Graph, node
    >>> first, second = node(lambda x: x, "a"), node(lambda y: y, "b")
    >>> graph = Graph([first.with_name("f"), second.with_name("g")])
    >>> scope_of(graph, ("b",)).spec.required
    ('y',)
    """
    part = skeleton_of(graph).scope(selected)
    nodes = {name: node for name, node in graph.nodes.items() if name in part.active}
    bound = _bound(nodes, graph.bindings)
    return Scope(
        active=part.active,
        spec=InputSpec(part.required, part.optional, part.entrypoints, bound),
        edge_names=part.edge_names,
        components=part.components,
    )


def active_nodes(graph: Graph) -> frozenset[str]:
    """The nodes that the entry points of ``graph`` leave: those and what they lead to."""
    if graph.entrypoints_config is None:
        return frozenset(graph.nodes)
    return frozenset(reachable(graph.entrypoints_config, successors(graph.wiring.full)))


def _bound(nodes: Mapping[str, HyperNode], bindings: Mapping[str, Any]) -> dict[str, Any]:
    """Own bindings, then those made inside nested graphs, by their outer names (step 4, L7)."""
    bound = dict(bindings)
    read = {name for node in nodes.values() for name in node.inputs}
    for node in nodes.values():
        if isinstance(node, GraphNode):
            for name, value in node.inner_bindings().items():
                # What is bound deep inside, and is no input of the nested graph, must not answer
                # for another node's input that happens to have the same name.
                if name in node.inputs or name not in read:
                    bound.setdefault(name, value)
    return bound
