"""What the members of a loop do in one round, in a text."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass, field

from hypergraph.compiler.outline.model import Call, Count, Decides
from hypergraph.compiler.outline.patterns import expression
from hypergraph.compiler.outline.read_decisions import keeping_decision
from hypergraph.compiler.outline.read_expressions import read_condition
from hypergraph.compiler.outline.read_readiness import Readiness
from hypergraph.compiler.outline.read_stored import read_call
from hypergraph.compiler.outline.read_together import (
    Started,
    is_together,
    landed,
    started,
    stored_result,
    taken_raise,
)
from hypergraph.compiler.outline.scope import (
    Cursor,
    Scope,
    name_of,
    names_of,
    unreadable,
)


@dataclass(frozen=True)
class Block:
    """One member in a round: the variable that says it runs, its call, and what it keeps track of.

    ``saw`` are the versions it remembers, ``waited`` those by the variable that remembers them,
    ``chosen`` what its decision is remembered as outside.
    """

    runs: str
    call: Call
    saw: tuple[str, ...] = ()
    waited: dict[str, str] = field(default_factory=dict)
    counts: tuple[Count, ...] = ()
    chosen: tuple[tuple[str, Decides], ...] = ()
    used_up: tuple[str, ...] = ()


@dataclass(frozen=True)
class Round:
    """All members that can run."""

    blocks: tuple[Block, ...]


@dataclass
class _Record:
    """What a member remembers before it runs."""

    saw: tuple[str, ...] = ()
    waited: dict[str, str] = field(default_factory=dict)
    done: bool = False


def read_round(
    scope: Scope, inside: Cursor, start: Mapping[str, ast.expr], readiness: Readiness
) -> Round:
    """Read the rest of a round, and check that everybody who is ready runs in it."""
    reading = _Reading(scope, start, readiness)
    reading.snapshot(inside)
    while inside:
        reading.block(inside)
    scope.seen.clear()
    scope.stale.clear()
    if {block.runs for block in reading.blocks} != readiness.runs():
        unreadable(ast.Pass(), "somebody who is ready does not run, or runs twice")
    if any(not record.done for record in reading.records.values()):
        unreadable(ast.Pass(), "a member runs and does not remember it")
    return Round(tuple(reading.blocks))


class _Reading:
    """One round; ``versions`` has what variables from before the round stand for."""

    def __init__(self, scope: Scope, start: Mapping[str, ast.expr], readiness: Readiness) -> None:
        self.scope = scope
        self.start = start
        self.readiness = readiness
        self.versions: dict[str, str] = {}
        self.changed: set[str] = set()
        self.records: dict[str, _Record] = {}
        self.blocks: list[Block] = []

    def snapshot(self, inside: Cursor) -> None:
        """What an earlier member may overwrite before a later one reads it (X56, X57)."""
        while (found := inside.fits("_seen = _value")) is not None:
            if not (isinstance(found["seen"], ast.Name) and isinstance(found["value"], ast.Name)):
                return
            inside.take()
            seen, value = found["seen"].id, found["value"].id
            if value in self.start:
                self.versions[seen] = value
            else:
                self.scope.seen[seen] = value

    def block(self, inside: Cursor) -> None:
        if is_together(inside):
            self.together(inside)
            return
        place = inside.next
        found = inside.taken("if _runs:\n    _body")
        if found is None or not isinstance(found["runs"], ast.Name):
            unreadable(place, "this does not belong into a round")
        runs = found["runs"].id
        body = Cursor(found["body"])
        self.notice_changes(runs)
        self.record(runs, body)
        if body:  # without anything else the call is made together with others
            before = self.before(body)
            call = read_call(self.scope, body)
            self.finish(runs, call, before, body)

    def notice_changes(self, runs: str) -> None:
        """What members that may have run before this one have changed by now."""
        others = [one for one in self.blocks if not self.readiness.excludes(one.runs, runs)]
        self.changed = {count.version for one in others for count in one.counts}
        outputs = [output for one in others for output in one.call.outputs]
        self.scope.stale = {value for output in outputs for value in output.values}

    # -- What is remembered ---------------------------------------------------------------------

    def record(self, runs: str, body: Cursor) -> None:
        record = self.records.setdefault(self.readiness.root(runs), _Record())
        own = self.readiness.record_of(runs)
        while body:
            found = body.fits("_record = _versions")
            if found is None or not isinstance(found["record"], ast.Name):
                return
            name, value = found["record"].id, found["versions"]
            if name == own:
                is_flag = isinstance(value, ast.Constant) and value.value is True
                record.saw = () if is_flag else tuple(map(self.version, names_of(value)))
                record.done = True
            elif name in self.readiness.records:
                record.waited[name] = self.version(name_of(value))
            else:
                return
            body.take()

    def version(self, name: str) -> str:
        """The version as it was before the round."""
        if name in self.versions:
            return self.versions[name]
        return f"{name}, just changed" if name in self.changed else name

    def before(self, body: Cursor) -> dict[str, str]:
        """The values that results are compared with."""
        found: dict[str, str] = {}
        while (kept := body.fits("_before = _value")) is not None:
            if not (isinstance(kept["before"], ast.Name) and isinstance(kept["value"], ast.Name)):
                break
            body.take()
            found[kept["before"].id] = kept["value"].id
        return found

    # -- What a result changes ------------------------------------------------------------------

    def finish(self, runs: str, call: Call, before: dict[str, str], body: Cursor) -> None:
        """Read what follows a call: changes counted, decisions remembered, answers used up."""
        counts: list[Count] = []
        chosen: list[tuple[str, Decides]] = []
        used_up: list[str] = []
        while body:
            if (found := body.taken("_n += 1")) is not None:
                counts.append(Count(name_of(found["n"])))
            elif (found := body.taken("if _test:\n    _n += 1")) is not None:
                counts.append(self.count(found["test"], name_of(found["n"]), before))
            elif (found := body.taken("if _test:\n    _flag = True")) is not None:
                chosen.append((name_of(found["flag"]), self.decision(found["test"])))
            elif (found := body.taken("_answer = ABSENT")) is not None:
                used_up.append(name_of(found["answer"]))
            else:
                unreadable(body.next, "this does not belong behind a call in a loop")
        record = self.records[self.readiness.root(runs)]
        self.blocks.append(
            Block(
                runs,
                call,
                record.saw,
                record.waited,
                tuple(counts),
                tuple(chosen),
                tuple(used_up),
            )
        )

    def decision(self, test: ast.expr) -> Decides:
        condition = read_condition(self.scope, test)
        if not isinstance(condition, Decides):
            unreadable(test, "this is not a decision")
        return condition

    def count(self, test: ast.expr, version: str, before: dict[str, str]) -> Count:
        """A change, against what was there before; a value that was not given is none."""
        maybe = False
        produced = expression("_v is not _b and _changed", test)
        if produced is not None:
            maybe, test = True, produced["changed"]
        changed = expression("differs(_b, _v)", test)
        if changed is None or before.get(name_of(changed["b"])) != name_of(changed["v"]):
            unreadable(test, "this is not how a change is found")
        old, value = name_of(changed["b"]), name_of(changed["v"])
        if produced is not None and (name_of(produced["b"]), name_of(produced["v"])) != (
            old,
            value,
        ):
            unreadable(test, "a value is compared with another one")
        return Count(version, value, maybe)

    # -- Members that overlap -------------------------------------------------------------------

    def together(self, inside: Cursor) -> None:
        self.scope.stale.clear()
        calls, error = started(self.scope, inside)
        by_result = {one.result: one for one in calls}
        stored: set[str] = set()
        while (found := inside.taken("if _runs and _r is not ABSENT:\n    _body")) is not None:
            one = by_result[name_of(found["r"])]
            if one.guard is None or name_of(found["runs"]) != name_of(one.guard):
                unreadable(found["runs"], "a result is stored for somebody else")
            body = Cursor(found["body"])
            before = self.before_stored(body, one.result)
            call = stored_result(landed(one), one.result, body)
            if call.gate is not None:
                call = keeping_decision(self.scope, call, call.gate, call.gate.said)
            self.finish(name_of(one.guard), call, before, body)
            stored.add(one.result)
        for one in calls:
            if one.result not in stored:
                self.finish(self.runs_of(one), landed(one), {}, Cursor([]))
        taken_raise(inside, error)

    def before_stored(self, body: Cursor, result: str) -> dict[str, str]:
        """The same as ``before``, where the next line stores a result."""
        found: dict[str, str] = {}
        while (kept := body.fits("_before = _value")) is not None:
            value = kept["value"]
            if not isinstance(value, ast.Name) or value.id in (result, "SIGNAL"):
                break
            body.take()
            found[name_of(kept["before"])] = value.id
        return found

    def runs_of(self, one: Started) -> str:
        if not isinstance(one.guard, ast.Name):
            unreadable(ast.Pass(), f"{one.call.node} runs in every round")
        return one.guard.id
