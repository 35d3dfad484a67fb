"""One round of a loop: the members that run, what they read, and what they change."""

from __future__ import annotations

from hypergraph.compiler.emit.expressions import opens, value_or_fallback
from hypergraph.compiler.emit.fragments import Code, Fragment, Identifier, code, join
from hypergraph.compiler.emit.loop_scope import LoopScope, waited
from hypergraph.compiler.emit.overlap import (
    guarded_call,
    overlapping_call,
    store_in_loop,
    write_raise,
    write_together,
)
from hypergraph.compiler.emit.results import write_call
from hypergraph.compiler.plan import Call, Member, Output, Slot


def write_round(inside: LoopScope, runs: dict[str, Fragment]) -> None:
    """Run the members whose expression in ``runs`` holds, all on the values from before."""
    if inside.scope.is_async and _may_overlap(inside):
        _write_overlapping_round(inside, runs)
    else:
        _write_snapshot(inside)
        _write_round(inside, runs)


def _write_snapshot(inside: LoopScope) -> None:
    """Keep what an earlier sibling may overwrite before a later one reads it (X56, X57)."""
    for slot in _overwritten(inside):
        names, write = inside.scope.names, inside.scope.writer
        write.line("{} = {}", names.of_slot("seen", slot), names.slot(slot))
        if slot in inside.tracked:
            seen = names.of_slot("version seen", slot)
            write.line("{} = {}", seen, inside.version(slot))


def _overwritten(inside: LoopScope) -> list[Slot]:
    written: set[Slot] = set()
    found: dict[Slot, None] = {}
    for member in inside.running():
        for slot in reads_of(member):
            if slot in written:
                found[slot] = None
        written.update(slot for output in member.call.outputs for slot in output.slots)
    return list(found)


def reads_of(member: Member) -> list[Slot]:
    """Every slot whose value or version a member uses when it runs."""
    read = [one.slot for one in member.call.arguments if one.slot is not None]
    return [*read, *member.sees]


def _write_round(inside: LoopScope, runs: dict[str, Fragment]) -> None:
    overwritten = set(_overwritten(inside))
    written: set[Slot] = set()
    for member in inside.running():
        with inside.scope.writer.block("if {}:", runs[member.call.node]):
            stale = overwritten & written
            _write_record(inside, member, stale)
            write_member(inside, member, stale)
        written.update(slot for output in member.call.outputs for slot in output.slots)


def _may_overlap(inside: LoopScope) -> bool:
    """Whether two members could run in one round: all but a gate and what only it lets run."""
    callers = [one for one in inside.running() if one.call.kind != "interrupt"]
    return any(
        not (_blocks(first, second) or _blocks(second, first))
        for index, first in enumerate(callers)
        for second in callers[index + 1 :]
    )


def _blocks(gate: Member, member: Member) -> bool:
    return gate.call.gate is not None and gate.call.node in member.gates


def _write_overlapping_round(inside: LoopScope, runs: dict[str, Fragment]) -> None:
    """Under asyncio the members of a round overlap; they all read before any of them writes."""
    scope, names = inside.scope, inside.scope.names
    together = [one for one in inside.running() if one.call.kind != "interrupt"]
    for member in together:
        with scope.writer.block("if {}:", runs[member.call.node]):
            _write_record(inside, member, set())
    for member in inside.running():
        if member.call.kind == "interrupt":
            with scope.writer.block("if {}:", runs[member.call.node]):
                _write_record(inside, member, set())
                write_member(inside, member, set())
    results = [names.about("result", member.call.node) for member in together]
    calls = [
        guarded_call(overlapping_call(scope, one.call), runs[one.call.node]) for one in together
    ]
    write_together(scope, results, calls)
    for member, result in zip(together, results, strict=True):
        if not _leaves_something(inside, member.call):
            continue
        with scope.writer.block("if {} and {} is not ABSENT:", runs[member.call.node], result):
            _write_stored(inside, member, result)
    write_raise(scope)


def _leaves_something(inside: LoopScope, call: Call) -> bool:
    """Whether there is anything to do once a call has succeeded."""
    noticed = inside.tracked | inside.scope.used
    written = {slot for output in call.outputs for slot in output.slots} | set(call.signals)
    return bool(
        call.gate or written & noticed or any(argument.is_answer for argument in call.arguments)
    )


def _write_stored(inside: LoopScope, member: Member, result: Identifier) -> None:
    """What a member of an overlapping round gave, stored and counted."""
    scope, call = inside.scope, member.call
    counted = counted_slots(inside, call)
    for _, slot in counted:
        scope.writer.line("{} = {}", scope.names.of_slot("before", slot), scope.names.slot(slot))
    store_in_loop(scope, call, result)
    _write_counts(inside, member, counted)


def _write_record(inside: LoopScope, member: Member, stale: set[Slot]) -> None:
    """Remember which versions the member is about to read."""
    names, write = inside.scope.names, inside.scope.writer
    if member.sees:
        versions = [
            names.of_slot("version seen", slot) if slot in stale else inside.version(slot)
            for slot in member.sees
        ]
        listed = versions[0] if len(versions) == 1 else code("({})", join(", ", versions))
        write.line("{} = {}", inside.about("saw", member), listed)
    else:
        write.line("{} = True", inside.about("ran", member))
    for slot in member.waits:
        write.line("{} = {}", waited(inside, member, slot), inside.version(slot))


def write_member(inside: LoopScope, member: Member, stale: set[Slot]) -> None:
    """Call a member and count the changes of what it writes (X34)."""
    scope, call = inside.scope, member.call
    counted = counted_slots(inside, call)
    for _, slot in counted:
        scope.writer.line("{} = {}", scope.names.of_slot("before", slot), scope.names.slot(slot))
    write_call(scope, call, _seen_values(inside, member, stale))
    _write_counts(inside, member, counted)


def counted_slots(inside: LoopScope, call: Call) -> list[tuple[Output, Slot]]:
    """The slots whose changes somebody in the loop looks for."""
    return [
        (output, slot) for output in call.outputs for slot in output.slots if slot in inside.tracked
    ]


def _write_counts(inside: LoopScope, member: Member, counted: list[tuple[Output, Slot]]) -> None:
    scope, call = inside.scope, member.call
    for output, slot in counted:
        with scope.writer.block("if {}:", _changed(inside, output, slot)):
            scope.writer.line("{} += 1", inside.version(slot))
    for signal in call.signals:
        if signal in inside.tracked:
            scope.writer.line("{} += 1", inside.version(signal))
    _write_exits(inside, call)
    _write_answers_used(inside, call)


def _seen_values(inside: LoopScope, member: Member, stale: set[Slot]) -> dict[str, Fragment]:
    values: dict[str, Fragment] = {}
    for one in member.call.arguments:
        if one.slot is not None and one.slot in stale:
            seen = inside.scope.names.of_slot("seen", one.slot)
            # A nested function has the defaults that it fills in itself.
            filled_inside = member.call.function is not None and one.passing == "keyword"
            fallback = None if filled_inside else one.fallback
            values[one.input] = value_or_fallback(inside.scope.names, seen, fallback)
    return values


def _changed(inside: LoopScope, output: Output, slot: Slot) -> Code:
    names = inside.scope.names
    before, value = names.of_slot("before", slot), names.slot(slot)
    changed = code("differs({}, {})", before, value)
    if not output.maybe:
        return changed
    # A nested graph that did not produce the value has not written it.
    return code("{} is not {} and {}", value, before, changed)


def _write_exits(inside: LoopScope, call: Call) -> None:
    """Remember every node outside that the gate chose in any round (D10)."""
    for gate, target in inside.loop.exits:
        if gate == call.node and call.gate is not None:
            said = inside.scope.names.about("said", gate)
            with inside.scope.writer.block("if {}:", opens(call.gate, said, target, False)):
                chosen = inside.scope.names.about("chosen", gate, target)
                inside.scope.writer.line("{} = True", chosen)


def _write_answers_used(inside: LoopScope, call: Call) -> None:
    """An answer is taken by the first execution of the node it is for (X108)."""
    for slot in call.answers:
        inside.scope.writer.line("{} = ABSENT", inside.scope.names.slot(slot))
    for argument in call.arguments:
        if argument.is_answer and argument.slot is not None:
            inside.scope.writer.line("{} = ABSENT", inside.scope.names.slot(argument.slot))
