"""Active nodes, regions and generations: what is known before anything runs."""

from __future__ import annotations

from dataclasses import dataclass

from hypergraph import Graph

from .wiring import Edge, Wiring, reachable, wiring_of, within


@dataclass(frozen=True)
class Region:
    """A strongly connected component of the planning graph (design.md, semantics 2)."""

    members: tuple[str, ...]
    is_loop: bool


@dataclass(frozen=True)
class Planned:
    """A graph's wiring, the nodes that may run, and its regions by generation."""

    wiring: Wiring
    active: tuple[str, ...]
    generations: tuple[tuple[Region, ...], ...]

    def sources(self, consumer: str, name: str) -> tuple[str, ...]:
        """The active nodes from which a consumer takes an input."""
        return tuple(n for n in self.wiring.sources(consumer, name) if n in self.active)

    def producers(self, name: str) -> tuple[str, ...]:
        """The active nodes that produce a name."""
        return tuple(n for n in self.wiring.producers(name) if n in self.active)

    def leads_to(self, one: Region, other: Region) -> bool:
        """Whether the second region depends on the first."""
        edges = within(self.wiring.edges(), self.active)
        return bool(reachable(one.members, edges) & set(other.members))

    def independent(self, one: Region, other: Region) -> bool:
        """Whether neither region depends on the other."""
        return not self.leads_to(one, other) and not self.leads_to(other, one)


def plan(graph: Graph) -> Planned:
    """Everything the order of a run depends on (design.md, semantics 1 to 3)."""
    wiring = wiring_of(graph)
    active = active_nodes(wiring, graph.entrypoints_config)
    edges = within(wiring.edges(), active)
    regions = components(active, edges)
    return Planned(wiring, active, generations(regions, edges))


def active_nodes(wiring: Wiring, entrypoints: tuple[str, ...] | None) -> tuple[str, ...]:
    """The nodes that ``with_entrypoint`` leaves, in definition order (X37)."""
    if entrypoints is None:
        return tuple(wiring.nodes)
    kept = set(entrypoints) | reachable(entrypoints, wiring.edges())
    return tuple(node for node in wiring.nodes if node in kept)


def components(nodes: tuple[str, ...], edges: set[Edge]) -> tuple[Region, ...]:
    """Strongly connected components, by their first member's definition position."""
    after = {node: reachable([node], edges) for node in nodes}
    regions: list[Region] = []
    placed: set[str] = set()
    for node in nodes:
        if node in placed:
            continue
        back = {other for other in after[node] if node in after[other]}
        members = tuple(other for other in nodes if other == node or other in back)
        regions.append(Region(members, is_loop=len(members) > 1 or (node, node) in edges))
        placed.update(members)
    return tuple(regions)


def generations(regions: tuple[Region, ...], edges: set[Edge]) -> tuple[tuple[Region, ...], ...]:
    """Topological generations of the regions, each in definition order (design.md, semantics 3)."""
    layers: list[tuple[Region, ...]] = []
    placed: set[str] = set()
    waiting = regions
    while waiting:
        layer = tuple(
            region
            for region in waiting
            if all(u in placed or u in region.members for u, v in edges if v in region.members)
        )
        layers.append(layer)
        placed.update(member for region in layer for member in region.members)
        waiting = tuple(region for region in waiting if region not in layer)
    return tuple(layers)
