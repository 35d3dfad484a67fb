"""From the nodes of a graph to the links between them.

A graph is wired twice over. What is *drawn* follows the documented rules for ``nx_graph``
(G50-G60): only the first producer of a name feeds its consumers, and there is one edge for a pair
of nodes. The *full* wiring has every way in which one node can matter to another: it is what
narrowing, leaves, loop entries and the schedule are derived from (L19).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from hypergraph.compiler.declare.digraph import successors_of
from hypergraph.compiler.declare.gates import GateNode
from hypergraph.compiler.declare.node import HyperNode

Kind = Literal["data", "control", "ordering"]
Nodes = Mapping[str, HyperNode]
Pair = tuple[str, str]


@dataclass(frozen=True)
class Link:
    """One node matters to another: by values, by deciding whether it runs, or by running first."""

    source: str
    target: str
    kind: Kind
    names: tuple[str, ...]


@dataclass(frozen=True)
class Wiring:
    """The links of a graph, as drawn and in full; ``explicit`` when the user listed the edges."""

    explicit: bool
    drawn: tuple[Link, ...]
    full: tuple[Link, ...]


@dataclass(frozen=True)
class Declared:
    """One edge a user listed; without ``names`` it only orders."""

    source: str
    target: str
    names: tuple[str, ...]


def producers_of(nodes: Nodes) -> dict[str, tuple[str, ...]]:
    """For every output, signals included, the nodes that list it, in list order."""
    producers: dict[str, list[str]] = {}
    for name, node in nodes.items():
        for output in dict.fromkeys(node.outputs):
            producers.setdefault(output, []).append(name)
    return {output: tuple(names) for output, names in producers.items()}


def targets_of(node: HyperNode) -> tuple[str, ...]:
    """The names a gate may choose, ``END`` left out; nothing for other nodes."""
    if not isinstance(node, GateNode):
        return ()
    return tuple(target for target in node.targets if isinstance(target, str))


def infer(nodes: Nodes) -> Wiring:
    """Wire ``nodes`` by the names they share (G50-G52, G59, G60)."""
    producers = producers_of(nodes)
    first = {name: sources[:1] for name, sources in producers.items()}
    drawn = _drawn(_by_name(nodes, first), nodes, producers)
    full = _full(_by_name(nodes, producers), nodes, producers)
    return Wiring(explicit=False, drawn=drawn, full=full)


def declare(nodes: Nodes, edges: Iterable[Declared]) -> Wiring:
    """Wire ``nodes`` by the edges a user listed (G53-G60, X151)."""
    pairs: dict[Pair, tuple[str, ...]] = {}
    for edge in edges:
        pair = edge.source, edge.target
        pairs[pair] = tuple(dict.fromkeys((*pairs.get(pair, ()), *edge.names)))
    links = [Link(*pair, "data" if names else "ordering", names) for pair, names in pairs.items()]
    producers = producers_of(nodes)
    drawn = _drawn(links, nodes, producers)
    full = _full([*links, *_undeclared(links, nodes, producers)], nodes, producers)
    return Wiring(explicit=True, drawn=drawn, full=full)


def successors(
    links: Iterable[Link], among: Iterable[str] | None = None
) -> dict[str, dict[str, None]]:
    """The directed graph that ``links`` span, or the part of it between the nodes ``among``."""
    pairs: Iterator[Pair] = ((link.source, link.target) for link in links)
    if among is not None:
        kept = frozenset(among)
        pairs = ((a, b) for a, b in pairs if a in kept and b in kept)
    return successors_of(pairs)


def _by_name(nodes: Nodes, sources: Mapping[str, Sequence[str]]) -> list[Link]:
    pairs: dict[Pair, list[str]] = {}
    for name, node in nodes.items():
        for value in node.inputs:
            for source in sources.get(value, ()):
                pairs.setdefault((source, name), []).append(value)
    return [Link(*pair, "data", tuple(names)) for pair, names in pairs.items()]


def _undeclared(
    links: Iterable[Link], nodes: Nodes, producers: Mapping[str, tuple[str, ...]]
) -> list[Link]:
    """Links to consumers of a name that declared edges carry, but none carries to them (X151)."""
    brought = {(link.target, name) for link in links for name in link.names}
    carried = {name: producers[name] for _, name in brought if name in producers}
    pairs: dict[Pair, list[str]] = {}
    for name, node in nodes.items():
        for value in node.inputs:
            if (name, value) not in brought:
                for source in carried.get(value, ()):
                    pairs.setdefault((source, name), []).append(value)
    return [Link(*pair, "data", tuple(names)) for pair, names in pairs.items()]


def _drawn(
    links: Sequence[Link], nodes: Nodes, producers: Mapping[str, tuple[str, ...]]
) -> tuple[Link, ...]:
    """``links`` and, for pairs without one, what gates and awaited names add (G59, G60)."""
    drawn = {(link.source, link.target): link for link in links}
    for gate, target in _controls(nodes):
        drawn.setdefault((gate, target), Link(gate, target, "control", ()))
    for name, node in nodes.items():
        for awaited in node.wait_for:
            for source in producers.get(awaited, ())[:1]:
                if source != name:
                    drawn.setdefault((source, name), Link(source, name, "ordering", (awaited,)))
    return tuple(drawn.values())


def _full(
    links: Iterable[Link], nodes: Nodes, producers: Mapping[str, tuple[str, ...]]
) -> tuple[Link, ...]:
    """Every link there is, at most one of a kind for a pair."""
    names: dict[tuple[str, str, Kind], dict[str, None]] = {}
    for link in links:
        known = names.setdefault((link.source, link.target, link.kind), {})
        known.update(dict.fromkeys(link.names))
    for gate, target in _controls(nodes):
        names.setdefault((gate, target, "control"), {})
    for name, node in nodes.items():
        for awaited in node.wait_for:
            for source in producers.get(awaited, ()):
                if source != name:
                    names.setdefault((source, name, "ordering"), {})[awaited] = None
    return tuple(Link(*key, tuple(carried)) for key, carried in names.items())


def _controls(nodes: Nodes) -> Iterator[Pair]:
    """Gate and target, for targets that exist; the others are reported once all is wired (L1)."""
    for name, node in nodes.items():
        for target in targets_of(node):
            if target in nodes:
                yield name, target
