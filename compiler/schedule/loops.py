"""From a strongly connected region to a loop: what makes each member ready (sections 8 and 9).

The loop is always planned in its general form, which is right for every region; simplifications are
passes of their own over the finished plan.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from hypergraph.compiler.plan import (
    ALWAYS,
    NEVER,
    Call,
    Carried,
    Condition,
    Loop,
    Member,
    Slot,
)
from hypergraph.compiler.schedule.calls import Level
from hypergraph.compiler.schedule.guards import (
    gate_opens,
    presence_of,
    record_writes,
    settled_argument,
)
from hypergraph.compiler.schedule.presence import CERTAIN, Knowledge, either, every, ran


@dataclass(frozen=True)
class _Region:
    """What all members share while the loop is planned."""

    level: Level
    knowledge: Knowledge
    calls: tuple[Call, ...]
    carried: frozenset[Slot]

    @property
    def names(self) -> frozenset[str]:
        return frozenset(call.node for call in self.calls)


def loop_of(level: Level, knowledge: Knowledge, calls: Sequence[Call]) -> Loop | None:
    """The loop of a region, or ``None`` when none of its members can ever run."""
    region = _Region(level, knowledge, tuple(calls), frozenset(_written(calls)))
    members = [_member(region, call) for call in calls]
    possible = _possible(region, members)
    kept = tuple(one for one in members if one.call.node in possible or one.call.gate is not None)
    if not possible:
        _record_impossible(level, knowledge, kept)
        return None
    running = [one.call for one in kept if one.call.node in possible]
    # What only the others would have written stays as it is for the whole loop.
    region = replace(region, carried=frozenset(_written(running)))
    kept = tuple(_member(region, one.call) for one in kept)
    carried = _carried(knowledge, running)
    settled = tuple(_settle(region, member, carried, possible) for member in kept)
    _record(region, kept, possible)
    return Loop(settled, carried, _exits(region, kept))


def _written(calls: Iterable[Call]) -> list[Slot]:
    slots = [slot for call in calls for output in call.outputs for slot in output.slots]
    return slots + [signal for call in calls for signal in call.signals]


def _carried(knowledge: Knowledge, calls: Sequence[Call]) -> tuple[Carried, ...]:
    signals = {signal for call in calls for signal in call.signals}
    return tuple(
        Carried(slot, knowledge.presence(slot), signal=slot in signals)
        for slot in dict.fromkeys(_written(calls))
    )


def _member(region: _Region, call: Call) -> Member:
    level, knowledge = region.level, region.knowledge
    node = level.nodes[call.node]
    gates = level.controlled_by.get(call.node, [])
    inside = tuple(gate for gate in gates if gate in region.names)
    opened = either(
        gate_opens(level, knowledge, gate, call.node) for gate in gates if gate not in region.names
    )
    read = [argument.slot for argument in call.arguments if argument.slot is not None]
    needed = [one.slot for one in call.arguments if not (one.fallback or one.is_answer)]
    waited = [Slot(name) for name in node.wait_for]
    constant = [
        presence_of(knowledge, slot) for slot in (*needed, *waited) if slot not in region.carried
    ]
    return Member(
        call=call,
        sees=tuple(
            slot
            for slot in dict.fromkeys(read)
            if slot in region.carried and (gates or slot.name not in node.outputs)
        ),
        needs=tuple(slot for slot in dict.fromkeys(needed) if slot and slot in region.carried),
        waits=tuple(slot for slot in dict.fromkeys(waited) if slot in region.carried),
        gates=inside,
        gated=bool(gates),
        outside=every(constant),
        opened=opened,
    )


def _possible(region: _Region, members: Sequence[Member]) -> set[str]:
    """The members that could run at all: a closure over what can get a value (section 27.1)."""
    there = {slot for slot in region.carried if region.knowledge.presence(slot) != "never"}
    possible: set[str] = set()
    grown = True
    while grown:
        grown = False
        for member in members:
            shut = member.gated and not member.gates and member.opened == NEVER
            free = member.outside != NEVER and not shut
            ready = free and there.issuperset((*member.needs, *member.waits))
            if ready and member.call.node not in possible:
                possible.add(member.call.node)
                there.update(_written([member.call]))
                grown = True
    return possible


def _certain(region: _Region, members: Sequence[Member], possible: set[str]) -> set[str]:
    """The members that run at least once in every run that ends."""
    there = {slot for slot in region.carried if region.knowledge.presence(slot) == "always"}
    certain: set[str] = set()
    grown = True
    while grown:
        grown = False
        for member in members:
            free = member.outside == ALWAYS and (not member.gated or member.opened == ALWAYS)
            ready = free and member.call.node in possible
            ready = ready and there.issuperset((*member.needs, *member.waits))
            if ready and member.call.node not in certain:
                certain.add(member.call.node)
                there.update(
                    slot for one in member.call.outputs if not one.maybe for slot in one.slots
                )
                there.update(member.call.signals)
                grown = True
    return certain


def _record(region: _Region, members: Sequence[Member], possible: set[str]) -> None:
    """What is known after the loop."""
    knowledge = region.knowledge
    certain = _certain(region, members, possible)
    for member in members:
        call = member.call
        if call.gate is not None:
            knowledge.gates[call.node] = call.gate
            knowledge.looped.add(call.node)
        if call.node in possible:
            reason = CERTAIN if call.node in certain else frozenset[Condition]([ran(call)])
            knowledge.steps[call.node] = reason
            record_writes(knowledge, call, reason)
        else:
            knowledge.steps[call.node] = None


def _record_impossible(level: Level, knowledge: Knowledge, gates: Sequence[Member]) -> None:
    """Gates of a loop that nothing can enter: open or not, once and for all (K3)."""
    for member in gates:
        call = member.call
        knowledge.steps[call.node] = None
        if call.gate is not None:
            knowledge.gates[call.node] = call.gate
            open_anyway = not member.gated or member.gates or member.opened != NEVER
            silent = call.gate.default_open and open_anyway
            knowledge.silent[call.node] = ALWAYS if silent else NEVER


def _exits(region: _Region, members: Sequence[Member]) -> tuple[tuple[str, str], ...]:
    """Gates of the loop and the active nodes outside of it that they may choose (D10)."""
    return tuple(
        (member.call.node, target)
        for member in members
        if member.call.gate is not None
        for target in member.call.gate.targets
        if target in region.level.graph.active and target not in region.names
    )


def _settle(
    region: _Region, member: Member, carried: tuple[Carried, ...], possible: set[str]
) -> Member:
    """The member with what is always there no longer asked for."""
    start = {one.slot: one.start for one in carried}
    arguments = tuple(
        (
            settled_argument(
                one, start.get(one.slot) or region.knowledge.presence(one.slot), one.slot in start
            )
            if one.slot is not None
            else one
        )
        for one in member.call.arguments
    )
    return replace(
        member,
        call=replace(member.call, arguments=arguments),
        sees=tuple(slot for slot in member.sees if slot in start),
        needs=tuple(slot for slot in member.needs if start.get(slot) != "always"),
        possible=member.call.node in possible,
    )
