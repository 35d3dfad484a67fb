"""Which slot each input reads and which slots each output is written to (design, rule 4; X151).

A consumer listens to the nodes whose data link brings it the name. Usually those are all producers
of the name, and the name has a single slot. Explicit edges can make a consumer listen to some of
them only, or to none; each such set of producers is a channel with a slot of its own.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from hypergraph.compiler.declare.graph import Graph
from hypergraph.compiler.plan import Slot


@dataclass(frozen=True)
class Channels:
    """``reads[node, input]`` is a slot, ``writes[node, output]`` lists them, the main one first.

    ``readers`` are the nodes that have a name among their inputs, wherever it comes from.
    """

    reads: dict[tuple[str, str], Slot]
    writes: dict[tuple[str, str], tuple[Slot, ...]]
    producers: dict[Slot, tuple[str, ...]]
    partial: dict[str, tuple[Slot, ...]]
    readers: dict[str, tuple[str, ...]]

    def slots_of(self, name: str) -> tuple[Slot, ...]:
        """Every slot of a name, the main one first."""
        main = Slot(name)
        return (main, *self.partial.get(name, ()))


def channels_of(graph: Graph, active: tuple[str, ...]) -> Channels:
    """The channels between the active nodes of a graph."""
    producers = _producers(graph, active)
    heard: dict[tuple[str, str], list[str]] = defaultdict(list)
    alive = set(active)
    nodes = graph.nodes
    for link in graph.wiring.full:
        if link.kind == "data" and link.source in alive and link.target in alive:
            for name in link.names:
                heard[link.target, name].append(link.source)
    reads: dict[tuple[str, str], Slot] = {}
    by_slot: dict[Slot, tuple[str, ...]] = {Slot(name): who for name, who in producers.items()}
    for node in active:
        for name in nodes[node].inputs:
            everyone = producers.get(name, ())
            some = set(heard.get((node, name), ()))
            sources = tuple(producer for producer in everyone if producer in some)
            slot = Slot(name) if sources == everyone else Slot(name, sources)
            reads[node, name] = slot
            by_slot.setdefault(slot, sources)
    partial: dict[str, tuple[Slot, ...]] = {}
    for slot in sorted(slot for slot in by_slot if slot.channel is not None):
        partial[slot.name] = (*partial.get(slot.name, ()), slot)
    return Channels(reads, _writes(by_slot), by_slot, partial, _readers(reads))


def _readers(reads: dict[tuple[str, str], Slot]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    for node, name in reads:
        found[name].append(node)
    return {name: tuple(nodes) for name, nodes in found.items()}


def _producers(graph: Graph, active: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    nodes = graph.nodes
    for node in active:
        for name in nodes[node].outputs:
            found[name].append(node)
    return {name: tuple(nodes) for name, nodes in found.items()}


def _writes(by_slot: dict[Slot, tuple[str, ...]]) -> dict[tuple[str, str], tuple[Slot, ...]]:
    writes: dict[tuple[str, str], list[Slot]] = defaultdict(list)
    for slot in sorted(by_slot, key=lambda one: (one.channel is not None, one)):
        for node in by_slot[slot]:
            writes[node, slot.name].append(slot)
    return {key: tuple(slots) for key, slots in writes.items()}
