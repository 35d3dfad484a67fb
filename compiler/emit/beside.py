"""Loops and what goes on beside them under asyncio: each lane a function inside the function.

The lane that waits for no loop is written as the body of ``async with beside(...)``. Whatever a
lane assigns that others see too is a variable of the function around it, so that a run that fails
finds there what was produced.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from hypergraph.compiler.emit.fragments import Code, Fragment, Identifier, code, join
from hypergraph.compiler.emit.scope import Scope
from hypergraph.compiler.emit.supersteps import write_superstep
from hypergraph.compiler.plan import Beside, Chosen, Lane, Opens, Plan, Slot, Superstep
from hypergraph.compiler.plan_slots import (
    Item,
    calls_of,
    decisions_asked,
    nodes_of,
    slots_read,
    slots_written,
)


def write_supersteps(scope: Scope) -> None:
    """Write all supersteps of a function in their order, those of some lanes beside others."""
    starts = {beside.first: beside for beside in scope.plan.beside}
    last = 0
    for superstep in scope.plan.supersteps:
        if superstep.number in starts:
            last = starts[superstep.number].last
            _write_beside(scope, starts[superstep.number])
        elif superstep.number > last:
            write_superstep(scope, superstep)


@dataclass(frozen=True)
class _Part:
    """A lane in the making; ``slots`` and ``decisions`` are what it assigns and others see too."""

    lane: Lane
    scope: Scope
    supersteps: tuple[Superstep, ...]
    slots: tuple[Slot, ...] = ()
    decisions: tuple[Identifier, ...] = ()

    @property
    def function(self) -> Identifier:
        return self.scope.names.about("lane", *self.lane.loops)

    @property
    def shared(self) -> list[Identifier]:
        return [*map(self.scope.names.slot, self.slots), *self.decisions]


def _write_beside(scope: Scope, beside: Beside) -> None:
    main, *others = [_part(scope, beside, lane) for lane in beside.lanes]
    _write_shared(scope, others)
    for number in range(beside.first, beside.last + 1):
        for part in (main, *others):
            for superstep in part.supersteps:
                if superstep.number == number:
                    write_superstep(part.scope, superstep)
    for part in others:
        _write_lane(scope, part)
    _write_main(scope, main, others)
    scope.defined |= main.scope.defined


def _write_shared(scope: Scope, parts: Sequence[_Part]) -> None:
    """Give a value to what lanes assign: else it could not be a variable of the function."""
    given = {scope.names.slot(slot) for slot in scope.defined & scope.used}
    names = [name for part in parts for name in part.shared if name not in given]
    if names:
        scope.writer.line("{} = ABSENT", join(" = ", dict.fromkeys(names)))
    scope.defined.update(slot for part in parts for slot in part.slots)


def _write_lane(scope: Scope, part: _Part) -> None:
    lane: Fragment = scope.names.about("lane")
    result = Code("")
    if scope.any_name is not None:
        lane, result = code("{}: {}", lane, scope.any_name), Code(" -> None")
    with scope.writer.block("async def {}({}){}:", part.function, lane, result):
        if part.shared:
            scope.writer.line("nonlocal {}", join(", ", part.shared))
        scope.writer.include(part.scope.writer)


def _write_main(scope: Scope, main: _Part, others: Sequence[_Part]) -> None:
    """``async with beside(lane, (lane, others...)) as lane``: each with those it waits for."""
    listed: list[Fragment] = []
    for part in others:
        before = [one.function for one in others if set(one.lane.loops) < set(part.lane.loops)]
        listed.append(
            code("({})", join(", ", [part.function, *before])) if before else part.function
        )
    opened = code("async with beside({})", join(", ", listed))
    if any(one.number > main.scope.lane_begins for one in main.supersteps):
        opened = code("{} as {}", opened, scope.names.about("lane"))
    with scope.writer.block("{}:", opened):
        if main.supersteps:
            scope.writer.include(main.scope.writer)
        else:
            scope.writer.line("pass")


# -- Lanes ----------------------------------------------------------------------------------------


def _part(scope: Scope, beside: Beside, lane: Lane) -> _Part:
    supersteps = tuple(_of_lane(scope, beside, lane))
    own = [item for superstep in supersteps for item in superstep.items]
    others = [item for item in _items(scope.plan) if nodes_of(item)[0] not in lane.nodes]
    near = {node for one in beside.lanes for node in one.nodes}
    aside = [item for item in others if nodes_of(item)[0] in near]
    inside = replace(
        scope,
        writer=scope.writer.inner(),
        defined=scope.defined | (_written(aside) & scope.used),
        lane_begins=beside.first,
    )
    if not lane.loops:
        return _Part(lane, inside, supersteps)
    seen = {slot for output in scope.plan.outputs for slot in output.slots} | scope.defined
    seen |= _written(others).union(*map(slots_read, others))
    slots = sorted(_written(own) & scope.used & seen, key=_order)
    return _Part(lane, inside, supersteps, tuple(slots), tuple(_decisions(scope, own, others)))


def _items(plan: Plan) -> list[Item]:
    return [item for superstep in plan.supersteps for item in superstep.items]


def _written(items: Sequence[Item]) -> set[Slot]:
    return set().union(*map(slots_written, items))


def _order(slot: Slot) -> tuple[str, tuple[str, ...]]:
    return slot.name, slot.channel or ()


def _of_lane(scope: Scope, beside: Beside, lane: Lane) -> Iterator[Superstep]:
    """The supersteps with only what belongs to the lane."""
    for superstep in scope.plan.supersteps[beside.first - 1 : beside.last]:
        items = tuple(item for item in superstep.items if nodes_of(item)[0] in lane.nodes)
        if items:
            yield replace(superstep, items=items)


def _decisions(scope: Scope, own: Sequence[Item], others: Sequence[Item]) -> list[Identifier]:
    """The variables that tell others what the gates of a lane have said."""
    gates = {call.node for item in own for call in calls_of(item) if call.gate is not None}
    asked = {part for item in others for part in decisions_asked(item) if part.gate in gates}
    said = {one.gate for one in asked if isinstance(one, Opens)}
    chosen = {(one.gate, one.target) for one in asked if isinstance(one, Chosen)}
    names = [scope.names.about("said", gate) for gate in sorted(said)]
    return names + [scope.names.about("chosen", *one) for one in sorted(chosen)]
