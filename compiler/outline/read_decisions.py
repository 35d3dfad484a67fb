"""What a gate said, in a text: kept in a variable, and held to what the gate may say."""

from __future__ import annotations

import ast
from dataclasses import replace

from hypergraph.compiler.outline.model import Call, Decision, Gate
from hypergraph.compiler.outline.patterns import expression, statement
from hypergraph.compiler.outline.read_calls import gate_call
from hypergraph.compiler.outline.read_expressions import decision_in
from hypergraph.compiler.outline.read_watched import targets_in
from hypergraph.compiler.outline.scope import Cursor, Scope, name_of, string_of, unreadable

_FALLBACK = "if _s is None:\n    _s = _f"


def keeping_decision(scope: Scope, call: Call, gate: Gate, said: str) -> Call:
    """The call of a gate whose decision is kept in a variable."""
    gate = replace(gate, said=said)
    scope.gates[said] = call.kind, gate
    return replace(call, gate=gate)


def said_next(cursor: Cursor) -> str | None:
    """The variable of the decision that is made next; ``None`` if that is no decision.

    A decision is known by the test that follows: it says which outcomes are passed over.
    """
    stated = cursor.next
    target = stated.targets[0] if isinstance(stated, ast.Assign) else None
    if not isinstance(target, ast.Name) or not isinstance(stated, ast.Assign):
        return None
    if not (isinstance(stated.value, ast.Call) and isinstance(stated.value.func, ast.Name)):
        return None  # what a watch gives has been checked
    for follows in cursor.after():
        if statement("_signal = SIGNAL", follows) or _is_fallback(follows, target.id):
            continue
        tested = isinstance(follows, ast.If) and passed_over(follows.test, target.id) is not None
        return target.id if tested else None
    return None


def _is_fallback(given: ast.stmt, said: str) -> bool:
    found = statement(_FALLBACK, given)
    return found is not None and ast.unparse(found["s"]) == said


def read_said(scope: Scope, cursor: Cursor, said: str) -> tuple[Call, str | None]:
    """``said = gate(...)``, with what stands in for no decision; it is not checked yet."""
    made = statement("_s = _made", cursor.take())
    assert made is not None
    call = gate_call(scope, made["made"])
    replaced = cursor.taken(_FALLBACK)
    return call, None if replaced is None else str(decision_in(replaced["f"]))


def read_decision(scope: Scope, cursor: Cursor, said: str) -> Call:
    """A decision that is checked at once: it may be nothing but what its gate may say."""
    call, fallback = read_said(scope, cursor, said)
    checked = cursor.take()
    passed = passed_over(checked.test, said) if isinstance(checked, ast.If) else None
    if passed is None or not isinstance(checked, ast.If):
        unreadable(checked, "a decision is not checked")
    return refused_decision(scope, call, said, fallback, checked, passed)


def refused_decision(
    scope: Scope,
    call: Call,
    said: str,
    fallback: str | None,
    checked: ast.If,
    passed: set[Decision],
) -> Call:
    """The gate, from the error for what it may not say; ``passed`` is all that is no error."""
    (raised,) = checked.body
    bools = statement("raise not_a_bool(_node, _s)", raised)
    targets = statement("raise invalid_target(_node, _s, _targets)", raised)
    found = bools or targets
    if found is None or name_of(found["s"]) != said:
        unreadable(checked, "a wrong decision is not refused")
    gate = Gate(said, () if bools else targets_in(found["targets"]), fallback)
    call = replace(call, node=string_of(found["node"]), outputs=())
    call = replace(call, kind="ifelse" if bools else "route")
    if passed != gate.outcomes(call.kind) or (bools and fallback is not None):
        unreadable(checked, f"the check of a decision does not fit what {call.node} may say")
    return keeping_decision(scope, call, gate, said)


def passed_over(test: ast.expr, said: str) -> set[Decision] | None:
    """The outcomes that a test leaves out; ``None`` for a test that is about something else."""
    parts = test.values if isinstance(test, ast.BoolOp) else [test]
    if isinstance(test, ast.BoolOp) and isinstance(test.op, ast.Or):
        return None
    passed: set[Decision] = set()
    for part in parts:
        for pattern in ("_s is not _d", "_s != _d", "_s not in _d"):
            found = expression(pattern, part)
            if found is not None and ast.unparse(found["s"]) == said:
                outcomes = _outcomes(found["d"])
                break
        else:
            return None
        if outcomes is None:
            return None
        passed |= outcomes
    return passed


def _outcomes(given: ast.expr) -> set[Decision] | None:
    if isinstance(given, ast.Constant) and given.value is None:
        return {None}
    if isinstance(given, ast.Name) and given.id == "ABSENT":
        return None
    parts = given.elts if isinstance(given, ast.Tuple) else [given]
    return {decision_in(one) for one in parts}
