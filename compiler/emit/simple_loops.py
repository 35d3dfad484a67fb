"""Loops in the simpler forms that passes over the plan have proved equal to the general one."""

from __future__ import annotations

from hypergraph.compiler.emit.decisions import none_of, write_said, wrong_decision
from hypergraph.compiler.emit.expressions import opens
from hypergraph.compiler.emit.fragments import Code, Identifier, code, join, literal
from hypergraph.compiler.emit.instrumented import is_watched
from hypergraph.compiler.emit.loops import endless, write_go_on
from hypergraph.compiler.emit.results import called, write_call, write_signals
from hypergraph.compiler.emit.scope import Scope
from hypergraph.compiler.plan import Call, Gate, Loop, Member


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
    with write.block("for {} in range(1, {} + 1, {}):", rounds, limit, step):
        for place, member in enumerate(loop.members):
            if place:
                with write.block("if {}:", _is_last(rounds, limit, place)):
                    write.line("raise {}", endless(scope, loop))
            before = loop.members[place - 1].call
            if not place or before.gate is None or is_watched(scope, before):
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


def _is_last(rounds: Identifier, limit: Identifier, place: int) -> Code:
    """The test that the member in this place would run in a round beyond the limit."""
    if place == 1:
        return code("{} == {}", rounds, limit)
    return code("{} + {} > {}", rounds, literal(place), limit)


def _write_turn(scope: Scope, loop: Loop, member: Member) -> None:
    """One turn, and the way out after it."""
    names, write, call = scope.names, scope.writer, member.call
    if call.gate is not None:
        _write_decision(scope, loop, call, call.gate)
        return
    watched = {slot for one in loop.members for slot in (*one.sees, *one.waits)}
    written = [slot for output in call.outputs for slot in output.slots if slot in watched]
    for slot in written:
        write.line("{} = {}", names.of_slot("before", slot), names.slot(slot))
    write_call(scope, call)
    for slot in written:
        with write.block(
            "if not differs({}, {}):", names.of_slot("before", slot), names.slot(slot)
        ):
            write.line("break")


def _write_decision(scope: Scope, loop: Loop, call: Call, gate: Gate) -> None:
    """Ask a gate, and go on only if it says so; what else it may say is checked on the way out."""
    said, write = scope.names.about("said", call.node), scope.writer
    (onward,) = {one.call.node for one in loop.members}.intersection(gate.targets)
    elsewhere: list[Code] = []
    if is_watched(scope, call):
        write_call(scope, call)
    else:
        write_said(scope, call, gate, called(scope, call))
        write_signals(scope, call)
        elsewhere = none_of(gate, said, [one for one in gate.outcomes() if one != onward])
    with write.block("if {}:", join(" and ", none_of(gate, said, [onward]))):
        if elsewhere:
            with write.block("if {}:", join(" and ", elsewhere)):
                write.line("raise {}", wrong_decision(call, gate, said))
        elif not is_watched(scope, call):  # it may say nothing else at all
            write.line("raise {}", wrong_decision(call, gate, said))
            return
        write.line("break")
