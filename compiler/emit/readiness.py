"""Who is ready in a round: one expression per member, and who lets whom go first (section 9)."""

from __future__ import annotations

from hypergraph.compiler.emit.expressions import opens
from hypergraph.compiler.emit.fragments import Code, Fragment, code, join
from hypergraph.compiler.emit.loop_scope import LoopScope, closed_text, opened_before, waited
from hypergraph.compiler.plan import ALWAYS, Call, Member, Slot


def write_dropped_decisions(inside: LoopScope) -> None:
    """A decision stands until its gate would decide anew; ``END`` stands for good (X47)."""
    for member in inside.running():
        gate = member.call.gate
        if gate is None or not member.sees:
            continue
        said, saw = inside.about("said", member), inside.about("saw", member)
        can_end = "END" in gate.targets and not (gate.multi or gate.when_true)
        stale = code("{} is not None and {} != {}", saw, saw, versions_of(inside, member))
        stale = code("{} and {} is not END", stale, said) if can_end else stale
        with inside.scope.writer.block("if {}:", stale):
            inside.scope.writer.line("{} = {}", said, Code(closed_text(member.call)))


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
        tests.append(code("{} > {}", inside.version(slot), waited(inside, member, slot)))
    return tests


def opened_by_gates(inside: LoopScope, member: Member, above: frozenset[str]) -> Code | None:
    """The test that some gate lets the member run; ``None`` when nothing holds it back (X44, K3).

    A gate that has not decided counts as its own gates leave it; gates that control each other in a
    ring are judged without going round, which is the least set of closed gates.
    """
    if not member.gated or member.opened == ALWAYS:
        return None
    options: list[Code] = []
    if opened_before(member):
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
            chosen = opens(gate, said, member.call.node, undecided=False)
            if gate.multi:  # while it is open there is no list to look into
                chosen = code("({} is not OPEN and {})", said, chosen)
            options += [chosen, code("({} is OPEN and {})", said, open_itself)]
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


def any_of(tests: list[Fragment]) -> Code:
    """The test that somebody runs."""
    return code("({})", join(" or ", tests)) if len(tests) > 1 else code("{}", tests[0])
