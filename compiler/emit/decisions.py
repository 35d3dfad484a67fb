"""A gate's decision as one expression that is checked, whatever the gate said."""

from __future__ import annotations

from hypergraph.compiler.emit.expressions import decision_for
from hypergraph.compiler.emit.fragments import Code, code, join, literal
from hypergraph.compiler.plan import Call, Gate


def checked_decision(call: Call, gate: Gate, made: Code) -> Code:
    """What the gate said, if it may say that (X60-X62)."""
    node = literal(call.node)
    if gate.when_true:
        return code("real_bool({}, {})", made, node)
    targets = gate_targets(gate)
    if gate.multi:
        return code("several({}, {}, {})", made, targets, node)
    if gate.fallback is None:
        return code("decided({}, {}, {})", made, targets, node)
    fallback = Code("END") if gate.fallback == "END" else literal(gate.fallback)
    return code("decided({}, {}, {}, {})", made, targets, node, fallback)


def gate_targets(gate: Gate) -> Code:
    """What a gate may return, as a tuple."""
    listed = join(", ", [decision_for(gate, target) for target in gate.targets])
    return code("({},)" if len(gate.targets) == 1 else "({})", listed)
