"""When a step runs: its gates, its signals and its inputs as one guard (design, rules 4 and 6)."""

from __future__ import annotations

from dataclasses import replace

from hypergraph.compiler.plan import (
    ALWAYS,
    NEVER,
    Argument,
    Call,
    Chosen,
    Condition,
    Opens,
    Presence,
    Present,
    Slot,
    Step,
)
from hypergraph.compiler.schedule.calls import Level
from hypergraph.compiler.schedule.presence import Knowledge, either


def step_of(level: Level, knowledge: Knowledge, call: Call) -> Step | None:
    """The step of an acyclic node, or ``None`` when nothing could ever make it run."""
    opened = opening_of(level, knowledge, call.node)
    available = availability(level, knowledge, call)
    possible = NEVER not in (opened, *available)
    guard = knowledge.simplify([opened, *available]) if possible else NEVER
    silent = _silence(call, opened, available)
    reason = knowledge.reason_for([guard]) if possible else None
    if call.gate is not None:
        knowledge.gates[call.node] = call.gate
        knowledge.silent[call.node] = silent if guard != ALWAYS else NEVER
    knowledge.steps[call.node] = reason
    record_writes(knowledge, call, reason)
    if not possible:
        return None
    settled = _with_settled_arguments(knowledge, call)
    return Step(settled, guard, knowledge.silent.get(call.node, NEVER))


def _silence(call: Call, opened: Condition, available: list[Condition]) -> Condition:
    """Under which condition a gate that does not run leaves its targets open (K3, X44)."""
    if call.gate is None or not call.gate.default_open:
        return NEVER
    return opened if any(one != ALWAYS for one in available) else NEVER


def opening_of(level: Level, knowledge: Knowledge, node: str) -> Condition:
    """Under which condition the gates of a node let it run; all of them decide before (X44)."""
    gates = level.controlled_by.get(node)
    if not gates:
        return ALWAYS
    return either(gate_opens(level, knowledge, gate, node) for gate in gates)


def gate_opens(level: Level, knowledge: Knowledge, gate: str, node: str) -> Condition:
    """Under which condition one gate, planned before or inactive, lets the node run."""
    if gate not in level.graph.active:
        return ALWAYS if _inactive_opens(level, gate, frozenset()) else NEVER
    if gate in knowledge.looped:
        return Chosen(gate, node)
    if knowledge.steps[gate] is None:
        return knowledge.silent[gate]
    return Opens(gate, node, undecided=knowledge.silent[gate] != NEVER)


def _inactive_opens(level: Level, gate: str, above: frozenset[str]) -> bool:
    """A gate that no entry point reaches never decides; it may be closed itself, too."""
    node = level.nodes[gate]
    gates = [one for one in level.controlled_by.get(gate, []) if one not in above]
    closed = bool(gates) and not any(_inactive_opens(level, one, above | {gate}) for one in gates)
    return bool(getattr(node, "default_open", True)) and not closed


def availability(level: Level, knowledge: Knowledge, call: Call) -> list[Condition]:
    """What must be present before the call: inputs without a fallback, and names it waits for."""
    slots = [
        argument.slot
        for argument in call.arguments
        if argument.fallback is None and not argument.is_answer
    ]
    waits = [Slot(name) for name in level.nodes[call.node].wait_for]
    return [presence_of(knowledge, slot) for slot in (*slots, *waits)]


def presence_of(knowledge: Knowledge, slot: Slot | None) -> Condition:
    """The test that a slot holds a value; trivial when that is known."""
    presence = "never" if slot is None else knowledge.presence(slot)
    if slot is None or presence == "never":
        return NEVER
    return ALWAYS if presence == "always" else Present(slot)


def settled_argument(argument: Argument, presence: Presence, written_later: bool) -> Argument:
    """The argument, its fallback only if the value may be missing, its slot if it may be there."""
    if argument.fallback is None or presence == "maybe":
        return argument
    if presence == "always":
        return replace(argument, fallback=None)
    return argument if written_later else replace(argument, slot=None)


def _with_settled_arguments(knowledge: Knowledge, call: Call) -> Call:
    settled = (
        one if one.slot is None else settled_argument(one, knowledge.presence(one.slot), False)
        for one in call.arguments
    )
    return replace(call, arguments=tuple(settled))


def record_writes(knowledge: Knowledge, call: Call, reason: frozenset[Condition] | None) -> None:
    """Note that the call writes its outputs and signals whenever ``reason`` holds."""
    for output in call.outputs:
        for slot in output.slots:
            knowledge.add_writer(slot, reason, output.maybe)
    for signal in call.signals:
        knowledge.add_writer(signal, reason)
