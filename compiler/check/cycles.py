"""Which nodes of a graph feed each other, and with which names (section 9.1, step 2)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from hypergraph.compiler.check.exclusive import Branches
from hypergraph.compiler.declare.digraph import strong_components
from hypergraph.compiler.declare.node import HyperNode
from hypergraph.compiler.declare.wiring import Link, successors
from hypergraph.runtime.skeleton import Cycle

Nodes = Mapping[str, HyperNode]


def cycles_of(nodes: Nodes, links: Sequence[Link], branches: Branches) -> list[Cycle]:
    """The cycles of values among ``nodes``; ``links`` are those between ``nodes``.

    A name that a node before a cycle also produces counts as supplied (L19). What leads to a cycle
    comes with it into every part of a graph that a selection leaves, so its cycles are some of
    these, unchanged.
    """
    data = [link for link in links if link.kind == "data"]
    components = strong_components(nodes, successors(data))
    home = {name: at for at, members in enumerate(components) for name in members}
    inner: dict[int, list[Link]] = {}
    inward: dict[int, list[Link]] = {}
    for link in data:
        place = inner if home[link.source] == home[link.target] else inward
        place.setdefault(home[link.target], []).append(link)
    whole = _homes(nodes, links) if inner else {}
    position = {name: at for at, name in enumerate(nodes)}
    cycles = []
    for at in sorted(inner, key=lambda at: min(position[name] for name in components[at])):
        fed = tuple(dict.fromkeys(name for link in inner[at] for name in link.names))
        before = [k for k in inward.get(at, ()) if whole[k.source] != whole[k.target]]
        supplied = tuple(dict.fromkeys(_supplied(before, inner[at], frozenset(fed), branches)))
        cycles.append(Cycle(components[at], fed, supplied))
    return cycles


def _supplied(
    before: Sequence[Link], inner: Sequence[Link], fed: frozenset[str], branches: Branches
) -> Iterator[str]:
    """The names of ``fed`` that a node before the cycle produces whenever the cycle can run.

    A producer on another branch than those inside does not run when they do.
    """
    for link in before:
        for name in fed.intersection(link.names):
            inside = tuple(dict.fromkeys(k.source for k in inner if name in k.names))
            separated = branches.separated((link.source, *inside))
            if not all(separated(link.source, member) for member in inside):
                yield name


def _homes(nodes: Nodes, links: Sequence[Link]) -> dict[str, int]:
    """For each node its strongly connected component over links of all kinds."""
    components = strong_components(nodes, successors(links))
    return {name: at for at, members in enumerate(components) for name in members}
