"""Loops in the simpler forms that passes over the plan have proved equal to the general one."""

from __future__ import annotations

from hypergraph.compiler.emit.expressions import decision_for, opens
from hypergraph.compiler.emit.fragments import Code, Identifier, code, literal
from hypergraph.compiler.emit.instrumented import is_watched
from hypergraph.compiler.emit.loops import endless, write_go_on
from hypergraph.compiler.emit.results import write_call
from hypergraph.compiler.emit.scope import Scope
from hypergraph.compiler.plan import Gate, Loop, Member


def write_once(scope: Scope, loop: Loop) -> None:
    """A node that feeds only itself and that no gate controls: it runs once (X40)."""
    (member,) = loop.members
    scope.writer.comment(f"{member.call.node} is not run again for what it produced itself")
    with scope.writer.block("if {} < 1:", scope.names.about("limit")):
        scope.writer.line("raise {}", endless(scope, loop))
    write_call(scope, member.call)


def write_turns(scope: Scope, loop: Loop) -> None:
    """Members that take turns: each runs once per time round, until one of them changes nothing."""
    names, write = scope.names, scope.writer
    rounds, limit = names.about("rounds"), names.about("limit")
    scope.define_absent(one.slot for one in loop.carried if one.start != "always")
    write.comment(f"loop: {' -> '.join(member.call.node for member in loop.members)}")
    step = literal(len(loop.members))
    with write.block("for {} in range(0, {}, {}):", rounds, limit, step):
        for place, member in enumerate(loop.members, start=1):
            if place > 1:
                with write.block("if {} + {} > {}:", rounds, literal(place), limit):
                    write.line("raise {}", endless(scope, loop))
            before = loop.members[place - 2].call
            if place == 1 or before.gate is None or is_watched(scope, before):
                write_go_on(scope)  # after a gate alone nothing can have happened
            _write_turn(scope, loop, member)
    with write.block("else:"):
        write.line("raise {}", endless(scope, loop))
    gates = {member.call.node: member.call.gate for member in loop.members}
    for name, target in loop.exits:
        gate, said = gates[name], names.about("said", name)
        if gate is not None:
            chosen = names.about("chosen", name, target)
            write.line("{} = {}", chosen, opens(gate, said, target, undecided=False))


def _write_turn(scope: Scope, loop: Loop, member: Member) -> None:
    """One turn, and the way out after it."""
    names, write, call = scope.names, scope.writer, member.call
    if call.gate is not None:
        write_call(scope, call)
        (onward,) = {one.call.node for one in loop.members}.intersection(call.gate.targets)
        with write.block("if {}:", _refuses(call.gate, names.about("said", call.node), onward)):
            write.line("break")
        return
    starts = {one.slot: one.start for one in loop.carried}
    watched = {slot for one in loop.members for slot in (*one.sees, *one.waits)}
    written = [slot for output in call.outputs for slot in output.slots if slot in watched]
    for slot in written:
        write.line("{} = {}", names.of_slot("before", slot), names.slot(slot))
    write_call(scope, call)
    for slot in written:
        before, value = names.of_slot("before", slot), names.slot(slot)
        same = code("not differs({}, {})", before, value)
        if starts[slot] != "always":
            same = code("{} is not ABSENT and {}", before, same)
        with write.block("if {}:", same):
            write.line("break")


def _refuses(gate: Gate, said: Identifier, onward: str) -> Code:
    """The test that a gate chose anything but to go on."""
    decision = decision_for(gate, onward)
    if gate.when_true:
        return code("not {}" if decision.text == "True" else "{}", said)
    return code("{} != {}", said, decision)
