"""Loops that no gate can leave."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from hypergraph.compiler.check.finding import Finding, Level, listed
from hypergraph.compiler.declare.digraph import Successors, strong_components
from hypergraph.compiler.declare.gates import GateNode, RouteNode
from hypergraph.compiler.declare.node import HyperNode
from hypergraph.compiler.declare.places import declared_at
from hypergraph.compiler.declare.wiring import Link, successors
from hypergraph.compiler.diagnostics import findings as catalogue
from hypergraph.compiler.schedule.supply import answers_of


def loop_findings(level: Level, admitted: frozenset[str]) -> Iterator[Finding]:
    """Data loops that go on although every node that something may stop is taken out of them."""
    awake = [link for link in level.graph.wiring.full if _wakes(level, link)]
    for members in _loops(admitted, awake):
        stopped = {name for name in members if _may_stop(level, admitted, name, members)}
        for rest in _loops(frozenset(members) - stopped, awake):
            ordered = [name for name in level.nodes if name in rest]
            place = declared_at(level.nodes[ordered[0]])
            shown = listed(ordered)
            yield level.found(catalogue.ENDLESS_LOOP, ordered[0], place, members=shown)


def _loops(names: frozenset[str], links: Iterable[Link]) -> Iterator[tuple[str, ...]]:
    following: Successors = successors(links, names)
    for members in strong_components(sorted(names), following):
        if len(members) > 1 or members[0] in following.get(members[0], ()):
            yield members


def _wakes(level: Level, link: Link) -> bool:
    """Whether a value on the link makes its target run again (X39, X40)."""
    if link.kind != "data":
        return False
    own = () if level.controllers.get(link.target) else level.nodes[link.target].outputs
    return not set(own).issuperset(link.names)


def _may_stop(level: Level, admitted: frozenset[str], name: str, members: tuple[str, ...]) -> bool:
    """Whether a node of a loop need not run again each time round.

    A gate may choose something else, an interrupt may pause, and what the node waits for may come
    from outside of the loop.
    """
    nodes = level.nodes
    gates = [gate for gate in level.controllers.get(name, ()) if gate in admitted]
    return (
        any(_may_leave(nodes[gate], members) for gate in gates)
        or _asks(nodes[name])
        or any(
            set(members).isdisjoint(level.feeds.get((name, awaited), ()))
            for awaited in nodes[name].wait_for
        )
    )


def _may_leave(gate: HyperNode, members: tuple[str, ...]) -> bool:
    """Whether a gate has an outcome that opens no member (X44, X61)."""
    if isinstance(gate, RouteNode) and (gate.multi_target or gate.fallback is None):
        return True
    return isinstance(gate, GateNode) and any(target not in members for target in gate.targets)


def _asks(node: HyperNode) -> bool:
    inner = node.nested_graph
    return node.is_interrupt or (inner is not None and bool(answers_of(inner)))
