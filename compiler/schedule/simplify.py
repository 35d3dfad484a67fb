"""Passes over a finished plan: each puts a loop into a simpler form and proves it the same.

Input and output are plans; a pass that does not apply returns the plan it was given. Every pass can
be left out, and the differential tests run with each of them on and off.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from hypergraph.compiler.plan import ALWAYS, Loop, Member, Plan, Slot, Superstep

Pass = Callable[[Loop], Loop]


def once(loop: Loop) -> Loop:
    """A node that feeds only itself, with no gate to send it round again, runs exactly once.

    Proof. The region has one member. Ungated, its own outputs are not relevant to it (X40), and
    nothing else is written in the loop, so ``sees`` is empty and it is never due after its first
    run. With nothing to wait for and nothing that may be missing, it is ready in round 1.
    """
    first, *rest = loop.members
    alone = not rest and first.possible and not first.gated
    free = first.outside == ALWAYS and not (first.sees or first.needs or first.waits)
    if not (alone and free and loop.form == "general"):
        return loop
    return replace(loop, form="once", members=(_without_empty_slots(loop, first),))


def _without_empty_slots(loop: Loop, member: Member) -> Member:
    """In its only run a member finds in the slots of its loop what was there at the start."""
    empty = {one.slot for one in loop.carried if one.start == "never"}
    arguments = tuple(
        replace(one, slot=None) if one.slot in empty else one for one in member.call.arguments
    )
    return replace(member, call=replace(member.call, arguments=arguments))


def ring(loop: Loop) -> Loop:
    """A gate and one body, each due only by what the other did: decide and act in turn.

    Proof. The gate reads one slot, ``s``, which has a value from the start, and the body is all
    that writes it; the body's only gate is this one, and ``s`` is all of the loop that it reads.
    Round 1: both are due, the gate goes first (X48). It cannot be due again before ``s`` changes,
    so the body runs next if it was chosen, and nothing runs otherwise. After the body, if ``s``
    changed, both are due again, the stale decision is dropped (X47) and the gate goes first: as in
    round 1. If ``s`` did not change, neither is due. So rounds alternate, and whatever the gate
    chose last that is not the body is all it ever chose outside of the loop.
    """
    gates = [one for one in loop.members if one.call.gate is not None]
    bodies = [one for one in loop.members if one.call.gate is None]
    if loop.form != "general" or len(gates) != 1 or len(bodies) != 1:
        return loop
    gate, body = gates[0], bodies[0]
    shared = gate.sees == body.sees and len(gate.sees) == 1
    if not shared or not _is_ring_value(loop, gate.sees[0], body):
        return loop
    free = not (gate.gated or gate.needs or gate.waits) and gate.outside == ALWAYS
    driven = body.gates == (gate.call.node,) and body.opened != ALWAYS and not body.opened.parts  # type: ignore[union-attr]
    plain = not (body.needs or body.waits) and body.outside == ALWAYS
    single = not (gate.call.gate is None or gate.call.gate.multi)
    runs = gate.possible and body.possible
    return replace(loop, form="ring") if free and driven and plain and single and runs else loop


def _is_ring_value(loop: Loop, slot: Slot, body: Member) -> bool:
    carried = {one.slot: one for one in loop.carried}
    writes = [output for output in body.call.outputs if slot in output.slots]
    return (
        carried[slot].start == "always"
        and len(writes) == 1
        and writes[0].slots[0] == slot
        and not writes[0].maybe
        and slot not in body.call.signals
    )


PASSES: tuple[Pass, ...] = (once, ring)


def simplified(plan: Plan, passes: Iterable[Pass] = PASSES) -> Plan:
    """The plan with every loop in the simplest form that the passes find."""
    chosen = tuple(passes)
    return replace(
        plan,
        supersteps=tuple(_superstep(superstep, chosen) for superstep in plan.supersteps),
        functions=tuple(simplified(one, chosen) for one in plan.functions),
    )


def _superstep(superstep: Superstep, passes: tuple[Pass, ...]) -> Superstep:
    if not any(isinstance(item, Loop) for item in superstep.items):
        return superstep
    items = tuple(
        _loop(item, passes) if isinstance(item, Loop) else item for item in superstep.items
    )
    return replace(superstep, items=items)


def _loop(loop: Loop, passes: tuple[Pass, ...]) -> Loop:
    for one in passes:
        loop = one(loop)
    return loop
