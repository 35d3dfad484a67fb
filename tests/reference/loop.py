"""A loop, in rounds: the versioned readiness rule of execution.md 7 to 9 among its members."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from hypergraph import END, Graph, InfiniteLoopError

from .calls import NO_DECISION, Produced, has_fallback
from .gates import closed_nodes, targets_of
from .planning import Planned, Region
from .state import NOTHING, State, changed

Cell = tuple[str, frozenset[str]]
Version = tuple[Any, int]


@dataclass
class LoopState:
    """Values with versions, execution records and decisions of one loop (section 7)."""

    graph: Graph
    planned: Planned
    region: Region
    concurrent: bool
    chosen_outside: dict[str, frozenset[str]]
    closed_outside: frozenset[str]
    cells: dict[Cell, Version] = field(default_factory=dict)
    records: dict[str, dict[Cell, int]] = field(default_factory=dict)
    decisions: dict[str, Any] = field(default_factory=dict)
    chosen_ever: dict[str, frozenset[str]] = field(default_factory=dict)

    def input_cell(self, node: str, param: str) -> Cell:
        """Where a member's input comes from; ``with edges=`` two members may differ (X151)."""
        return param, frozenset(self.planned.sources(node, param))

    def signal_cell(self, name: str) -> Cell:
        """What a member that waits for a name looks at: every producer of it (X42)."""
        return name, frozenset(self.planned.producers(name))

    def fill(self, state: State) -> None:
        """At the start: what came before the loop, else the caller's seed, has version 1 (X32)."""
        for member in self.region.members:
            node = self.planned.wiring.nodes[member]
            inputs = [self.input_cell(member, param) for param in node.inputs]
            for cell in inputs + [self.signal_cell(name) for name in node.wait_for]:
                value = state.read(*cell)
                self.cells[cell] = (value, 0 if value is NOTHING else 1)

    def write(self, node: str, name: str, value: Any) -> None:
        """Replace the value wherever this producer is read; count the change (X34)."""
        for cell, (old, version) in self.cells.items():
            if cell[0] == name and node in cell[1]:
                self.cells[cell] = (value, version + 1 if changed(old, value) else version)

    def value(self, cell: Cell) -> Any:
        return self.cells[cell][0]

    def version(self, cell: Cell) -> int:
        return self.cells[cell][1]

    def is_due(self, member: str) -> bool:
        """Never run, or a relevant input changed since (X39, X40)."""
        node = self.planned.wiring.nodes[member]
        if member not in self.records:
            return True
        gated = bool(self.planned.wiring.gates_of(member))
        relevant = [p for p in node.inputs if gated or p not in node.outputs]
        cells = [self.input_cell(member, param) for param in relevant]
        return any(self.version(cell) != self.records[member][cell] for cell in cells)

    def drop_stale_decisions(self) -> None:
        """A decision other than ``END`` goes as soon as its gate is due again (X36, X47)."""
        for gate, decision in self.decisions.items():
            if decision is not END and self.is_due(gate):
                self.decisions[gate] = None

    def closed(self) -> frozenset[str]:
        """The members that their gates hold back now (X44; gates outside have decided before)."""
        now = {gate: targets_of(decision) for gate, decision in self.decisions.items()}
        return closed_nodes(
            self.planned,
            self.region.members,
            {**self.chosen_outside, **now},
            self.closed_outside,
        )

    def is_available(self, member: str) -> bool:
        """Every input has a value or a fallback (X38)."""
        node = self.planned.wiring.nodes[member]
        return all(
            self.value(self.input_cell(member, param)) is not NOTHING
            or has_fallback(self.graph, node, param)
            for param in node.inputs
        )

    def waits_satisfied(self, member: str) -> bool:
        """Signals are present, and those from inside the loop are new since the last run (X42)."""
        for name in self.planned.wiring.nodes[member].wait_for:
            cell = self.signal_cell(name)
            if self.value(cell) is NOTHING:
                return False
            inside = cell[1] & set(self.region.members)
            if inside and self.version(cell) <= self.records.get(member, {}).get(cell, 0):
                return False
        return True

    def ready(self) -> list[str]:
        """The members of the next round (section 8, READY)."""
        self.drop_stale_decisions()
        closed = self.closed()
        ready = [
            member
            for member in self.region.members
            if member not in closed
            and self.is_available(member)
            and self.waits_satisfied(member)
            and self.is_due(member)
        ]
        return self.first_interrupt_alone(self.undeferred(self.unblocked(ready)))

    def unblocked(self, ready: list[str]) -> list[str]:
        """Gates first: without the targets of any gate in the list (X48)."""
        return [m for m in ready if not set(self.planned.wiring.gates_of(m)) & set(ready)]

    def undeferred(self, ready: list[str]) -> list[str]:
        """Without those that wait for an output of another in the list, judged at once (X43)."""
        nodes = self.planned.wiring.nodes

        def deferred(member: str) -> bool:
            return any(
                set(nodes[member].wait_for) & set(nodes[other].outputs)
                for other in ready
                if other != member
            )

        return [member for member in ready if not deferred(member)]

    def first_interrupt_alone(self, ready: list[str]) -> list[str]:
        """An interrupt is a round of its own under asyncio (X55)."""
        pausing = [m for m in ready if self.planned.wiring.nodes[m].is_interrupt]
        return pausing[:1] if self.concurrent and pausing else ready

    def recorded(self, member: str) -> dict[Cell, int]:
        """The versions a member is about to see (X57)."""
        node = self.planned.wiring.nodes[member]
        cells = [self.input_cell(member, param) for param in node.inputs]
        cells += [self.signal_cell(name) for name in node.wait_for]
        return {cell: self.version(cell) for cell in cells}

    def keep(self, member: str, produced: Produced, record: dict[Cell, int]) -> None:
        """Note an execution: its writes, its decision and what it had seen (section 8)."""
        for name, value in produced.outputs:
            self.write(member, name, value)
        if produced.decision is not NO_DECISION:
            self.decisions[member] = produced.decision
            ever = self.chosen_ever.get(member, frozenset())
            self.chosen_ever[member] = ever | targets_of(produced.decision)
        self.records[member] = record


Lookup = Callable[[str, str], Any]
Keep = Callable[[str, Produced], None]
Superstep = Callable[[list[str], Lookup, Keep], None]


def run_loop(loop: LoopState, limit: int, superstep: Superstep, count: list[int]) -> None:
    """Rounds until no member is ready, at most ``limit`` of them (design.md, semantics 5; X67).

    ``count`` grows by one entry per finished round, so that it is known after a failure as well.
    """
    while ready := loop.ready():
        if len(count) == limit or limit < 0:
            raise InfiniteLoopError(limit)
        superstep(ready, *seen_and_kept(loop, ready))
        count.append(len(ready))


def seen_and_kept(loop: LoopState, ready: list[str]) -> tuple[Lookup, Keep]:
    """How the members of one round read their inputs and leave their traces (X56, X57)."""
    snapshot = dict(loop.cells)
    records = {member: loop.recorded(member) for member in ready}

    def lookup(member: str, param: str) -> Any:
        return snapshot[loop.input_cell(member, param)][0]

    def keep(member: str, produced: Produced) -> None:
        loop.keep(member, produced, records[member])

    return lookup, keep
