"""Where the loops of a graph can be entered, and with which names (section 9.1, step 2)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hypergraph.compiler.check.exclusive import Branches
from hypergraph.compiler.declare.digraph import strong_components
from hypergraph.compiler.declare.gates import GateNode
from hypergraph.compiler.declare.node import HyperNode
from hypergraph.compiler.declare.wiring import Link, successors

Nodes = Mapping[str, HyperNode]


@dataclass(frozen=True)
class Loop:
    """A loop that can be entered: for each node to start at, the names it needs there."""

    entries: dict[str, tuple[str, ...]]


@dataclass(frozen=True)
class _Cycle:
    """A strongly connected component: its members, names it feeds itself, and those also fed in."""

    members: tuple[str, ...]
    fed: frozenset[str]
    supplied: frozenset[str]


def loops_of(
    nodes: Nodes, links: Sequence[Link], bindings: Mapping[str, Any], branches: Branches
) -> tuple[Loop, ...]:
    """The loops among ``nodes`` that need a name to start (G87-G90).

    ``links`` are those between ``nodes``. A name that a node before the loop also produces
    is not needed (L19), nor is one that has a default on the node, is bound, or that an interrupt
    asks for.
    """
    cycles = _cycles(nodes, links, branches)
    params = _params(cycles) - set(bindings)
    params -= {name for node in nodes.values() if node.is_interrupt for name in node.outputs}
    found = (Loop(_entries(nodes, cycle, params - cycle.supplied)) for cycle in cycles)
    return tuple(loop for loop in found if loop.entries)


def seeds_of(nodes: Nodes, links: Sequence[Link], branches: Branches) -> frozenset[str]:
    """The names that loops among ``nodes`` feed themselves, bound or not (K9)."""
    return _params(_cycles(nodes, links, branches))


def _params(cycles: Sequence[_Cycle]) -> frozenset[str]:
    return frozenset(name for cycle in cycles for name in cycle.fed - cycle.supplied)


def _entries(nodes: Nodes, cycle: _Cycle, params: frozenset[str]) -> dict[str, tuple[str, ...]]:
    entries: dict[str, tuple[str, ...]] = {}
    for name in sorted(cycle.members):
        node = nodes[name]
        if isinstance(node, GateNode):
            continue
        needed = tuple(p for p in node.inputs if p in params and not node.has_default_for(p))
        if needed:
            entries[name] = needed
    return entries


def _cycles(nodes: Nodes, links: Sequence[Link], branches: Branches) -> list[_Cycle]:
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
        fed = frozenset(name for link in inner[at] for name in link.names)
        before = [k for k in inward.get(at, ()) if whole[k.source] != whole[k.target]]
        supplied = frozenset(_supplied(before, inner[at], fed, branches))
        cycles.append(_Cycle(components[at], fed, supplied))
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
