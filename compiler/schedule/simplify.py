"""Passes over a finished plan: each puts a loop into a simpler form and proves it the same.

Input and output are plans; a pass that does not apply returns the plan it was given. Every pass can
be left out, and the differential tests run with each of them on and off.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from hypergraph.compiler.plan import ALWAYS, Loop, Member, Plan, Superstep
from hypergraph.compiler.schedule.turns import order_of_turns

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


def turns(loop: Loop) -> Loop:
    """Members that take turns, one a round and always in the same order, need no readiness.

    Proof. ``order_of_turns`` plays the loop through on all that readiness depends on. As long as
    every write is a change and every gate chooses to go on, the member whose turn it is is the only
    one ready, in every state that can be reached. After any other outcome nobody is ready, so the
    loop is over. Each turn is one round.
    """
    order = order_of_turns(loop) if loop.form == "general" else None
    if order is None:
        return loop
    members = {member.call.node: member for member in loop.members}
    return replace(loop, form="turns", members=tuple(members[name] for name in order))


PASSES: tuple[Pass, ...] = (once, turns)


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
