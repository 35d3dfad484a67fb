"""The verifier: every plan is checked before anything is written from it.

It goes through the finished plan once, knowing nothing of the graph, and holds it to these rules:

1. a value is read only where it has been defined on every path, or where a fallback stands in;
2. calls within a superstep are independent: none reads what another writes;
3. a call of a nested graph passes what its function takes, and stores what it gives;
4. a loop has members that can run, looks only at what it carries, and is left by its gates;
5. an interrupt asks for something, and its answers are parameters or the plan has none;
6. the result names nothing that cannot have a value, but where a list is owed all the same;
7. what goes on beside something neither reads nor writes what that writes.

A failure is a bug of ours, never the user's, and says so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from hypergraph.compiler.plan import (
    ALWAYS,
    Argument,
    Beside,
    Call,
    Chosen,
    Condition,
    Loop,
    Opens,
    Plan,
    Present,
    Slot,
    Step,
    Superstep,
)
from hypergraph.compiler.plan_slots import nodes_of, parts_of, slots_read, slots_written
from hypergraph.compiler.schedule.presence import CERTAIN, Knowledge, ran


class PlanError(AssertionError):
    """A plan breaks a rule of the verifier."""


def verify(plan: Plan, stage: str = "schedule") -> Plan:
    """The plan itself, if it is sound; ``stage`` names the pass that made it.

    Raises ``PlanError`` naming the node and the pass.
    """
    functions = {one.key: one for one in plan.functions}
    calls = [call for one in (*plan.functions, plan) for call in one.calls()]
    mapped = {call.function for call in calls if call.mapping is not None}
    for one in (*plan.functions, plan):
        if one.refusal is None:
            _Check(one, functions, stage).run(owed=one.key in mapped)
    return plan


class _Check:
    """One walk over one function."""

    def __init__(self, plan: Plan, functions: dict[str, Plan], stage: str) -> None:
        self.plan = plan
        self.functions = functions
        self.stage = stage
        self.known = Knowledge()
        self.gates: set[str] = set()

    def run(self, owed: bool) -> None:
        """Go through the function; ``owed``: its caller wants every output it lists (X97)."""
        for one in self.plan.inputs:
            given = "always" if one.default is not None else one.presence
            for slot in one.slots:
                self.known.add_input(slot, given)
        for number, superstep in enumerate(self.plan.supersteps, start=1):
            if superstep.number != number:
                self.fail("the schedule", f"superstep {superstep.number} stands at place {number}")
            self.superstep(superstep)
        for beside in self.plan.beside:
            self.beside(beside)
        for output in self.plan.outputs:
            if self.known.presence(output.slots[0]) == "never" and not owed:
                self.fail("the result", f"'{output.name}' can never have a value")

    def fail(self, where: str, what: str) -> None:
        raise PlanError(
            f"The plan of '{self.plan.name}' is wrong at {where}: {what}. "
            f"This is a bug in hypergraph (pass: {self.stage}); please report it with the graph."
        )

    # -- Supersteps -----------------------------------------------------------------------------

    def superstep(self, superstep: Superstep) -> None:
        self.independent(superstep)
        for item in superstep.items:
            if isinstance(item, Loop):
                self.loop(item)
            else:
                self.step(item)
        for item in superstep.items:
            self.record(item)

    def independent(self, superstep: Superstep) -> None:
        """No item reads what another writes.

        Two may write one slot: entry points can leave out the gate that kept them apart, and then
        the one defined later wins (X53).
        """
        written: dict[Slot, str] = {}
        for item in superstep.items:
            written.update(dict.fromkeys(_written(item), _name(item)))
        for item in superstep.items:
            for slot in _read(item):
                writer = written.get(slot)
                if writer is not None and writer != _name(item):
                    told = f"{slot} is written in its superstep by {writer}"
                    self.fail(f"node {_name(item)}", told)

    # -- Steps ----------------------------------------------------------------------------------

    def step(self, step: Step) -> None:
        self.condition(step.call, step.guard)
        self.condition(step.call, step.otherwise)
        holds = self.known.reason_for([step.guard])
        for argument in step.call.arguments:
            self.argument(step.call, argument, holds)
        self.call(step.call)

    def argument(self, call: Call, argument: Argument, holds: frozenset[Condition]) -> None:
        """The value is there whenever the guard holds."""
        slot = argument.slot
        if slot is None:
            if argument.fallback is None:
                self.fail(f"node {call.node}", f"input '{argument.input}' has no source")
        elif not (argument.fallback or argument.is_answer or self.present(slot, holds)):
            self.fail(f"node {call.node}", f"input '{argument.input}' may have no value")

    def present(self, slot: Slot, holds: frozenset[Condition]) -> bool:
        reason = self.known.reason(slot)
        return reason is not None and (reason <= holds or Present(slot) in holds)

    def condition(self, call: Call, condition: Condition) -> None:
        """A condition speaks only of what was decided before."""
        for part in parts_of(condition):
            if isinstance(part, Present) and self.known.presence(part.slot) == "never":
                self.fail(f"node {call.node}", f"its guard tests {part.slot}, which is never there")
            if isinstance(part, (Opens, Chosen)) and part.gate not in self.gates:
                self.fail(f"node {call.node}", f"its guard asks gate {part.gate} before it decides")

    def call(self, call: Call) -> None:
        if call.kind == "interrupt":
            parameters = {slot for one in self.plan.inputs for slot in one.slots}
            if not call.outputs or not parameters.issuperset(call.answers):
                self.fail(f"node {call.node}", "its pause has no way back")
        if call.function is None:
            return
        inner = self.functions.get(call.function)
        if inner is None:
            self.fail(f"node {call.node}", f"there is no function '{call.function}'")
            return
        passed = {argument.parameter for argument in call.arguments}
        needed = {one.name for one in inner.inputs if one.presence == "always" and not one.default}
        if not needed <= passed or not passed <= {one.name for one in inner.inputs}:
            self.fail(f"node {call.node}", "its arguments are not what its function takes")
        if len(call.outputs) != len(inner.outputs):
            self.fail(f"node {call.node}", "its outputs are not what its function gives")

    # -- Loops ----------------------------------------------------------------------------------

    def loop(self, loop: Loop) -> None:
        carried = {one.slot for one in loop.carried}
        inside = {member.call.node for member in loop.members}
        if not any(member.possible for member in loop.members):
            self.fail(f"loop {loop.name}", "no member can run")
        for member in loop.members:
            name = f"node {member.call.node}"
            if not carried.issuperset((*member.sees, *member.waits)):
                self.fail(name, "it looks at something that its loop does not carry")
            if not inside.issuperset(member.gates):
                self.fail(name, "a gate of its loop is not in the loop")
            self.condition(member.call, member.outside)
            self.condition(member.call, member.opened)
            if not member.possible:  # it is kept for what it holds open or closed, never called
                continue
            self.call(member.call)
            holds = self.known.reason_for([member.outside])
            for argument in member.call.arguments:
                if argument.slot not in carried:
                    self.argument(member.call, argument, holds)
                elif argument.fallback is None and argument.slot not in member.needs:
                    start = next(one.start for one in loop.carried if one.slot == argument.slot)
                    if start != "always":
                        self.fail(name, f"input '{argument.input}' may have no value")
        if not {gate for gate, _ in loop.exits} <= inside:
            self.fail(f"loop {loop.name}", "it is left through a gate that is not in it")

    # -- What goes on beside a loop -------------------------------------------------------------

    def beside(self, beside: Beside) -> None:
        """Of two items, one waits for the other or has nothing to do with it."""
        lanes = {node: set(lane.loops) for lane in beside.lanes for node in lane.nodes}
        stretch = self.plan.supersteps[beside.first - 1 : beside.last]
        found = [(one.number, item) for one in stretch for item in one.items]
        if sorted(lanes) != sorted(node for _, item in found for node in nodes_of(item)):
            self.fail("the lanes", "they do not hold what their supersteps do")
        touched: dict[Slot, list[tuple[int, set[str], Step | Loop]]] = defaultdict(list)
        for number, item in found:
            lane, written = lanes[nodes_of(item)[0]], slots_written(item)
            for slot in written | slots_read(item):
                for earlier, other, one in touched[slot]:
                    in_order = earlier < number and other <= lane
                    in_one_superstep = earlier == number and other == lane  # rule 2
                    meet = slot in written or slot in slots_written(one)
                    if meet and not (in_order or in_one_superstep):
                        self.fail(f"node {_name(item)}", f"it goes on beside {_name(one)}")
                touched[slot].append((number, lane, item))

    # -- What is known afterwards ---------------------------------------------------------------

    def record(self, item: Step | Loop) -> None:
        if isinstance(item, Step):
            self.record_call(item.call, self.known.reason_for([item.guard]))
            return
        there = _surely_there(item)
        for member in item.members:
            self.gates.add(member.call.node)
            if member.possible:
                self.record_member(member.call, there)

    def record_member(self, call: Call, there: set[Slot]) -> None:
        opaque = frozenset[Condition]([ran(call)])
        for output in call.outputs:
            for slot in output.slots:
                self.known.add_writer(slot, CERTAIN if slot in there else opaque, output.maybe)
        for signal in call.signals:
            self.known.add_writer(signal, CERTAIN if signal in there else opaque)

    def record_call(self, call: Call, reason: frozenset[Condition]) -> None:
        self.known.steps[call.node] = reason
        if call.gate is not None:
            self.gates.add(call.node)
            self.known.gates[call.node] = call.gate
        for output in call.outputs:
            for slot in output.slots:
                self.known.add_writer(slot, reason, output.maybe)
        for signal in call.signals:
            self.known.add_writer(signal, reason)


def _surely_there(loop: Loop) -> set[Slot]:
    """What a loop leaves behind in every run: its seeds, and what members that must run produce."""
    there = {one.slot for one in loop.carried if one.start == "always"}
    waiting = [
        member
        for member in loop.members
        if member.outside == ALWAYS and (not member.gated or member.opened == ALWAYS)
    ]
    while ready := [one for one in waiting if there.issuperset((*one.needs, *one.waits))]:
        for member in ready:
            waiting.remove(member)
            outputs = [one for one in member.call.outputs if not one.maybe]
            there.update(slot for output in outputs for slot in output.slots)
            there.update(member.call.signals)
    return there


def _name(item: Step | Loop) -> str:
    return item.name if isinstance(item, Loop) else item.call.node


def _calls(item: Step | Loop) -> list[Call]:
    return [one.call for one in item.members] if isinstance(item, Loop) else [item.call]


def _written(item: Step | Loop) -> Iterable[Slot]:
    return [slot for call in _calls(item) for slot in _written_by(call)]


def _written_by(call: Call) -> list[Slot]:
    return [*(slot for output in call.outputs for slot in output.slots), *call.signals]


def _read(item: Step | Loop) -> Iterable[Slot]:
    for call in _calls(item):
        yield from (one.slot for one in call.arguments if one.slot is not None)
