"""The steps of a superstep as statements: grouped by guard, branches of one gate as one ``if``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from hypergraph.compiler.emit.expressions import decision_for
from hypergraph.compiler.emit.fragments import Code, code
from hypergraph.compiler.emit.results import write_call
from hypergraph.compiler.emit.scope import Scope, is_certain
from hypergraph.compiler.plan import ALWAYS, NEVER, Condition, Opens, Slot, Step


@dataclass(frozen=True)
class Branch:
    """Consecutive steps that share a guard."""

    guard: Condition
    steps: tuple[Step, ...]


def write_steps(scope: Scope, steps: Sequence[Step]) -> None:
    """Write the steps of a superstep in definition order."""
    for chain in chains_of(scope, branches_of(steps)):
        if chain[0].guard == ALWAYS:
            for step in chain[0].steps:
                write_call(scope, step.call)
                if step.call.gate is not None:
                    scope.certain_gates.add(step.call.node)
        else:
            _write_chain(scope, chain)


def overlap(scope: Scope, steps: Sequence[Step]) -> bool:
    """Whether two of the steps may run in the same superstep of one run."""
    chains = list(chains_of(scope, branches_of(steps)))
    return len(chains) > 1 or any(len(branch.steps) > 1 for chain in chains for branch in chain)


def branches_of(steps: Sequence[Step]) -> list[Branch]:
    """The steps, grouped where neighbours have the same guard."""
    return [Branch(guard, tuple(group)) for guard, group in groupby(steps, lambda one: one.guard)]


def chains_of(scope: Scope, branches: Sequence[Branch]) -> Iterator[list[Branch]]:
    """Neighbouring branches that exclude each other because one gate chooses between them."""
    chain: list[Branch] = []
    for branch in branches:
        if chain and not _continues(scope, chain, branch):
            yield chain
            chain = []
        chain.append(branch)
    if chain:
        yield chain


def _continues(scope: Scope, chain: list[Branch], branch: Branch) -> bool:
    gate = exclusive_gate(scope, chain[0].guard)
    return gate is not None and gate == exclusive_gate(scope, branch.guard)


def exclusive_gate(scope: Scope, guard: Condition) -> str | None:
    """The gate that alone decides, if the guard is nothing but its choice of one target."""
    if isinstance(guard, Opens) and not guard.undecided and guard.gate in scope.certain_gates:
        return None if scope.gates[guard.gate].multi else guard.gate
    return None


def _write_chain(scope: Scope, chain: Sequence[Branch]) -> None:
    covering = covers_every_decision(scope, chain)
    prepare(scope, chain, covering)
    before = set(scope.defined)
    after: list[set[Slot]] = []
    for index, branch in enumerate(chain):
        last = covering and index == len(chain) - 1
        scope.defined = set(before)
        with scope.writer.block("{}", _header(scope, branch, index, last)):
            for step in branch.steps:
                write_call(scope, step.call)
        after.append(scope.defined)
    scope.defined = set.intersection(*after) if covering else before


def covers_every_decision(scope: Scope, chain: Sequence[Branch]) -> bool:
    """Whether one of the branches is taken whatever the gate says."""
    gate = exclusive_gate(scope, chain[0].guard)
    if gate is None:
        return False
    targets = {one.guard.target for one in chain if isinstance(one.guard, Opens)}
    return targets == set(scope.gates[gate].outcomes())


def _header(scope: Scope, branch: Branch, index: int, last: bool) -> Code:
    gate = exclusive_gate(scope, branch.guard)
    if last and index > 0 and gate is not None and isinstance(branch.guard, Opens):
        return Code("else:")
    keyword = "elif" if index else "if"
    guard = branch.guard
    if gate is not None and isinstance(guard, Opens) and scope.gates[gate].when_true:
        said = scope.names.about("said", gate)
        yes = decision_for(scope.gates[gate], guard.target).text == "True"
        return code(keyword + (" {}:" if yes else " not {}:"), said)
    return code(keyword + " {}:", scope.condition(guard))


def prepare(scope: Scope, chain: Sequence[Branch], covering: bool) -> None:
    """Before a branch: no value for what only some branches give, no decision for its gates."""
    written = [[slot for step in branch.steps for slot in written_slots(step)] for branch in chain]
    everywhere = set.intersection(*map(set, written)) if covering else set()
    scope.define_absent(slot for slots in written for slot in slots if slot not in everywhere)
    for branch in chain:
        for step in branch.steps:
            if step.call.gate is not None:
                _write_silence(scope, step)


def written_slots(step: Step) -> list[Slot]:
    """Every slot the step may assign."""
    slots = [slot for output in step.call.outputs for slot in output.slots]
    return slots + list(step.call.signals)


def _write_silence(scope: Scope, step: Step) -> None:
    """What a gate that may not run has said by then (K3)."""
    gate = step.call.gate
    assert gate is not None
    said = scope.names.about("said", step.call.node)
    closed = Code("()" if gate.multi else "None")
    if is_certain(step) or step.otherwise == NEVER:
        scope.writer.line("{} = {}", said, closed)
    elif step.otherwise == ALWAYS:
        scope.writer.line("{} = OPEN", said)
    else:
        scope.writer.line("{} = OPEN if {} else {}", said, scope.condition(step.otherwise), closed)
