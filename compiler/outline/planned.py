"""The outline of a plan: what the text that is written from it has to say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from hypergraph.compiler.emit.naming import Names
from hypergraph.compiler.literals import literal_text
from hypergraph.compiler.outline import model
from hypergraph.compiler.outline.model import Function, Outline
from hypergraph.compiler.outline.planned_calls import planned_call
from hypergraph.compiler.outline.planned_loops import planned_loop
from hypergraph.compiler.outline.tidy import tidied
from hypergraph.compiler.outline.words import Words, plain, words_of
from hypergraph.compiler.plan import (
    ALWAYS,
    Beside,
    Input,
    Lane,
    Loop,
    Opens,
    Plan,
    Step,
    Superstep,
)
from hypergraph.compiler.plan_slots import nodes_of


def outline_of(plan: Plan, names: Mapping[str, Names]) -> Outline:
    """The outline of a plan, in the names that its text is to have.

    ``names`` has those of each function, by key.
    """
    functions = {one.key: one for one in plan.functions}
    made = [_function(words_of(one, functions, names)) for one in (*plan.functions, plan)]
    return Outline(tuple(made), (made[-1].name,))


def joined(outlines: Iterable[Outline]) -> Outline:
    """The outlines of several plans in one file, which may share functions."""
    functions: dict[str, Function] = {}
    entries: list[str] = []
    for one in outlines:
        functions.update((each.name, each) for each in one.functions if each.name not in functions)
        entries += one.entries
    return Outline(tuple(functions.values()), tuple(entries))


def _function(words: Words) -> Function:
    plan = words.plan
    name, is_async = words.names.function(plan.key).text, plan.mode == "async"
    if plan.refusal is not None:
        listed = ", ".join(str(literal_text(one)) for one in plan.refusal.arguments)
        return Function(
            name,
            is_async,
            tuple(_unfilled(_input(words, one)) for one in plan.inputs),
            supersteps=(),
            returns=(),
            warnings=tuple(plan.warnings),
            refusal=plain(f"{plan.refusal.error}({listed})"),
            watched=plan.watched,
        )
    return tidied(
        Function(
            name,
            is_async,
            tuple(_input(words, one) for one in plan.inputs),
            tuple(_supersteps(words)),
            tuple(words.slot(output.slots[0]) for output in plan.outputs),
            tuple(plan.warnings),
            watched=plan.watched,
            lanes=tuple(_lanes(words)),
        ),
        {words.names.function(key).text for key, one in words.functions.items() if one.refusal},
    )


def _input(words: Words, one: Input) -> model.Input:
    values = tuple(map(words.slot, one.slots))
    if one.default is None:
        return model.Input(values, "ABSENT" if one.presence == "maybe" else "")
    filled = one.by_sentinel or not one.default.shared
    return model.Input(values, words.instead(one.default), filled)


def _unfilled(one: model.Input) -> model.Input:
    """A function that refuses every call fills in nothing."""
    return model.Input(one.values[:1], "ABSENT" if one.filled else one.default)


# -- Lanes ------------------------------------------------------------------------------------


def _lanes(words: Words) -> Iterator[model.Lane]:
    for beside in words.plan.beside:
        others = beside.lanes[1:]
        for lane in others:
            waits = [_lane(words, one) for one in others if set(one.loops) < set(lane.loops)]
            yield model.Lane(_lane(words, lane), beside.first, tuple(waits))


def _lane(words: Words, lane: Lane) -> str:
    """The function of a lane; the first one has none of its own."""
    return words.names.about("lane", *lane.loops).text if lane.loops else ""


def _supersteps(words: Words) -> Iterator[model.Superstep]:
    """All supersteps in their order; in a stretch with lanes those of one lane after another."""
    starts = {beside.first: beside for beside in words.plan.beside}
    last = 0
    for superstep in words.plan.supersteps:
        beside = starts.get(superstep.number)
        if beside is not None:
            last = beside.last
            for lane in beside.lanes:
                yield from _of_lane(words, beside, lane)
        elif superstep.number > last:
            yield _superstep(words, superstep)


def _of_lane(words: Words, beside: Beside, lane: Lane) -> Iterator[model.Superstep]:
    for superstep in words.plan.supersteps[beside.first - 1 : beside.last]:
        items = tuple(item for item in superstep.items if nodes_of(item)[0] in lane.nodes)
        if items:
            part = _superstep(words, replace(superstep, items=items))
            yield replace(part, lane=_lane(words, lane))


# -- Supersteps ---------------------------------------------------------------------------------


def _superstep(words: Words, superstep: Superstep) -> model.Superstep:
    steps = [item for item in superstep.items if isinstance(item, Step)]
    together = words.plan.mode == "async" and may_overlap(words, steps)
    made: dict[int, model.Step | model.Loop] = {}
    signals: list[str] = []
    for index, item in enumerate(superstep.items):
        if isinstance(item, Loop):
            made[index] = planned_loop(words, item)
            continue
        call = planned_call(words, item.call, together)
        if together and item.guard == ALWAYS:
            signals += map(words.slot, item.call.signals)
            call = planned_call(words, item.call, together, signals=False)
        made[index] = _step(words, item, call)
    order = list(made)
    if together:  # the calls that overlap come first, then the loops
        order.sort(key=lambda index: isinstance(superstep.items[index], Loop))
    items = tuple(made[index] for index in order)
    return model.Superstep(superstep.number, items, together, tuple(signals))


def _step(words: Words, step: Step, call: model.Call) -> model.Step:
    guard = words.condition(step.guard)
    if call.gate is None or step.guard == ALWAYS:
        return model.Step(call, guard)
    return model.Step(call, guard, words.condition(step.otherwise))


def may_overlap(words: Words, steps: Sequence[Step]) -> bool:
    """Whether two of the steps may run in one superstep of one run.

    They cannot if each is another decision of one gate that surely decides.
    """
    if len(steps) < 2:
        return False
    guards = [step.guard for step in steps]
    chosen = [one for one in guards if isinstance(one, Opens) and not one.undecided]
    gates = {one.gate for one in chosen}
    if len(chosen) < len(guards) or len(gates) > 1:
        return True
    (gate,) = gates
    certain = any(
        step.call.node == gate and step.guard == ALWAYS
        for superstep in words.plan.supersteps
        for step in superstep.items
        if isinstance(step, Step)
    )
    distinct = len({one.target for one in chosen}) == len(guards)
    return words.gates[gate].multi or not certain or not distinct
