"""The order of the definitions in the file: that in which their modules ran them."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

import libcst as cst

from hypergraph.compiler.link.inline.binding import small_statements
from hypergraph.compiler.link.inline.meanings import Defined, Unit
from hypergraph.compiler.link.inline.modules import Modules, absolute
from hypergraph.compiler.link.inline.owned import of_runtime
from hypergraph.compiler.link.inline.resolve import Piece
from hypergraph.compiler.link.inline.scopes import LocalImport
from hypergraph.compiler.link.inline.sources import Source
from hypergraph.compiler.link.inline.trees import dotted


def in_order(modules: Modules, pieces: Iterable[Piece], roots: Iterable[str]) -> list[Piece]:
    """Pieces so that each comes after what it uses while the file is loaded.

    The runtime comes first, then modules in the order in which they import each other, each from
    top to bottom. What only functions import comes last. Where that is not enough, as with modules
    that import each other, a piece is moved up in front of the first one that uses it.
    """
    by_unit = {piece.unit: piece for piece in pieces}
    names = {unit.module for unit in by_unit}
    first = sorted(names, key=lambda name: (not of_runtime(name), name not in set(roots), name))
    ranks = {name: rank for rank, name in enumerate(_modules_in_order(modules, first))}
    ordered: dict[Unit, Piece] = {}
    pending: set[Unit] = set()

    def place(unit: Unit) -> None:
        if unit in pending:
            return
        pending.add(unit)
        for before in _used_at_once(by_unit[unit]):
            if before in by_unit:
                place(before)
        ordered[unit] = by_unit[unit]

    for unit in sorted(by_unit, key=lambda unit: (ranks[unit.module], _position(unit))):
        place(unit)
    return list(ordered.values())


def needed_to_load(pieces: Iterable[Piece]) -> set[Unit]:
    """The units of the runtime that code of the user uses while the file is loaded.

    That are classes from which it derives, say. What is used may be called, so that all that it
    uses itself has to be there as well.
    """
    by_unit = {piece.unit: piece for piece in pieces}
    waiting = [
        unit
        for piece in by_unit.values()
        if not of_runtime(piece.unit.module)
        for unit in _used_at_once(piece)
    ]
    found: set[Unit] = set()
    while waiting:
        unit = waiting.pop()
        if unit in by_unit and unit not in found:
            found.add(unit)
            waiting += _used_when_run(by_unit[unit])
    return {unit for unit in found if of_runtime(unit.module)}


def _used_when_run(piece: Piece) -> Iterator[Unit]:
    """The units that a piece uses, wherever it does, but for annotations."""
    for one in piece.resolved:
        if isinstance(one.meaning, Defined) and not one.use.annotation:
            yield one.meaning.unit


def _position(unit: Unit) -> int:
    return unit.statements[-1].position


def _used_at_once(piece: Piece) -> Iterator[Unit]:
    """The units that a piece uses when it is executed, in the order in which it does."""
    for one in piece.resolved:
        if isinstance(one.meaning, Defined) and one.use.eager and one.meaning.unit != piece.unit:
            yield one.meaning.unit


def _modules_in_order(modules: Modules, names: Iterable[str]) -> list[str]:
    """The modules so that each comes after those it imports, as far as that is possible."""
    done: dict[str, None] = {}
    begun: set[str] = set()

    def visit(name: str) -> None:
        source = modules.sources.get(name)
        if name in begun or not isinstance(source, Source):
            return
        begun.add(name)
        for imported in _imported_by(source):
            visit(imported)
        done[name] = None

    for name in names:
        visit(name)
    return list(done)


def _imported_by(source: Source) -> Iterator[str]:
    """The modules that the statements at the top of a module import, in order."""
    for statement in source.statements:
        if statement.typing or not any(map(_has_imports, statement.plain)):
            continue
        for nodes in statement.reading.binds.values():
            for one in nodes:
                if isinstance(one, LocalImport):
                    yield from _brought_by(source, one)


def _has_imports(statement: ast.stmt) -> bool:
    return any(isinstance(one, (ast.Import, ast.ImportFrom)) for one in small_statements(statement))


def _brought_by(source: Source, one: LocalImport) -> Iterator[str]:
    if isinstance(one.statement, cst.Import):
        yield dotted(one.alias.name)
    else:
        base = absolute(source, one.statement)
        yield f"{base}.{dotted(one.alias.name)}"
        yield base
