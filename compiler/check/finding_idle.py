"""Nodes that can never run, and inputs that only those read (section 27.1)."""

from __future__ import annotations

from collections.abc import Iterator

from hypergraph.compiler.check.finding import Finding, Level, listed
from hypergraph.compiler.declare.gates import GateNode
from hypergraph.compiler.declare.places import declared_at
from hypergraph.compiler.declare.wiring import successors
from hypergraph.compiler.diagnostics import findings as catalogue


def able(level: Level) -> frozenset[str]:
    """The nodes that some run of the graph may reach, whatever its gates decide.

    >>> from hypergraph import Graph, node
    >>> from hypergraph.compiler.check.finding import level_of
    >>> graph = Graph([node(lambda a: a, "b").with_name("f")])
    >>> sorted(able(level_of(graph, (), {"a"}, {}))), sorted(able(level_of(graph, (), set(), {})))
    (['f'], [])
    """
    active = level.graph.active
    following = successors(level.graph.wiring.full, active)
    admitted: set[str] = set()
    pending = list(active)
    while pending:
        name = pending.pop()
        if name in admitted or _lacks(level, name, admitted):
            continue
        if _open(level, name, admitted):
            admitted.add(name)
            pending.extend(following.get(name, ()))
    return frozenset(admitted)


def idle_findings(level: Level, admitted: frozenset[str]) -> Iterator[Finding]:
    """What nodes of the graph lack for good, and the gates that hold them back for good."""
    for name, node in level.nodes.items():
        if name in admitted or name not in level.graph.scope.active:
            continue
        place = declared_at(node)
        lacking = _lacks(level, name, admitted)
        if lacking:
            entry, names = catalogue.NEVER_RUNS, listed(lacking)
            yield level.found(entry, name, place, node=name, names=names)
        else:
            gates = listed(level.controllers[name])
            yield level.found(catalogue.CLOSED_FOR_GOOD, name, place, node=name, gates=gates)


def input_findings(level: Level, admitted: frozenset[str]) -> Iterator[Finding]:
    """Inputs of the graph that are read, but only by nodes that can never run."""
    nodes, active = level.nodes, level.graph.scope.active
    readers: dict[str, list[str]] = {}
    for name, node in nodes.items():
        if name in active:
            for value in node.inputs:
                readers.setdefault(value, []).append(name)
    for value in level.graph.inputs.all:
        names = readers.get(value, [])
        if names and admitted.isdisjoint(names):
            place = declared_at(nodes[names[0]])
            entry = catalogue.USELESS_INPUT
            yield level.found(entry, value, place, name=value, readers=listed(names))


def _lacks(level: Level, name: str, admitted: set[str] | frozenset[str]) -> tuple[str, ...]:
    """What the node reads or waits for that nothing admitted so far gives."""
    node = level.nodes[name]
    there = [value for value in node.inputs if value in level.held or node.has_default_for(value)]
    wanted = (*(value for value in node.inputs if value not in there), *node.wait_for)
    return tuple(
        value
        for value in wanted
        if value not in level.supplied and admitted.isdisjoint(level.feeds.get((name, value), ()))
    )


def _open(level: Level, name: str, admitted: set[str]) -> bool:
    """Whether no gate targets the node, or one of them may open it (X44, X45)."""
    gates = [level.nodes[gate] for gate in level.controllers.get(name, ())]
    return not gates or any(
        gate.name in admitted or (isinstance(gate, GateNode) and gate.default_open)
        for gate in gates
    )
