"""What a loop sets up before its first round."""

from __future__ import annotations

from hypergraph.compiler.emit.fragments import Code, Fragment, Identifier, code, join, literal
from hypergraph.compiler.emit.loop_scope import LoopScope, closed_text, opened_before, waited
from hypergraph.compiler.emit.scope import Scope
from hypergraph.compiler.plan import ALWAYS, Slot


def write_start(inside: LoopScope) -> None:
    """Write versions, records, decisions and flags as they are before the first round."""
    scope = inside.scope
    scope.define_absent(one.slot for one in inside.loop.carried if one.start != "always")
    start: list[tuple[Identifier, Fragment]] = [
        (inside.version(slot), _first_version(inside, slot)) for slot in sorted(inside.tracked)
    ]
    for member in inside.running():
        if member.sees:
            start.append((inside.about("saw", member), Code("None")))
        else:
            start.append((inside.about("ran", member), Code("False")))
        start += [(waited(inside, member, slot), literal(0)) for slot in member.waits]
        if member.outside != ALWAYS:
            start.append((inside.about("allowed", member), scope.condition(member.outside)))
    for member in inside.loop.members:
        if opened_before(member):
            start.append((inside.about("opened", member), scope.condition(member.opened)))
        if member.call.gate is not None:
            silent = "OPEN" if member.call.gate.default_open else closed_text(member.call)
            start.append((inside.about("said", member), Code(silent)))
    start += [
        (scope.names.about("chosen", gate, target), literal(False))
        for gate, target in inside.loop.exits
    ]
    start.append((scope.names.about("rounds"), literal(0)))
    _write_together(scope, start)


def _write_together(scope: Scope, pairs: list[tuple[Identifier, Fragment]]) -> None:
    """Several assignments on one line where they fit, one each otherwise."""
    line = code("{} = {}", join(", ", [one for one, _ in pairs]), join(", ", [v for _, v in pairs]))
    if len(line.text) <= 88:
        scope.writer.add(line)
    else:
        scope.writer.extend(code("{} = {}", name, value) for name, value in pairs)


def _first_version(inside: LoopScope, slot: Slot) -> Fragment:
    start = inside.carried[slot].start
    if start == "maybe":
        return code("int({} is not ABSENT)", inside.scope.names.slot(slot))
    return literal(1 if start == "always" else 0)
