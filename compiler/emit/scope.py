"""What is known while one function is being written, from its first line to its return."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from math import inf

from hypergraph.compiler.emit.expressions import condition
from hypergraph.compiler.emit.fragments import Code, Identifier, join
from hypergraph.compiler.emit.naming import Names
from hypergraph.compiler.emit.writer import Writer
from hypergraph.compiler.plan import ALWAYS, Condition, Gate, Loop, Plan, Slot, Step
from hypergraph.compiler.plan_slots import slots_tested


@dataclass
class Scope:
    """One function in the making: ``defined`` are the slots assigned on every path so far.

    ``lane_begins``, in a lane, is the superstep with which it and the others beside it begin.
    ``any_name`` is what ``Any`` is called, in a function that has annotations.
    """

    plan: Plan
    functions: dict[str, Plan]
    names: Names
    inner: dict[str, Names]
    writer: Writer
    used: frozenset[Slot]
    gates: dict[str, Gate]
    certain_gates: set[str] = field(default_factory=set)
    defined: set[Slot] = field(default_factory=set)
    lane_begins: float = inf
    any_name: Identifier | None = None

    @property
    def is_async(self) -> bool:
        return self.plan.mode == "async"

    @property
    def in_lane(self) -> bool:
        """Whether something goes on beside what is being written."""
        return self.lane_begins < inf

    def condition(self, one: Condition) -> Code:
        """A condition as an expression."""
        return condition(self.names, self.gates, one)

    def define_absent(self, slots: Iterable[Slot]) -> None:
        """Start slots that only some paths assign: without a value."""
        missing = [slot for slot in dict.fromkeys(slots) if slot not in self.defined]
        missing = [slot for slot in missing if slot in self.used]
        if missing:
            targets = join(" = ", [self.names.slot(slot) for slot in missing])
            self.writer.line("{} = ABSENT", targets)
            self.defined.update(missing)


def scope_of(
    plan: Plan, functions: dict[str, Plan], names: dict[str, Names], writer: Writer
) -> Scope:
    """The scope in which the body of ``plan`` is written."""
    gates = {call.node: call.gate for call in plan.calls() if call.gate is not None}
    used = frozenset(_used(plan))
    return Scope(plan, functions, names[plan.key], names, writer, used, gates)


def _used(plan: Plan) -> set[Slot]:
    """The slots that anything reads: arguments, conditions, loops and the result."""
    used = {slot for output in plan.outputs for slot in output.slots}
    for call in plan.calls():
        used.update(one.slot for one in call.arguments if one.slot is not None)
        used.update(call.answers)
    for superstep in plan.supersteps:
        for item in superstep.items:
            if isinstance(item, Loop):
                signals = {one.slot for one in item.carried if one.signal}
                for member in item.members:
                    used.update((*member.sees, *member.needs))
                    used.update(slot for slot in member.waits if slot not in signals)
                    used.update(slots_tested(member.outside), slots_tested(member.opened))
            else:
                used.update(slots_tested(item.guard), slots_tested(item.otherwise))
    return used


def is_certain(step: Step) -> bool:
    """Whether the step runs in every run that gets there."""
    return step.guard == ALWAYS
