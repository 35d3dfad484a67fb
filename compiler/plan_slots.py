"""What the items of a plan look at and what they leave behind: nodes, slots and gates."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Union

from hypergraph.compiler.plan import (
    Call,
    Chosen,
    Condition,
    Either,
    Every,
    Loop,
    Opens,
    Present,
    Slot,
    Step,
)

Item = Union[Step, Loop]  # noqa: UP007 - evaluated by CPython 3.10 as well


def calls_of(item: Item) -> tuple[Call, ...]:
    """The call of a step, or those of a loop's members."""
    if isinstance(item, Step):
        return (item.call,)
    return tuple(member.call for member in item.members)


def nodes_of(item: Item) -> tuple[str, ...]:
    """The nodes of a step or of a loop."""
    return tuple(call.node for call in calls_of(item))


def slots_written(item: Item) -> set[Slot]:
    """Every slot that the item may assign, signals and used answers included."""
    found: set[Slot] = set()
    for call in calls_of(item):
        found.update(slot for output in call.outputs for slot in output.slots)
        found.update(call.signals)
        if isinstance(item, Loop):  # an answer is taken once (X108)
            found.update(call.answers)
            found.update(one.slot for one in call.arguments if one.is_answer and one.slot)
    return found


def slots_read(item: Item) -> set[Slot]:
    """Every slot whose value or presence the item looks at."""
    found: set[Slot] = set()
    for call in calls_of(item):
        found.update(one.slot for one in call.arguments if one.slot is not None)
        found.update(call.answers)
    if isinstance(item, Step):
        return found | slots_tested(item.guard) | slots_tested(item.otherwise)
    for member in item.members:
        found.update((*member.sees, *member.needs, *member.waits))
        found |= slots_tested(member.outside) | slots_tested(member.opened)
    return found


def slots_tested(one: Condition) -> set[Slot]:
    """The slots whose presence a condition tests."""
    return {part.slot for part in parts_of(one) if isinstance(part, Present)}


def decisions_asked(item: Item) -> set[Opens | Chosen]:
    """The parts of the guards of an item that ask what a gate has said."""
    guards = [item.guard, item.otherwise] if isinstance(item, Step) else []
    for member in () if isinstance(item, Step) else item.members:
        guards += [member.outside, member.opened]
    parts = (part for guard in guards for part in parts_of(guard))
    return {part for part in parts if isinstance(part, (Opens, Chosen))}


def parts_of(condition: Condition) -> Iterator[Condition]:
    """The conditions that a condition is made of."""
    if isinstance(condition, (Every, Either)):
        for part in condition.parts:
            yield from parts_of(part)
    else:
        yield condition
