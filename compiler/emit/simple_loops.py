"""Loops in the simpler forms that passes over the plan have proved equal to the general one."""

from __future__ import annotations

from hypergraph.compiler.emit.expressions import opens
from hypergraph.compiler.emit.fragments import Code, code
from hypergraph.compiler.emit.loops import endless
from hypergraph.compiler.emit.results import target_of, write_call
from hypergraph.compiler.emit.scope import Scope
from hypergraph.compiler.plan import Loop


def write_once(scope: Scope, loop: Loop) -> None:
    """A node that feeds only itself and that no gate controls: it runs once (X40)."""
    (member,) = loop.members
    scope.writer.comment(f"{member.call.node} is not run again for what it produced itself")
    with scope.writer.block("if {} < 1:", scope.names.about("limit")):
        scope.writer.line("raise {}", endless(scope, loop))
    write_call(scope, member.call)


def write_ring(scope: Scope, loop: Loop) -> None:
    """A gate and one body that it repeats: decide, act, stop when nothing changed."""
    gate_member = next(one for one in loop.members if one.call.gate is not None)
    body = next(one for one in loop.members if one.call.gate is None)
    gate = gate_member.call.gate
    assert gate is not None
    names, write = scope.names, scope.writer
    rounds, limit = names.about("rounds"), names.about("limit")
    said = names.about("said", gate_member.call.node)
    (value,) = [target_of(scope, one) for one in body.call.outputs if one.slots[0] in body.sees]
    before = names.of_slot("before", body.sees[0])
    write.comment(f"loop: {gate_member.call.node} -> {body.call.node}")
    with write.block("for {} in range(0, {}, 2):", rounds, limit):
        write_call(scope, gate_member.call)
        again = opens(gate, said, body.call.node, undecided=False)
        with write.block("if {}:", _negated(gate.multi, again)):
            write.line("break")
        with write.block("if {} + 2 > {}:", rounds, limit):
            write.line("raise {}", endless(scope, loop))
        write.line("{} = {}", before, value)
        write_call(scope, body.call)
        with write.block("if not differs({}, {}):", before, value):
            write.line("break")
    with write.block("else:"):
        write.line("raise {}", endless(scope, loop))
    for name, target in loop.exits:
        chosen = names.about("chosen", name, target)
        write.line("{} = {}", chosen, opens(gate, said, target, undecided=False))


def _negated(multi: bool, test: Code) -> Code:
    for positive, negative in ((" == ", " != "), (" is ", " is not "), (" in ", " not in ")):
        if positive in test.text:
            left, right = test.text.split(positive, 1)
            return code("{}" + negative + "{}", Code(left), Code(right))
    return code("not {}", test)
