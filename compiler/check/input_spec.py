"""What a graph, or a part of it, needs to be given (section 9)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from hypergraph.compiler.check.entries import Loop, loops_of
from hypergraph.compiler.declare.digraph import reachable, successors_of
from hypergraph.compiler.declare.gates import GateNode
from hypergraph.compiler.declare.nested import GraphNode
from hypergraph.compiler.declare.node import HyperNode
from hypergraph.compiler.declare.wiring import Link, successors, targets_of
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
    active = graph.active if selected is None else _needed(graph, frozenset(selected))
    nodes = {name: node for name, node in graph.nodes.items() if name in active}
    links = [k for k in graph.wiring.full if k.source in active and k.target in active]
    edge_names = frozenset(name for link in links if link.kind == "data" for name in link.names)
    loops = loops_of(nodes, links, graph.bindings, graph.branches)
    return Scope(
        active=frozenset(active),
        spec=_spec(nodes, edge_names, loops, graph.bindings),
        edge_names=edge_names,
        components=tuple(tuple(loop.entries) for loop in loops),
    )


def active_nodes(graph: Graph) -> frozenset[str]:
    """The nodes that the entry points of ``graph`` leave: those and what they lead to."""
    if graph.entrypoints_config is None:
        return frozenset(graph.nodes)
    return frozenset(reachable(graph.entrypoints_config, successors(graph.wiring.full)))


def _needed(graph: Graph, selected: frozenset[str]) -> frozenset[str]:
    """The active nodes that may have a part in producing ``selected`` (step 1.2)."""
    nodes, active = graph.nodes, graph.active
    links = [k for k in graph.wiring.full if k.source in active and k.target in active]
    producers = [name for name in active if not selected.isdisjoint(nodes[name].outputs)]
    return _closure(producers, links, nodes)


def _closure(
    start: Iterable[str], links: Sequence[Link], nodes: Mapping[str, HyperNode]
) -> frozenset[str]:
    """Close ``start`` under predecessors, and under all that a gate's choice may lead to."""
    following = successors(links)
    preceding = successors_of((link.target, link.source) for link in links)
    needed: set[str] = set()
    chosen: set[str] = set()
    pending = [(name, False) for name in start]
    while pending:
        name, by_gate = pending.pop()
        if name not in needed:
            needed.add(name)
            pending.extend((before, False) for before in preceding.get(name, ()))
            if isinstance(nodes[name], GateNode):
                controlled = set(targets_of(nodes[name]))
                targets = [t for t in following.get(name, ()) if t in controlled]
                pending.extend((target, True) for target in targets)
        if by_gate and name not in chosen:
            chosen.add(name)
            pending.extend((after, True) for after in following.get(name, ()))
    return frozenset(needed)


def _spec(
    nodes: Mapping[str, HyperNode],
    produced: frozenset[str],
    loops: Sequence[Loop],
    bindings: Mapping[str, Any],
) -> InputSpec:
    entrypoints = {name: names for loop in loops for name, names in loop.entries.items()}
    elsewhere = produced.union(*entrypoints.values())
    optional: dict[str, bool] = {}
    for node in nodes.values():
        for name in node.inputs:
            if name not in elsewhere and not optional.get(name):
                optional[name] = name in bindings or node.has_default_for(name)
    return InputSpec(
        required=tuple(name for name, supplied in optional.items() if not supplied),
        optional=tuple(name for name, supplied in optional.items() if supplied),
        entrypoints=entrypoints,
        bound=_bound(nodes, bindings),
    )


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
