"""From the uses in a piece of code to what each of them means."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

import libcst as cst

from hypergraph.compiler.diagnostics import linking as catalogue
from hypergraph.compiler.diagnostics.problems import Place
from hypergraph.compiler.diagnostics.together import Finding, finding
from hypergraph.compiler.link.inline.decorators import without_ours
from hypergraph.compiler.link.inline.meanings import (
    Attribute,
    Builtin,
    Defined,
    Imported,
    Meaning,
    OwnModule,
    Refused,
    Unit,
)
from hypergraph.compiler.link.inline.modules import Modules
from hypergraph.compiler.link.inline.scopes import LocalImport, Reading, Use, read_names
from hypergraph.compiler.link.inline.sources import Source, Statement


class Resolved(NamedTuple):
    """A use, what it means, and the node that stands for just that: the name, or a longer chain."""

    use: Use
    meaning: Meaning
    node: cst.CSTNode


@dataclass(frozen=True, eq=False)
class Piece:
    """A unit as it is taken: its statements without the decorators of ours, and what they use.

    ``dropped`` are the imports inside functions that bring names which are inlined as well, and
    ``kept`` all others.
    """

    unit: Unit
    nodes: tuple[cst.BaseStatement, ...]
    readings: tuple[Reading, ...]
    resolved: tuple[Resolved, ...]
    dropped: tuple[LocalImport, ...]
    kept: tuple[LocalImport, ...]
    findings: tuple[Finding, ...]

    @property
    def symbols(self) -> list[Defined]:
        """What it defines; imports in a line of other statements are taken out of it."""
        is_line = isinstance(self.nodes[0], cst.SimpleStatementLine)
        return [
            Defined(self.unit.binder, name)
            for name, nodes in self.binds.items()
            if not (is_line and all(isinstance(one, LocalImport) for one in nodes))
        ]

    @property
    def binds(self) -> dict[str, list[cst.CSTNode | LocalImport]]:
        """All names that its statements bind, each with what does."""
        found: dict[str, list[cst.CSTNode | LocalImport]] = {}
        for reading in self.readings:
            for name, nodes in reading.binds.items():
                found.setdefault(name, []).extend(nodes)
        return found

    @property
    def is_decorated(self) -> bool:
        """Whether something is given the function, and may look at its annotations."""
        return any(isinstance(one, cst.FunctionDef) and one.decorators for one in self.nodes)


def piece_of(modules: Modules, unit: Unit) -> Piece:
    """A unit with everything in it looked up."""
    source = modules.source(unit.module)
    assert isinstance(source, Source)
    nodes: list[cst.BaseStatement] = []
    readings: list[Reading] = []
    findings: list[Finding] = []
    for statement in unit.statements:
        node = without_ours(source, statement)
        if isinstance(node, Finding):
            findings.append(node)
            node = statement.node.with_changes(decorators=())
        nodes.append(node)
        readings.append(statement.reading if node is statement.node else read_names(node))
    resolved: list[Resolved] = []
    dropped: list[LocalImport] = []
    kept: list[LocalImport] = []
    for statement, reading in zip(unit.statements, readings, strict=True):
        for use in reading.uses:
            if unit.is_effect and use.name in reading.binds:
                resolved.append(Resolved(use, Defined(unit.binder, use.name), use.node))
                continue
            one = resolve(modules, source, use, statement.typing)
            if one is not None:
                resolved.append(one)
                findings += refusals(source, statement, one)
                if id(use.node) in reading.evaluating:
                    findings.append(_tied(source, statement, use))
        if reading.annotations_read and not source.has_lazy_annotations:
            findings.append(_annotations_read(source, statement, reading))
        for imported in (*reading.imports, *_imports_of_choices(unit, reading)):
            meaning = modules.imported(source, imported, statement.typing)
            if isinstance(meaning, Imported):
                kept.append(imported)
            else:
                dropped.append(imported)
                findings += _unclear_import(source, statement, imported)
    return Piece(
        unit,
        tuple(nodes),
        tuple(readings),
        tuple(resolved),
        tuple(dropped),
        tuple(kept),
        tuple(findings),
    )


def _imports_of_choices(unit: Unit, reading: Reading) -> list[LocalImport]:
    """The imports in a conditional statement, which stays as it is."""
    if len(unit.statements) > 1 or len(unit.statements[0].plain) > 1:
        return []
    return [one for each in reading.binds.values() for one in each if isinstance(one, LocalImport)]


def resolve(modules: Modules, source: Source, use: Use, typing: bool) -> Resolved | None:
    """What a use means; ``None`` for what an import inside a function brings and still will."""
    typing = typing or bool(use.annotation)
    if use.imports:
        meanings = [modules.imported(source, one, typing) for one in use.imports]
        meaning = meanings[0]
        if all(isinstance(one, Imported) for one in meanings):
            return None
        if any(one != meaning for one in meanings):
            facts = {"name": repr(use.name), "module": repr(source.module)}
            return Resolved(use, Refused(finding(catalogue.REASSIGNED, **facts)), use.node)
    else:
        meaning = modules.meaning(source.module, use.name, typing)
    node: cst.CSTNode = use.node
    looked_up = 0
    for attribute in use.chain:
        inner = _inside(modules, meaning, attribute.attr.value, looked_up, typing)
        if inner is None:
            break
        meaning = inner
        node = attribute
        looked_up += 1
    rest = use.chain[looked_up:]
    if isinstance(meaning, Defined) and meaning.held and rest:
        if rest[0].attr.value == "func":
            return Resolved(use, meaning, rest[0])
        kind = f"{rest[0].attr.value!r} of a node"
        refused = finding(catalogue.NEEDS_LIBRARY, name=repr(use.name), kind=kind)
        return Resolved(use, Refused(refused), node)
    return Resolved(use, meaning, node)


def _inside(
    modules: Modules, meaning: Meaning, name: str, looked_up: int, typing: bool
) -> Meaning | None:
    """What an attribute of a module is; ``None`` if it is looked up when the program runs."""
    if isinstance(meaning, OwnModule):
        return modules.attribute(meaning.module, name, typing)
    if looked_up and isinstance(meaning, Imported) and meaning.name is None:
        # A module that stays, in a package that is dissolved: nothing else imports its submodules.
        inner = f"{meaning.module}.{name}"
        return Imported(inner, None, name, typing=typing) if inner in sys.modules else None
    return None


def refusals(source: Source, statement: Statement, one: Resolved) -> Iterator[Finding]:
    """Why a use keeps the code from being inlined."""
    meaning, node = one.meaning, one.node

    def place() -> Place:
        return Place("used", source.file, statement.line_of(node))

    if isinstance(meaning, Refused):
        where = tuple(dict.fromkeys((*meaning.finding.where, place())))
        yield replace(meaning.finding, where=where)
    elif isinstance(meaning, OwnModule):
        yield finding(catalogue.MODULE_AS_OBJECT, place(), module=repr(meaning.module))
    elif isinstance(meaning, Attribute) and meaning.name != "__name__":
        yield finding(catalogue.TIED_TO_MODULE, place(), name=repr(meaning.name))
    elif isinstance(meaning, Builtin) and meaning.name == "globals":
        yield _tied(source, statement, one.use)


def _annotations_read(source: Source, statement: Statement, reading: Reading) -> Finding:
    line = statement.line_of(reading.annotations_read[0])
    place = Place("read", source.file, line)
    return finding(catalogue.ANNOTATIONS_READ, place, module=repr(source.module))


def _tied(source: Source, statement: Statement, use: Use) -> Finding:
    place = Place("used", source.file, statement.line_of(use.node))
    return finding(catalogue.TIED_TO_MODULE, place, name=f"'{use.name}()'")


def _unclear_import(source: Source, statement: Statement, one: LocalImport) -> Iterator[Finding]:
    """An import that cannot be taken out, because it is not alone in binding its name."""
    from hypergraph.compiler.link.inline.reading_names import name_bound

    name = name_bound(one.alias)
    if one.scope.kind == "class" or name not in one.scope.imported:
        place = Place("imported", source.file, statement.line_of(one.statement))
        facts = {"name": repr(name), "module": repr(source.module)}
        yield finding(catalogue.REASSIGNED, place, **facts)
