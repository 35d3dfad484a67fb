"""The words of an outline for the parts of a plan: the names that the text has for them."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass

from hypergraph.compiler.emit.naming import Names
from hypergraph.compiler.outline import model
from hypergraph.compiler.outline.model import Condition, Decision, either, every
from hypergraph.compiler.plan import Chosen, Either, Every, Fallback, Gate, Opens, Plan, Slot
from hypergraph.compiler.plan import Condition as Planned


@dataclass(frozen=True)
class Words:
    """What one function of a program calls its variables, and what its gates may say."""

    plan: Plan
    names: Names
    inner: Mapping[str, Names]
    functions: Mapping[str, Plan]
    gates: Mapping[str, Gate]

    def slot(self, slot: Slot) -> str:
        """The variable of a value."""
        return self.names.slot(slot).text

    def said(self, gate: str) -> str:
        """The variable of what a gate said."""
        return self.names.about("said", gate).text

    def flag(self, gate: str, target: str) -> str:
        """The variable that tells if a gate in a loop chose a node outside."""
        return self.names.about("chosen", gate, target).text

    def instead(self, fallback: Fallback) -> str:
        """The text of what stands in for a value."""
        if fallback.literal is not None:
            return plain(fallback.literal)
        reached = self.names.fallback(fallback).text
        return reached if fallback.shared else f"fresh({reached}, {fallback.parameter!r})"

    def condition(self, one: Planned) -> Condition:
        """A condition of the plan."""
        if isinstance(one, Every):
            return every([self.condition(part) for part in one.parts])
        if isinstance(one, Either):
            return either([self.condition(part) for part in one.parts])
        if isinstance(one, Opens):
            return self.opens(one.gate, one.target, one.undecided)
        if isinstance(one, Chosen):
            return model.Chose(self.flag(one.gate, one.target))
        return model.Has(self.slot(one.slot))

    def opens(self, gate: str, target: str, undecided: bool = False) -> model.Decides:
        """The condition that a gate lets a target run."""
        return model.Decides(self.said(gate), decision_of(self.gates[gate], target), undecided)


def words_of(plan: Plan, functions: Mapping[str, Plan], names: Mapping[str, Names]) -> Words:
    """The words of one function."""
    gates = {call.node: call.gate for call in plan.calls() if call.gate is not None}
    return Words(plan, names[plan.key], names, functions, gates)


def decision_of(gate: Gate, target: str) -> Decision:
    """What a gate says to choose a target."""
    return target == gate.when_true if gate.when_true else target


def plain(expression: str) -> str:
    """The text of an expression, without any choice in how it is written."""
    return ast.unparse(ast.parse(expression, mode="eval"))
