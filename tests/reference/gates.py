"""Which nodes gates hold back, and how a gate's return value becomes a decision."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from hypergraph import END, GateNode, IfElseNode, RouteNode

from .planning import Planned
from .recording import warn

Chosen = Mapping[str, frozenset[str]]


def closed_nodes(
    planned: Planned, nodes: Iterable[str], chosen: Chosen, known: Iterable[str]
) -> frozenset[str]:
    """The least set of nodes that all of their gates close (X44, K3).

    ``chosen`` maps every gate that has executed to the targets it names; ``known`` are nodes
    outside ``nodes`` that are already known to be closed.
    """
    closed = frozenset(known)
    while True:
        more = closed | {node for node in nodes if is_closed(planned, node, chosen, closed)}
        if more == closed:
            return closed
        closed = more


def is_closed(planned: Planned, node: str, chosen: Chosen, closed: frozenset[str]) -> bool:
    """Whether a node has gates and every one of them closes it."""
    gates = planned.wiring.gates_of(node)
    return bool(gates) and all(closes(planned, gate, node, chosen, closed) for gate in gates)


def closes(planned: Planned, gate: str, node: str, chosen: Chosen, closed: frozenset[str]) -> bool:
    """A gate closes what it did not choose; one that never ran goes by ``default_open`` (X45)."""
    if gate in chosen:
        return node not in chosen[gate]
    declared = planned.wiring.nodes[gate]
    assert isinstance(declared, GateNode)
    return not declared.default_open or gate in closed


def targets_of(decision: Any) -> frozenset[str]:
    """The nodes that a decision names (X44, X62)."""
    if decision is None or decision is END:
        return frozenset()
    named = decision if isinstance(decision, list) else [decision]
    return frozenset(name for name in named if name is not END)


def decision_of(gate: GateNode, returned: Any) -> Any:
    """What a gate decided, by what its function returned (X60 to X63)."""
    if isinstance(gate, IfElseNode):
        if not isinstance(returned, bool):
            raise TypeError(f"{gate.name} must return bool, not {type(returned).__name__}")
        return gate.when_true if returned else gate.when_false
    assert isinstance(gate, RouteNode)
    if returned is None and gate.fallback is not None:
        return gate.fallback
    if gate.multi_target:
        return several_targets(gate, returned)
    if isinstance(returned, list):
        raise TypeError("multi_target=False but returned a list")
    if returned is not None:
        check_target(gate, returned)
    return returned


def several_targets(gate: RouteNode, returned: Any) -> Any:
    """The decision of a gate that may pick several targets (X62)."""
    if returned is None:
        return None
    if not isinstance(returned, list):
        raise TypeError(f"multi_target=True but returned {type(returned).__name__}")
    for target in returned:
        check_target(gate, target)
    return list(returned)


def check_target(gate: RouteNode, target: Any) -> None:
    """A returned target must be among the declared ones (X61, X63)."""
    if target is END and END in gate.targets:
        return
    if isinstance(target, str) and target in [t for t in gate.targets if t is not END]:
        return
    if isinstance(target, str) and target == "END" and END in gate.targets:
        warn("END")
    raise ValueError(f"{gate.name}: invalid target {target!r}")
