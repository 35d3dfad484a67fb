"""What is known, before a run, about which names will have a value and why.

A *reason* is the set of conditions under which something happens: empty when it always does,
``None`` when it never does. Reasons let a guard test only what is not implied already, and let a
join of branches that cover every decision of a gate be recognised as always present.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from hypergraph.compiler.plan import (
    ALWAYS,
    NEVER,
    Call,
    Chosen,
    Condition,
    Either,
    Every,
    Gate,
    Opens,
    Presence,
    Present,
    Slot,
)

Reason = frozenset[Condition]
CERTAIN: Reason = frozenset()


def every(conditions: Iterable[Condition]) -> Condition:
    """The conjunction, flattened and without repeats; one condition stands for itself."""
    parts: dict[Condition, None] = {}
    for condition in conditions:
        if condition == NEVER:
            return NEVER
        parts.update(
            dict.fromkeys(condition.parts if isinstance(condition, Every) else [condition])
        )
    return next(iter(parts)) if len(parts) == 1 else Every(tuple(parts))


def either(conditions: Iterable[Condition]) -> Condition:
    """The disjunction, flattened and without repeats; one condition stands for itself."""
    parts: dict[Condition, None] = {}
    for condition in conditions:
        if condition == ALWAYS:
            return ALWAYS
        parts.update(
            dict.fromkeys(condition.parts if isinstance(condition, Either) else [condition])
        )
    return next(iter(parts)) if len(parts) == 1 else Either(tuple(parts))


def ran(call: Call) -> Condition:
    """An opaque condition: that a member of a loop ran at all, which nothing else implies."""
    return Chosen(call.node, call.node)


class Knowledge:
    """What has been established so far while the supersteps are laid out in order."""

    def __init__(self) -> None:
        self.steps: dict[str, Reason | None] = {}
        self.gates: dict[str, Gate] = {}
        self.silent: dict[str, Condition] = {}
        self.looped: set[str] = set()
        self._start: dict[Slot, Presence] = {}
        self._writers: dict[Slot, list[Reason]] = {}

    def presence(self, slot: Slot) -> Presence:
        """Whether the slot has a value once everything laid out so far has happened."""
        reason = self.reason(slot)
        if reason is None:
            return "never"
        return "always" if reason == CERTAIN else "maybe"

    def add_input(self, slot: Slot, presence: Presence) -> None:
        """The slot starts with a value of the caller's: always, maybe or never."""
        self._start[slot] = presence

    def add_writer(self, slot: Slot, reason: Reason | None, maybe: bool = False) -> None:
        """Something writes the slot for ``reason``, and may even then leave it without a value."""
        if reason is not None:
            added = reason | _only(Present(slot)) if maybe else reason
            self._writers.setdefault(slot, []).append(added)

    def reason(self, slot: Slot) -> Reason | None:
        """Why the slot has a value."""
        start = self._start.get(slot, "never")
        reasons = self._writers.get(slot, [])
        if start == "always" or CERTAIN in reasons:
            return CERTAIN
        if start == "maybe":
            return _only(Present(slot))
        if len(reasons) > 1:
            return self._join(reasons, slot)
        return reasons[0] if reasons else None

    def _join(self, reasons: list[Reason], slot: Slot) -> Reason:
        """Exclusive writers: what they share, if they cover all that a gate can decide."""
        shared = frozenset.intersection(*reasons)
        rest = [reason - shared for reason in reasons]
        chosen = {next(iter(one)) for one in rest if len(one) == 1}
        decided = {one for one in chosen if isinstance(one, Opens) and not one.undecided}
        for name in {one.gate for one in decided}:
            covered = {one.target for one in decided if one.gate == name}
            if not self.gates[name].multi and covered.issuperset(self.gates[name].outcomes()):
                return shared
        return _only(Present(slot))

    def reason_for(self, conditions: Iterable[Condition]) -> Reason:
        """Everything that holds when all of ``conditions`` do."""
        reason: set[Condition] = set()
        for condition in conditions:
            reason |= self._implied(condition)
        return frozenset(reason)

    def _implied(self, condition: Condition) -> Reason:
        if isinstance(condition, Present):
            known = self.reason(condition.slot)
            return _only(condition) if known is None else known
        if isinstance(condition, Opens) and not condition.undecided:
            return (self.steps.get(condition.gate) or CERTAIN) | {condition}
        if isinstance(condition, Every):
            return self.reason_for(condition.parts)
        return _only(condition)

    def simplify(self, conditions: Sequence[Condition]) -> Condition:
        """The conjunction without the parts that the others imply; tests of presence go first."""
        kept = list(dict.fromkeys(conditions))
        for condition in sorted(kept, key=lambda one: not isinstance(one, Present)):
            others = [one for one in kept if one is not condition]
            if others and self._implied(condition) <= self.reason_for(others):
                kept = others
        return every(kept)


def _only(condition: Condition) -> Reason:
    return frozenset({condition})
