"""The outline of a loop in a plan: who is ready when, by the rules for rounds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hypergraph.compiler.outline import model
from hypergraph.compiler.outline.model import NEVER, Condition, either, every
from hypergraph.compiler.outline.planned_calls import planned_call, told_name
from hypergraph.compiler.outline.words import Words, decision_of
from hypergraph.compiler.plan import ALWAYS, Call, Loop, Member, Slot
from hypergraph.compiler.plan import NEVER as CLOSED


def planned_loop(words: Words, loop: Loop) -> model.Loop:
    """The outline of a loop, in the form that it has."""
    gates = tuple(one.call.node for one in loop.members if one.call.gate is not None)
    if loop.form == "once":
        members = tuple(
            model.Member(planned_call(words, one.call, together=False)) for one in loop.members
        )
        return model.Loop(members, "once", named=(loop.name, gates))
    if loop.form == "turns":
        return _turns(words, loop, gates)
    return _General(words, loop).outline(gates)


def _turns(words: Words, loop: Loop, gates: tuple[str, ...]) -> model.Loop:
    inside = {one.call.node for one in loop.members}
    watched = {slot for one in loop.members for slot in (*one.sees, *one.waits)}
    members = []
    for one in loop.members:
        call, gate = planned_call(words, one.call, together=False), one.call.gate
        if gate is None:
            stops = [slot for slot in _outputs(one.call) if slot in watched]
            members.append(model.Member(call, stops=tuple(map(words.slot, stops))))
        else:
            (onward,) = inside.intersection(gate.targets)
            members.append(model.Member(call, onward=decision_of(gate, onward)))
    exits = tuple(
        model.Exit(words.flag(*one), words.said(one[0]), decision_of(words.gates[one[0]], one[1]))
        for one in loop.exits
    )
    return model.Loop(
        tuple(members),
        "turns",
        exits=exits,
        named=(loop.name, gates),
    )


class _General:
    """A loop whose members are asked in every round if they are ready."""

    def __init__(self, words: Words, loop: Loop) -> None:
        self.words = words
        self.loop = loop
        self.by_name = {one.call.node: one for one in loop.members}
        self.running = [one for one in loop.members if one.possible]
        self.tracked = {slot for one in loop.members for slot in (*one.sees, *one.waits)}
        self.together = words.plan.mode == "async" and _may_overlap(self.running)

    def outline(self, gates: tuple[str, ...]) -> model.Loop:
        starts = {one.slot: one.start for one in self.loop.carried}
        yields = self.yields()
        deciding = [one for one in self.loop.members if one.call.gate is not None]
        return model.Loop(
            tuple(self.member(one, tuple(yields[one.call.node])) for one in self.running),
            "general",
            tuple(sorted((self.version(slot), starts[slot]) for slot in self.tracked)),
            tuple(
                self.words.said(one.call.node)
                for one in deciding
                if one.call.gate is not None and one.call.gate.default_open
            ),
            tuple(self.words.said(one.call.node) for one in deciding if one.possible and one.sees),
            tuple(self.exit(*one) for one in self.loop.exits),
            (self.loop.name, gates),
        )

    def member(self, member: Member, yields: model.Yields) -> model.Member:
        call, words = member.call, self.words
        used_up = [*call.answers, *(one.slot for one in call.arguments if one.is_answer)]
        blocking = [gate for gate in member.gates if self.by_name[gate].possible]
        return model.Member(
            planned_call(words, call, self.together and call.kind != "interrupt"),
            sees=tuple(map(self.version, member.sees)),
            needs=tuple(map(words.slot, member.needs)),
            waits=tuple(map(self.version, member.waits)),
            opened=every([words.condition(member.outside), self.opened(member, frozenset())]),
            behind=() if call.gate is not None else tuple(blocking),
            yields=yields,
            counts=tuple(self.counts(call)),
            used_up=tuple(words.slot(slot) for slot in used_up if slot is not None),
        )

    def version(self, slot: Slot) -> str:
        return self.words.names.of_slot("version", slot).text

    def counts(self, call: Call) -> Iterator[model.Count]:
        for output in call.outputs:
            for slot in output.slots:
                if slot in self.tracked:
                    yield model.Count(self.version(slot), self.words.slot(slot), output.maybe)
        for slot in call.signals:
            if slot in self.tracked:
                yield model.Count(self.version(slot))

    def yields(self) -> dict[str, list[model.Yield]]:
        """Who goes first: deciding gates (X48), producers of what is waited for, interrupts (X55).

        Each is meant as the stages before leave it.
        """
        stages: dict[str, list[model.Yield]] = {one.call.node: [] for one in self.running}
        for member in self.running:
            if member.call.gate is not None:
                gates = [gate for gate in member.gates if self.by_name[gate].possible]
                self.put_off(stages, member, gates, dict.fromkeys(stages, 0))
        after_gates = {node: len(listed) for node, listed in stages.items()}
        for member in self.running:
            producers = [
                one.call.node
                for one in self.running
                if one is not member and not set(_written(one.call)).isdisjoint(member.waits)
            ]
            self.put_off(stages, member, producers, after_gates)
        after_producers = {node: len(listed) for node, listed in stages.items()}
        asking = [one.call.node for one in self.running if one.call.kind == "interrupt"]
        for member in self.running:
            node = member.call.node
            before = asking[: asking.index(node)] if node in asking else asking
            self.put_off(stages, member, before, after_producers)
        return stages

    def put_off(
        self,
        stages: dict[str, list[model.Yield]],
        member: Member,
        others: list[str],
        passed: dict[str, int],
    ) -> None:
        if others:
            told = [told_name(self.words, self.by_name[one].call) for one in others]
            pairs = zip(told, (passed[one] for one in others), strict=True)
            stages[member.call.node].append(tuple(pairs))

    def opened(self, member: Member, above: frozenset[str]) -> Condition:
        """What gates have to say; a silent gate counts as its own gates leave it (X44, K3)."""
        if not member.gated or member.opened == ALWAYS:
            return model.ALWAYS
        options: list[Condition] = []
        if member.opened != CLOSED:
            options.append(self.words.condition(member.opened))
        for name in member.gates:
            gate = self.words.gates[name]
            around = above | {member.call.node}
            if not gate.default_open:
                options.append(self.words.opens(name, member.call.node))
                continue
            itself: Condition = model.ALWAYS
            if name not in around:
                itself = self.opened(self.by_name[name], around)
            if itself == model.ALWAYS:
                options.append(self.words.opens(name, member.call.node, undecided=True))
            else:
                options.append(self.words.opens(name, member.call.node))
                options.append(every([model.Silent(self.words.said(name)), itself]))
        return either(options)

    def exit(self, name: str, target: str) -> model.Exit:
        """A way out; a gate that never decided may leave it open all the same (K3)."""
        gate, member = self.words.gates[name], self.by_name[name]
        flag, said = self.words.flag(name, target), self.words.said(name)
        surely_asked = (
            member.possible
            and not (member.gated or member.needs or member.waits)
            and member.outside == ALWAYS
        )
        silent: Condition = NEVER
        if gate.default_open and not surely_asked:
            silent = self.opened(member, frozenset())
        if not member.possible:
            return model.Exit(flag, said if gate.default_open else "", None, silent)
        return model.Exit(flag, said, decision_of(gate, target), silent)


def _may_overlap(members: Sequence[Member]) -> bool:
    """Whether two members may run in one round: not a gate and what it lets run."""
    callers = [one for one in members if one.call.kind != "interrupt"]
    return any(
        one.call.node not in other.gates and other.call.node not in one.gates
        for index, one in enumerate(callers)
        for other in callers[index + 1 :]
    )


def _outputs(call: Call) -> list[Slot]:
    return [slot for output in call.outputs for slot in output.slots]


def _written(call: Call) -> list[Slot]:
    return [*_outputs(call), *call.signals]
