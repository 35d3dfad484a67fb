"""A loop in its general form: integer versions, and one expression per member for "ready".

Each round: decisions whose gate saw something older are dropped, readiness is worked out from the
versions, gates hold their targets back, waiting members let what they wait for go first, and the
members left run on the values from before the round (sections 8 and 9).
"""

from __future__ import annotations

from dataclasses import dataclass

from hypergraph.compiler.emit.expressions import opens, value_or_fallback
from hypergraph.compiler.emit.fragments import Code, Fragment, Identifier, code, join, literal
from hypergraph.compiler.emit.naming import slot_key
from hypergraph.compiler.emit.overlap import (
    guarded_call,
    overlapping_call,
    store_in_loop,
    write_raise,
    write_together,
)
from hypergraph.compiler.emit.results import write_call
from hypergraph.compiler.emit.scope import Scope
from hypergraph.compiler.plan import ALWAYS, NEVER, Call, Carried, Loop, Member, Output, Slot


@dataclass(frozen=True)
class LoopScope:
    """One loop in the making."""

    scope: Scope
    loop: Loop
    tracked: frozenset[Slot]
    carried: dict[Slot, Carried]
    members: dict[str, Member]

    def version(self, slot: Slot) -> Identifier:
        return self.scope.names.of_slot("version", slot)

    def about(self, what: str, member: Member) -> Identifier:
        return self.scope.names.about(what, member.call.node)

    def running(self) -> list[Member]:
        return [member for member in self.loop.members if member.possible]


def write_general_loop(scope: Scope, loop: Loop) -> None:
    """Write the loop as rounds over all of its members."""
    tracked = {slot for member in loop.members for slot in (*member.sees, *member.waits)}
    inside = LoopScope(
        scope,
        loop,
        frozenset(tracked),
        {one.slot: one for one in loop.carried},
        {member.call.node: member for member in loop.members},
    )
    scope.writer.comment(f"loop: {loop.name}")
    _write_start(inside)
    with scope.writer.block("while True:"):
        _write_dropped_decisions(inside)
        runs = write_readiness(inside)
        with scope.writer.block("if not {}:", _any(list(runs.values()))):
            scope.writer.line("break")
        write_count(scope, loop)
        if scope.is_async and _may_overlap(inside):
            _write_overlapping_round(inside, runs)
        else:
            _write_snapshot(inside)
            _write_round(inside, runs)
    _write_silent_exits(inside)


def _write_silent_exits(inside: LoopScope) -> None:
    """A gate that never decided may leave what it targets outside open all the same (K3)."""
    for name, target in inside.loop.exits:
        member = inside.members[name]
        gate = member.call.gate
        if gate is None or not gate.default_open or runs_in_first_round(member):
            continue
        said, opened = inside.about("said", member), opened_by_gates(inside, member, frozenset())
        test = code("{} is OPEN", said)
        if opened is not None:
            test = code("{} and {}", test, opened)
        with inside.scope.writer.block("if {}:", test):
            chosen = inside.scope.names.about("chosen", name, target)
            inside.scope.writer.line("{} = True", chosen)


def runs_in_first_round(member: Member) -> bool:
    """Whether nothing can keep the member from running as soon as the loop starts."""
    free = not member.gated and member.outside == ALWAYS and member.possible
    return free and not member.needs and not member.waits


def write_count(scope: Scope, loop: Loop) -> None:
    """Count a round, and fail when it is one too many (X67)."""
    rounds, limit = scope.names.about("rounds"), scope.names.about("limit")
    scope.writer.line("{} += 1", rounds)
    with scope.writer.block("if {} > {}:", rounds, limit):
        scope.writer.line("raise {}", endless(scope, loop))


def endless(scope: Scope, loop: Loop) -> Code:
    """The error of a loop that used up its rounds; it names the gates that could end it."""
    gates = tuple(member.call.node for member in loop.members if member.call.gate is not None)
    limit = scope.names.about("limit")
    return code("endless({}, {}, {})", literal(loop.name), limit, literal(gates))


# -- Before the first round ---------------------------------------------------------------------


def _write_start(inside: LoopScope) -> None:
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
        start += [(_waited(inside, member, slot), literal(0)) for slot in member.waits]
        if member.outside != ALWAYS:
            start.append((inside.about("allowed", member), scope.condition(member.outside)))
    for member in inside.loop.members:
        if _opened_before(member):
            start.append((inside.about("opened", member), scope.condition(member.opened)))
        if member.call.gate is not None:
            silent = "OPEN" if member.call.gate.default_open else _closed(member.call)
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


def _start(inside: LoopScope, slot: Slot) -> str:
    return inside.carried[slot].start


def _opened_before(member: Member) -> bool:
    return member.gated and member.opened not in (ALWAYS, NEVER)


def _closed(call: Call) -> str:
    return "()" if call.gate is not None and call.gate.multi else "None"


def _waited(inside: LoopScope, member: Member, slot: Slot) -> Identifier:
    return inside.scope.names.about("waited", member.call.node, *slot_key(slot))


# -- Who is ready -------------------------------------------------------------------------------


def _write_dropped_decisions(inside: LoopScope) -> None:
    """A decision stands until its gate would decide anew; ``END`` stands for good (X47)."""
    for member in inside.running():
        gate = member.call.gate
        if gate is None or not member.sees:
            continue
        said, saw = inside.about("said", member), inside.about("saw", member)
        can_end = "END" in gate.targets and not gate.multi
        stale = code("{} is not None and {} != {}", saw, saw, versions_of(inside, member))
        stale = code("{} and {} is not END", stale, said) if can_end else stale
        with inside.scope.writer.block("if {}:", stale):
            inside.scope.writer.line("{} = {}", said, Code(_closed(member.call)))


def versions_of(inside: LoopScope, member: Member) -> Code:
    """The versions a member looks at: one integer, or a tuple of them."""
    versions = [inside.version(slot) for slot in member.sees]
    return code("{}", versions[0]) if len(versions) == 1 else code("({})", join(", ", versions))


def write_readiness(inside: LoopScope) -> dict[str, Fragment]:
    """Write who is ready; returns, per member, the expression that says it runs this round."""
    write = inside.scope.writer
    running = inside.running()
    gates = [member for member in running if member.call.gate is not None]
    ready: dict[str, Fragment] = {}
    for member in [*gates, *(one for one in running if one.call.gate is None)]:
        name = inside.about("ready", member)
        tests = _readiness(inside, member)
        if member.call.gate is None:
            tests += [code("not {}", ready[gate]) for gate in member.gates if gate in ready]
        write.line("{} = {}", name, join(" and ", tests))
        ready[member.call.node] = name
    first = _after_gates(inside, gates, ready)
    return _after_isolation(inside, running, _after_deferral(inside, running, first))


def _readiness(inside: LoopScope, member: Member) -> list[Code]:
    tests: list[Code] = []
    names = inside.scope.names
    if member.outside != ALWAYS:
        tests.append(code("{}", inside.about("allowed", member)))
    opened = opened_by_gates(inside, member, frozenset())
    if opened is not None:
        tests.append(opened)
    tests += [code("{} is not ABSENT", names.slot(slot)) for slot in member.needs]
    if member.sees:
        saw = inside.about("saw", member)
        tests.append(code("{} != {}", saw, versions_of(inside, member)))
    else:
        tests.append(code("not {}", inside.about("ran", member)))
    for slot in member.waits:
        tests.append(code("{} > {}", inside.version(slot), _waited(inside, member, slot)))
    return tests


def opened_by_gates(inside: LoopScope, member: Member, above: frozenset[str]) -> Code | None:
    """The test that some gate lets the member run; ``None`` when nothing holds it back (X44, K3).

    A gate that has not decided counts as its own gates leave it; gates that control each other in a
    ring are judged without going round, which is the least set of closed gates.
    """
    if not member.gated or member.opened == ALWAYS:
        return None
    options: list[Code] = []
    if _opened_before(member):
        options.append(code("{}", inside.about("opened", member)))
    for name in member.gates:
        gate_member = inside.members[name]
        gate = gate_member.call.gate
        assert gate is not None
        said = inside.about("said", gate_member)
        if not gate.default_open:
            options.append(opens(gate, said, member.call.node, undecided=False))
            continue
        around = above | {member.call.node}
        open_itself = None if name in around else opened_by_gates(inside, gate_member, around)
        if open_itself is None:
            options.append(opens(gate, said, member.call.node, undecided=True))
        else:
            options.append(opens(gate, said, member.call.node, undecided=False))
            options.append(code("({} is OPEN and {})", said, open_itself))
    if not options:
        return code("False")
    either = join(" or ", options)
    return code("({})", either) if " or " in either.text else either


def _after_gates(
    inside: LoopScope, gates: list[Member], ready: dict[str, Fragment]
) -> dict[str, Fragment]:
    """A gate that another ready gate decides about waits, too; it still holds back others (X48)."""
    first = dict(ready)
    for member in gates:
        blocking = [ready[gate] for gate in member.gates if gate in ready]
        if blocking:
            name = inside.about("first", member)
            tests = [code("not {}", one) for one in blocking]
            inside.scope.writer.line(
                "{} = {} and {}", name, ready[member.call.node], join(" and ", tests)
            )
            first[member.call.node] = name
    return first


def _after_deferral(
    inside: LoopScope, running: list[Member], first: dict[str, Fragment]
) -> dict[str, Fragment]:
    """Who waits for a name lets its producers go first (X43)."""
    runs = dict(first)
    for member in running:
        producers = [
            other.call.node
            for other in running
            if other is not member and _writes_any(other.call, member.waits)
        ]
        if producers:
            name = inside.about("runs", member)
            ahead = [code("not {}", first[one]) for one in producers]
            inside.scope.writer.line(
                "{} = {} and {}", name, first[member.call.node], join(" and ", ahead)
            )
            runs[member.call.node] = name
    return runs


def _after_isolation(
    inside: LoopScope, running: list[Member], runs: dict[str, Fragment]
) -> dict[str, Fragment]:
    """An interrupt runs alone in its round, the first of them first (X55)."""
    asking = [member.call.node for member in running if member.call.kind == "interrupt"]
    if not asking:
        return runs
    ahead: list[Code] = []
    alone: dict[str, Fragment] = {}
    for node in [*asking, *(one for one in runs if one not in asking)]:
        alone[node] = runs[node]
        if ahead:
            alone[node] = inside.scope.names.about("alone", node)
            inside.scope.writer.line(
                "{} = {} and {}", alone[node], runs[node], join(" and ", ahead)
            )
        if node in asking:
            ahead.append(code("not {}", runs[node]))
    return {node: alone[node] for node in runs}


def _writes_any(call: Call, slots: tuple[Slot, ...]) -> bool:
    written = {slot for output in call.outputs for slot in output.slots} | set(call.signals)
    return not written.isdisjoint(slots)


def _any(tests: list[Fragment]) -> Code:
    return code("({})", join(" or ", tests)) if len(tests) > 1 else code("{}", tests[0])


# -- One round ----------------------------------------------------------------------------------


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
        with scope.writer.block("if {} and {} is not ABSENT:", runs[member.call.node], result):
            _write_stored(inside, member, result)
    write_raise(scope)


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
        write.line("{} = {}", _waited(inside, member, slot), inside.version(slot))


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
            values[one.input] = value_or_fallback(inside.scope.names, seen, one.fallback)
    return values


def _changed(inside: LoopScope, output: Output, slot: Slot) -> Code:
    names = inside.scope.names
    before, value = names.of_slot("before", slot), names.slot(slot)
    changed = code("differs({}, {})", before, value)
    if _start(inside, slot) != "always":
        changed = code("{} is ABSENT or {}", before, changed)
    if not output.maybe:
        return changed
    # A nested graph that did not produce the value has not written it.
    wrapped = code("({})", changed) if " or " in changed.text else changed
    return code("{} is not {} and {}", value, before, wrapped)


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
        if "." in argument.input and argument.slot is not None and call.function is not None:
            inside.scope.writer.line("{} = ABSENT", inside.scope.names.slot(argument.slot))
