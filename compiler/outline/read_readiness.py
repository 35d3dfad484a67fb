"""Who is ready in a round of a loop in a text, and who lets whom go first."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass, field

from hypergraph.compiler.outline.model import Condition, Yield, Yields, every
from hypergraph.compiler.outline.patterns import expression
from hypergraph.compiler.outline.read_expressions import read_condition
from hypergraph.compiler.outline.scope import Cursor, Scope, name_of, names_of, unreadable


@dataclass(frozen=True)
class Ready:
    """The expression that says a member is due: its parts; ``record`` is what it remembers."""

    record: str
    sees: tuple[str, ...]
    needs: tuple[str, ...]
    waits: tuple[tuple[str, str], ...]
    opened: Condition
    behind: tuple[str, ...]

    def waited(self) -> dict[str, str]:
        """What it remembers of each version that it waits for."""
        return {record: version for version, record in self.waits}


@dataclass
class Readiness:
    """All members' expressions, by variable; ``later`` those that let others go first."""

    ready: dict[str, Ready] = field(default_factory=dict)
    later: dict[str, tuple[str, tuple[str, ...]]] = field(default_factory=dict)

    @property
    def records(self) -> set[str]:
        """The variables in which members remember something."""
        own = {one.record for one in self.ready.values()}
        return own | {record for one in self.ready.values() for _, record in one.waits}

    def root(self, name: str) -> str:
        """The first expression of a member, of which another one is made."""
        return self.root(self.later[name][0]) if name in self.later else name

    def stage(self, name: str) -> int:
        """How often a member has let others go first."""
        return 1 + self.stage(self.later[name][0]) if name in self.later else 0

    def runs(self) -> set[str]:
        """The last expression of each member: that it runs."""
        made_of = {first for first, _ in self.later.values()}
        return {*self.ready, *self.later} - made_of

    def record_of(self, name: str) -> str:
        """What the member remembers that runs when this holds."""
        return self.ready[self.root(name)].record

    def excludes(self, one: str, other: str) -> bool:
        """Whether two members never run in the same round, since one lets the other go first."""
        return self.root(other) in self._first(one) or self.root(one) in self._first(other)

    def _first(self, name: str) -> set[str]:
        if name in self.later:
            before, others = self.later[name]
            return self._first(before) | set(map(self.root, others))
        return set(self.ready[name].behind)

    def yields(self, name: str, nodes: Mapping[str, str]) -> Yields:
        """Who goes first, stage by stage."""
        if name not in self.later:
            return ()
        before, others = self.later[name]
        one: Yield = tuple((nodes[self.root(other)], self.stage(other)) for other in others)
        return (*self.yields(before, nodes), one)


def read_readiness(scope: Scope, inside: Cursor, start: Mapping[str, ast.expr]) -> Readiness:
    """Read the expressions up to the end of the loop's decision to go on."""
    made = Readiness()
    for name, value in start.items():
        if not _is_plain(value):
            scope.conditions[name] = read_condition(scope, value)
    while (found := inside.taken("_name = _test")) is not None:
        name, test = name_of(found["name"]), found["test"]
        parts = test.values if isinstance(test, ast.BoolOp) else [test]
        if isinstance(parts[0], ast.Name) and _is_expression(made, parts[0]):
            others = tuple(_refused(made, part) for part in parts[1:])
            made.later[name] = parts[0].id, others
        else:
            made.ready[name] = _read_ready(scope, made, test, parts)
    return made


def _is_plain(value: ast.expr) -> bool:
    """Whether a variable starts as a constant, as open, or as the version of a value."""
    text = ast.unparse(value)
    return text in ("None", "()", "OPEN", "0", "1", "False") or text.startswith("int(")


def _is_expression(made: Readiness, given: ast.expr) -> bool:
    return isinstance(given, ast.Name) and (given.id in made.ready or given.id in made.later)


def _refused(made: Readiness, given: ast.expr) -> str:
    """``not another_ready``."""
    found = expression("not _x", given)
    if found is None or not _is_expression(made, found["x"]):
        unreadable(given, "this is not how a member lets another go first")
    return name_of(found["x"])


def _read_ready(scope: Scope, made: Readiness, test: ast.expr, parts: list[ast.expr]) -> Ready:
    if isinstance(test, ast.BoolOp) and not isinstance(test.op, ast.And):
        unreadable(test, "this is not how a member is ready")
    record = ""
    sees: tuple[str, ...] = ()
    needs: list[str] = []
    waits: list[tuple[str, str]] = []
    opened: list[Condition] = []
    behind: list[str] = []
    for part in parts:
        if (saw := expression("_saw != _v", part)) is not None:
            record, sees = name_of(saw["saw"]), tuple(names_of(saw["v"]))
        elif (there := expression("_v is not ABSENT", part)) is not None:
            needs.append(name_of(there["v"]))
        elif (new := expression("_v > _waited", part)) is not None:
            waits.append((name_of(new["v"]), name_of(new["waited"])))
        elif (ran := expression("not _x", part)) is not None and isinstance(ran["x"], ast.Name):
            if _is_expression(made, ran["x"]):
                behind.append(ran["x"].id)
            else:
                record = ran["x"].id
        else:
            opened.append(read_condition(scope, part))
    if not record:
        unreadable(test, "a member does not look if it has run")
    return Ready(record, sees, tuple(needs), tuple(waits), every(opened), tuple(behind))
