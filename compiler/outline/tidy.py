"""What of an outline makes no difference: values that nothing reads, or that are never there.

Outlines from plans and from texts go through the same door, and are compared only afterwards.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from dataclasses import replace

from hypergraph.compiler.outline.model import (
    ALWAYS,
    Call,
    Condition,
    Decides,
    Function,
    Input,
    Loop,
    Member,
    Output,
    Step,
    Superstep,
    values_in,
)


def tidied(function: Function, refusing: Set[str] = frozenset()) -> Function:
    """The function without what makes no difference.

    Functions that are ``refusing`` fail every call, and so never give what a text stores of them.
    """
    return _Tidying(function, refusing).function()


class _Tidying:
    """One walk over a function; ``written`` has the guards under which each value was stored."""

    def __init__(self, function: Function, refusing: Set[str]) -> None:
        self.whole = function
        self.refusing = refusing
        self.read = set(_read(function))
        self.counted = {
            one.value
            for loop in _loops(function)
            for member in loop.members
            for one in member.counts
            if one.value is not None
        }
        self.several = {
            call.gate.said
            for call in function.calls()
            if call.gate is not None and call.gate.several
        }
        self.written: dict[str, list[Condition]] = {}

    def function(self) -> Function:
        inputs = tuple(self.input(one) for one in self.whole.inputs)
        supersteps = tuple(self.superstep(one) for one in self.whole.supersteps)
        return replace(self.whole, inputs=inputs, supersteps=supersteps)

    def input(self, one: Input) -> Input:
        first, *others = one.values
        self.note(one.values, ALWAYS)
        return replace(one, values=(first, *sorted(self.read.intersection(others))))

    def superstep(self, superstep: Superstep) -> Superstep:
        items = tuple(
            self.loop(item) if isinstance(item, Loop) else self.step(item)
            for item in superstep.items
        )
        signals = tuple(sorted(self.read.intersection(superstep.signals)))
        return replace(superstep, items=items, signals=signals)

    def step(self, step: Step) -> Step:
        return replace(step, call=self.call(step.call, step.guard))

    def loop(self, loop: Loop) -> Loop:
        if loop.form != "once":
            for member in loop.members:
                self.note(self.values(member.call), ALWAYS)
        return replace(loop, members=tuple(map(self.member, loop.members)))

    def member(self, member: Member) -> Member:
        return replace(member, call=self.call(member.call, ALWAYS))

    def call(self, call: Call, guard: Condition) -> Call:
        outputs = tuple(self.output(one, guard) for one in self.outputs(call))
        if not any(one.values for one in outputs):
            outputs = ()
        self.note(self.values(call), guard)
        return replace(
            call, outputs=outputs, signals=tuple(sorted(self.read.intersection(call.signals)))
        )

    def outputs(self, call: Call) -> tuple[Output, ...]:
        return () if call.function in self.refusing else call.outputs

    def values(self, call: Call) -> Iterator[str]:
        for output in self.outputs(call):
            yield from output.values

    def output(self, output: Output, guard: Condition) -> Output:
        used = self.read | self.counted
        values = tuple(sorted(used.intersection(output.values)))
        keeps = {one for one in output.keeps if self.may_be_there(one, guard)}
        return Output(values, tuple(sorted(used & keeps)))

    def note(self, values: Iterable[str], guard: Condition) -> None:
        for value in values:
            self.written.setdefault(value, []).append(guard)

    def may_be_there(self, value: str, guard: Condition) -> bool:
        return any(not self.exclude(guard, other) for other in self.written.get(value, []))

    def exclude(self, one: Condition, other: Condition) -> bool:
        """Whether two guards are different decisions of one gate."""
        return (
            isinstance(one, Decides)
            and isinstance(other, Decides)
            and one.said == other.said
            and one.said not in self.several
            and one.decision != other.decision
            and not (one.undecided or other.undecided)
        )


def _loops(function: Function) -> Iterator[Loop]:
    for superstep in function.supersteps:
        yield from (item for item in superstep.items if isinstance(item, Loop))


def _read(function: Function) -> Iterator[str]:
    """Every variable whose value something uses; what is only waited for is not among them."""
    yield from function.returns
    for call in function.calls():
        yield from (one.value for one in call.arguments if one.value is not None)
        yield from call.answers
    for superstep in function.supersteps:
        for item in superstep.items:
            if isinstance(item, Step):
                yield from (*values_in(item.guard), *values_in(item.otherwise))
                continue
            for member in item.members:
                yield from (*member.needs, *member.stops, *values_in(member.opened))
            yield from (value for one in item.exits for value in values_in(one.silent))
