"""Everything that a program needs of the user's modules and the runtime, from what it calls."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import IntEnum

from hypergraph.compiler.diagnostics.together import Finding
from hypergraph.compiler.link.inline.effects import effects_of
from hypergraph.compiler.link.inline.live import Wanted
from hypergraph.compiler.link.inline.meanings import Defined, Imported, Meaning, Refused, Unit
from hypergraph.compiler.link.inline.modules import Modules
from hypergraph.compiler.link.inline.owned import of_runtime
from hypergraph.compiler.link.inline.resolve import Piece, Resolved, piece_of


class Level(IntEnum):
    """How much of something is needed: for type checkers only, to run, or to be looked at.

    A function that is handed to somebody, and not just called, may have its annotations read.
    """

    TYPES = 1
    RUN = 2
    LOOKED_AT = 3


@dataclass(eq=False)
class Reach:
    """What has been found to be needed.

    ``opaque`` are definitions of the runtime that only annotations name; ``importers`` tells which
    modules an import is needed in.
    """

    modules: Modules
    units: dict[Unit, Level] = field(default_factory=dict)
    imports: dict[Imported, Level] = field(default_factory=dict)
    importers: dict[Imported, set[str]] = field(default_factory=dict)
    opaque: set[Defined] = field(default_factory=set)
    pieces: dict[Unit, Piece] = field(default_factory=dict)
    findings: dict[tuple[object, ...], Finding] = field(default_factory=dict)
    waiting: list[Unit] = field(default_factory=list)

    def want(self, meaning: Meaning, level: Level, importer: str) -> None:
        """Take note that something is needed."""
        if isinstance(meaning, Imported):
            level = Level.TYPES if meaning.typing else level
            plain = replace(meaning, typing=False)
            self.imports[plain] = max(level, self.imports.get(plain, level))
            self.importers.setdefault(plain, set()).add(importer)
        elif isinstance(meaning, Defined):
            self.want_unit(meaning, level)

    def want_unit(self, meaning: Defined, level: Level) -> None:
        """Take note that a definition is needed."""
        unit = meaning.unit
        if not unit.statements:
            return
        if unit.typing:
            level = Level.TYPES
        elif level is Level.TYPES and of_runtime(unit.module):
            self.opaque.add(meaning)
            return
        else:
            level = Level.RUN if of_runtime(unit.module) else max(level, Level.RUN)
        if self.units.get(unit, 0) < level:
            self.units[unit] = level
            self.waiting.append(unit)

    def close(self) -> None:
        """Go on until nothing more is needed."""
        while self.waiting:
            while self.waiting:
                self.take(self.waiting.pop())
            for unit in effects_of(self.modules, self.units):
                self.units[unit] = Level.RUN
                self.waiting.append(unit)
        self.opaque = {one for one in self.opaque if one.unit not in self.units}

    def take(self, unit: Unit) -> None:
        """Take a unit, and take note of what it needs."""
        if unit not in self.pieces:
            self.pieces[unit] = piece_of(self.modules, unit)
        piece = self.pieces[unit]
        self.refuse(piece.findings)
        for one in piece.resolved:
            self.want(one.meaning, self.level_in(piece, one), unit.module)

    def level_in(self, piece: Piece, one: Resolved) -> Level:
        """How much is needed of what a piece uses in one place."""
        if piece.unit.typing:
            return Level.TYPES
        if one.use.annotation == "types":
            looked_at = self.units[piece.unit] is Level.LOOKED_AT or piece.is_decorated
            return Level.RUN if looked_at else Level.TYPES
        return Level.LOOKED_AT if one.use.how == "read" else Level.RUN

    def refuse(self, findings: Iterable[Finding]) -> None:
        """Take note of refusals; of several for one thing the one that is told first counts."""
        for one in findings:
            key = (one.entry.code, *sorted(one.facts.items()))
            self.findings[key] = min(one, self.findings.get(key, one), key=told_where)


def told_where(one: Finding) -> tuple[str, list[tuple[str, int]], str]:
    """Refusals are told by kind, and those of one kind from the top of a file to its end."""
    places = [(place.file, place.line) for place in one.where if place is not None]
    return one.entry.code, places[-1:], str(one.facts)


def reached_from(modules: Modules, wanted: Iterable[Wanted]) -> tuple[Reach, dict[Wanted, Meaning]]:
    """Everything that is needed to have these definitions, and what each of them is."""
    reach = Reach(modules)
    roots: dict[Wanted, Meaning] = {}
    for one in sorted(wanted, key=lambda one: (one.module, one.qualname)):
        roots[one] = modules.root(one)
        if isinstance(roots[one], Refused):
            reach.refuse([roots[one].finding])  # type: ignore[union-attr]
        reach.want(roots[one], Level.RUN, one.module)
    reach.close()
    return reach, roots
