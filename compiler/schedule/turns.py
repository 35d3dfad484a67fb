"""Loops whose members take turns: exactly one is ready in every round, always in the same order.

Whether that is so is found by simulation. What is ready in a round depends on very little: which
members are due, which signals are fresh, what is present and what the gates said. All of it is
finite, so the loop can be played through on that little alone, once with every write a change and
every gate choosing to go on, and at each turn also with every other outcome.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import product

from hypergraph.compiler.plan import ALWAYS, NEVER, Call, Loop, Member, Slot

_OPEN = "<open>"
Decision = str | None


@dataclass(frozen=True)
class State:
    """All that readiness depends on between two rounds."""

    due: frozenset[str]
    ran: frozenset[str]
    fresh: frozenset[tuple[str, Slot]]
    present: frozenset[Slot]
    said: tuple[tuple[str, Decision], ...]


def order_of_turns(loop: Loop) -> tuple[str, ...] | None:
    """The order in which the members take turns, or ``None`` if they do not.

    The loop takes turns if, played through from its start, one member is ready in each round until
    a state comes back, the members come in the same order each time round, and every outcome of a
    turn other than a change, or a decision to go on, leaves nobody ready.
    """
    if not _is_simple(loop):
        return None
    members = {member.call.node: member for member in loop.members}
    state = _start(loop)
    seen: set[State] = set()
    order: list[str] = []
    while state not in seen:
        seen.add(state)
        state = _without_stale(members, state)
        ready = _ready(members, state)
        if len(ready) != 1:
            return None
        (name,) = ready
        if any(_ready(members, other) for other in _deviations(members, state, members[name])):
            return None
        order.append(name)
        state = _after(members, state, members[name], set(), _goes_on(members, members[name].call))
    turns = tuple(order[: len(members)])
    in_turn = len(set(turns)) == len(members) and all(
        name == turns[place % len(turns)] for place, name in enumerate(order)
    )
    return turns if in_turn and _exits_are_decided(loop, members, turns) else None


def _is_simple(loop: Loop) -> bool:
    """Whether nothing but the loop itself decides who is ready."""
    names = {member.call.node for member in loop.members}
    return all(one.start != "maybe" for one in loop.carried) and all(
        member.possible
        and member.outside == ALWAYS
        and member.opened in (ALWAYS, NEVER)
        and member.call.kind != "interrupt"
        and not any(output.maybe or len(output.slots) > 1 for output in member.call.outputs)
        and not any(argument.is_answer for argument in member.call.arguments)
        and _one_way_on(member.call, names)
        for member in loop.members
    )


def _one_way_on(call: Call, names: set[str]) -> bool:
    gate = call.gate
    return gate is None or (not gate.multi and len(names.intersection(gate.targets)) == 1)


def _exits_are_decided(loop: Loop, members: dict[str, Member], turns: tuple[str, ...]) -> bool:
    """Whether gates that lead outside have decided before the loop can be left (D10)."""
    before: set[str] = set()
    certain = True
    for name in turns:
        if certain:
            before.add(name)
        starts = {one.slot for one in loop.carried if one.start == "always"}
        written = {slot for output in members[name].call.outputs for slot in output.slots}
        certain = certain and members[name].call.gate is None and not starts & written
    return all(gate in before for gate, _ in loop.exits)


def _start(loop: Loop) -> State:
    present = {one.slot for one in loop.carried if one.start == "always"}
    return State(
        due=frozenset(member.call.node for member in loop.members),
        ran=frozenset(),
        fresh=frozenset(
            (member.call.node, slot)
            for member in loop.members
            for slot in member.waits
            if slot in present
        ),
        present=frozenset(present),
        said=tuple(
            (member.call.node, _OPEN if member.call.gate.default_open else None)
            for member in loop.members
            if member.call.gate is not None
        ),
    )


def _without_stale(members: dict[str, Member], state: State) -> State:
    """Decisions of gates that are due again are dropped (X47)."""
    said = tuple(
        (gate, None if gate in state.ran & state.due and decision != "END" else decision)
        for gate, decision in state.said
    )
    return replace(state, said=said)


def _ready(members: dict[str, Member], state: State) -> list[str]:
    """Who runs in the next round (section 8, READY)."""
    said = dict(_without_stale(members, state).said)
    listed = [
        name
        for name, member in members.items()
        if name in state.due
        and state.present.issuperset(member.needs)
        and all((name, slot) in state.fresh for slot in member.waits)
        and _is_open(members, state, said, name, frozenset())
    ]
    unblocked = [name for name in listed if not any(gate in listed for gate in members[name].gates)]
    return [
        name
        for name in unblocked
        if not any(
            other != name and _writes(members[other].call) & set(members[name].waits)
            for other in unblocked
        )
    ]


def _is_open(
    members: dict[str, Member],
    state: State,
    said: dict[str, Decision],
    name: str,
    above: frozenset[str],
) -> bool:
    member = members[name]
    if not member.gated or member.opened == ALWAYS:
        return True
    around = above | {name}
    return any(
        said[gate] == name
        or (
            said[gate] == _OPEN and (gate in around or _is_open(members, state, said, gate, around))
        )
        for gate in member.gates
    )


def _writes(call: Call) -> set[Slot]:
    return {slot for output in call.outputs for slot in output.slots} | set(call.signals)


def _goes_on(members: dict[str, Member], call: Call) -> Decision:
    if call.gate is None:
        return None
    return next(target for target in call.gate.targets if target in members)


def _after(
    members: dict[str, Member],
    state: State,
    member: Member,
    unchanged: set[Slot],
    decision: Decision,
) -> State:
    """The state after a member ran; what it writes is new but for ``unchanged``."""
    name, call = member.call.node, member.call
    outputs = {slot for output in call.outputs for slot in output.slots}
    changed = (outputs - unchanged) | set(call.signals)
    woken = {other for other, one in members.items() if changed.intersection(one.sees)}
    heard = {(other, slot) for other, one in members.items() for slot in changed & set(one.waits)}
    return State(
        due=(state.due - {name}) | woken,
        ran=state.ran | {name},
        fresh=frozenset(one for one in state.fresh if one[0] != name) | heard,
        present=state.present | outputs,
        said=tuple((gate, decision if gate == name else old) for gate, old in state.said),
    )


def _deviations(members: dict[str, Member], state: State, member: Member) -> Iterator[State]:
    """The states after every other outcome of a turn: values kept, or other decisions."""
    call = member.call
    if call.gate is not None:
        for decision in call.gate.outcomes():
            if decision != _goes_on(members, call):
                yield _after(members, state, member, set(), decision)
        return
    watched = {slot for one in members.values() for slot in (*one.sees, *one.waits)}
    kept = [slot for slot in state.present if slot in watched and slot in _writes(call)]
    for choice in product((False, True), repeat=len(kept)):
        unchanged = {slot for slot, same in zip(kept, choice, strict=True) if same}
        if unchanged:
            yield _after(members, state, member, unchanged, None)
