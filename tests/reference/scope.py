"""What the caller must, may and need not supply: the input specification of a scope."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from hypergraph import GateNode, Graph, GraphNode

from .planning import Region, active_nodes, components
from .wiring import Edge, Wiring, node_targets, reachable, wiring_of, within


@dataclass(frozen=True)
class Scope:
    """The inputs of a graph under one selection, and the facts that the checks of a call need."""

    wiring: Wiring
    active: tuple[str, ...]
    required: tuple[str, ...]
    optional: tuple[str, ...]
    entrypoints: dict[str, tuple[str, ...]]
    own: frozenset[str]
    bound: dict[str, Any]
    bound_seeds: frozenset[str]

    @property
    def all(self) -> tuple[str, ...]:
        """Every expected name: required, optional, then the entries' (G85)."""
        names = self.required + self.optional + sum(self.entrypoints.values(), ())
        return tuple(dict.fromkeys(names))

    @property
    def edge_names(self) -> set[str]:
        """Names on data edges between active nodes (X24)."""
        return {
            name
            for consumer in self.active
            for name in self.wiring.nodes[consumer].inputs
            if set(self.wiring.sources(consumer, name)) & set(self.active)
        }

    @property
    def interrupt_names(self) -> set[str]:
        """Outputs of active interrupt nodes (X24)."""
        nodes = (self.wiring.nodes[name] for name in self.active)
        return {output for node in nodes if node.is_interrupt for output in node.data_outputs}

    @property
    def entry_names(self) -> set[str]:
        """Names in the entries of loops (X24)."""
        return {name for names in self.entrypoints.values() for name in names}

    def loops(self) -> tuple[Region, ...]:
        """The cycles of the data edges between active nodes."""
        return data_loops(self.wiring, self.active)


def scope_of(graph: Graph, selected: tuple[str, ...] | None) -> Scope:
    """The input specification under a selection (graph.md 9.1; X24)."""
    wiring = wiring_of(graph)
    active = active_nodes(wiring, graph.entrypoints_config)
    if selected is not None:
        active = narrowed(wiring, active, selected)
    own = graph.bindings
    entries = entries_of(wiring, active, own)
    required, optional = classified(wiring, active, own, entries)
    return Scope(
        wiring,
        active,
        required,
        optional,
        entries,
        frozenset(own),
        {**inherited_bindings(wiring, active), **own},
        frozenset(cycle_params(wiring, active)) & frozenset(own),
    )


def narrowed(wiring: Wiring, active: tuple[str, ...], selected: tuple[str, ...]) -> tuple[str, ...]:
    """The active nodes that a selection needs (graph.md 9.1, step 1)."""
    edges = within(wiring.edges(), active)
    kept: set[str] = set()
    added = {n for n in active if set(wiring.nodes[n].outputs) & set(selected)}
    while added:
        kept |= added
        more = {u for u, v in edges if v in kept}
        for name in kept:
            node = wiring.nodes[name]
            if isinstance(node, GateNode):
                targets = set(node_targets(node)) & set(active)
                more |= targets | reachable(targets, edges)
        added = more - kept
    return tuple(n for n in active if n in kept)


def inherited_bindings(wiring: Wiring, active: tuple[str, ...]) -> dict[str, Any]:
    """Bindings inside graph nodes, under the names their inputs have outside (G105, L7, K18)."""
    found: dict[str, Any] = {}
    for name in active:
        node = wiring.nodes[name]
        if isinstance(node, GraphNode):
            for outer, value in inner_bindings(node).items():
                found.setdefault(outer, value)
    return found


def inner_bindings(node: GraphNode) -> dict[str, Any]:
    """The inputs of a graph node that are bound inside, by their current names (G103)."""
    inner_name = {outer: inner_of(node, outer) for outer in node.inputs}
    bound = node.graph.inputs.bound
    return {outer: bound[inner] for outer, inner in inner_name.items() if inner in bound}


def inner_of(node: GraphNode, outer: str) -> str:
    """The name that an input of a graph node has inside (G106)."""
    (inner,) = node.map_inputs_to_params({outer: None})
    return inner


def data_loops(wiring: Wiring, active: tuple[str, ...]) -> tuple[Region, ...]:
    """Strongly connected components of the data edges that are cycles (graph.md 9.1, step 2)."""
    edges = within(wiring.data_edges(), active)
    return tuple(region for region in components(active, edges) if region.is_loop)


def cycle_params(wiring: Wiring, active: tuple[str, ...]) -> set[str]:
    """Names that go round a data cycle and do not come from before it (graph.md 9.1, L19)."""
    edges = within(wiring.edges(), active)
    return {
        name
        for loop in data_loops(wiring, active)
        for name in consumed(wiring, loop)
        if set(loop.members) & set(wiring.producers(name))
        and not comes_before(wiring, active, edges, loop, name)
    }


def consumed(wiring: Wiring, loop: Region) -> set[str]:
    """Names that some member of a loop reads."""
    return {name for member in loop.members for name in wiring.nodes[member].inputs}


def comes_before(
    wiring: Wiring, active: tuple[str, ...], edges: set[Edge], loop: Region, name: str
) -> bool:
    """Whether a node ordered before the loop produces the name as well (L19)."""
    members = set(loop.members)
    after = reachable(members, edges)
    return any(
        producer not in members
        and producer not in after
        and bool(reachable([producer], edges) & members)
        for producer in wiring.producers(name)
        if producer in active
    )


def entries_of(
    wiring: Wiring, active: tuple[str, ...], own: dict[str, Any]
) -> dict[str, tuple[str, ...]]:
    """Each loop member with what starting there takes (graph.md 9.1 step 2, G88 to G90)."""
    params = cycle_params(wiring, active)
    answers = {
        output
        for name in active
        if wiring.nodes[name].is_interrupt
        for output in wiring.nodes[name].data_outputs
    }
    entries: dict[str, tuple[str, ...]] = {}
    for loop in data_loops(wiring, active):
        for member in sorted(loop.members):
            node = wiring.nodes[member]
            names = tuple(
                name
                for name in node.inputs
                if name in params - answers - set(own) and not node.has_default_for(name)
            )
            if names and not isinstance(node, GateNode):
                entries[member] = names
    return entries


def classified(
    wiring: Wiring,
    active: tuple[str, ...],
    own: dict[str, Any],
    entries: dict[str, tuple[str, ...]],
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Required and optional inputs, in the order they are first seen (graph.md 9.1, step 3)."""
    edges = {
        name
        for consumer in active
        for name in wiring.nodes[consumer].inputs
        if set(wiring.sources(consumer, name)) & set(active)
    }
    entry_names = {name for names in entries.values() for name in names}
    required: list[str] = []
    optional: list[str] = []
    for name in dict.fromkeys(name for node in active for name in wiring.nodes[node].inputs):
        if name in entry_names or name in edges:
            continue
        consumers = [wiring.nodes[n] for n in active if name in wiring.nodes[n].inputs]
        falls_back = name in own or any(node.has_default_for(name) for node in consumers)
        (optional if falls_back else required).append(name)
    return tuple(required), tuple(optional)
