"""A gate's decision, checked: as statements, and as one expression (X60-X63)."""

from __future__ import annotations

from collections.abc import Sequence

from hypergraph.compiler.emit.expressions import decision_for
from hypergraph.compiler.emit.fragments import Code, Identifier, code, join, literal
from hypergraph.compiler.emit.scope import Scope
from hypergraph.compiler.plan import Call, Gate


def write_decision(scope: Scope, call: Call, gate: Gate, made: Code) -> None:
    """Ask a gate and make sure that it answered with something it may say."""
    said = scope.names.about("said", call.node)
    if gate.multi:
        several = code("several({}, {}, {})", made, gate_targets(gate), literal(call.node))
        scope.writer.line("{} = {}", said, several)
        return
    write_said(scope, call, gate, made)
    with scope.writer.block("if {}:", join(" and ", none_of(gate, said, gate.outcomes()))):
        scope.writer.line("raise {}", wrong_decision(call, gate, said))


def write_said(scope: Scope, call: Call, gate: Gate, made: Code) -> None:
    """Ask a gate with a single target; its fallback stands in for no decision (X61)."""
    said = scope.names.about("said", call.node)
    scope.writer.line("{} = {}", said, made)
    if gate.fallback is not None:
        with scope.writer.block("if {} is None:", said):
            scope.writer.line("{} = {}", said, decision_for(gate, gate.fallback))


def wrong_decision(call: Call, gate: Gate, said: Identifier) -> Code:
    """The error of a gate that said what it may not say."""
    if gate.when_true:
        return code("not_a_bool({}, {})", literal(call.node), said)
    return code("invalid_target({}, {}, {})", literal(call.node), said, gate_targets(gate))


def none_of(gate: Gate, said: Identifier, outcomes: Sequence[str | None]) -> list[Code]:
    """The tests that a gate came to none of these outcomes."""
    if gate.when_true:
        bools = [decision_for(gate, str(one)) for one in outcomes]
        return [code("{} is not {}", said, one) for one in bools]
    named = [one for one in outcomes if one not in (None, "END")]
    tests = [code("{} is not None", said)] if None in outcomes else []
    if "END" in outcomes:
        tests.append(code("{} is not END", said))
    if len(named) == 1:
        tests.append(code("{} != {}", said, literal(named[0])))
    elif named:
        tests.append(code("{} not in {}", said, literal(tuple(named))))
    return tests


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
