"""Statements that do something when a module is imported, other than to define names.

Whoever imports a module has them run as well, so a file must have those that matter to it:

- what changes an object of the user's is needed when the object is, as ``TABLE["x"] = 1``, a loop
  that fills a table, or a function under ``@registry.add``;
- what calls something that stays imported is always needed, as ``logging.basicConfig()``;
- what only has to do with objects of this library is not needed, and neither is ``sys.path``.
"""

from __future__ import annotations

import ast
from collections.abc import Container, Iterator, Mapping

import libcst as cst

from hypergraph.compiler.diagnostics import linking as catalogue
from hypergraph.compiler.link.inline.binding import small_statements
from hypergraph.compiler.link.inline.meanings import (
    Builtin,
    Defined,
    Imported,
    OwnModule,
    Refused,
    Unit,
    effect,
)
from hypergraph.compiler.link.inline.modules import Modules
from hypergraph.compiler.link.inline.resolve import Resolved, resolve
from hypergraph.compiler.link.inline.sources import Source, Statement
from hypergraph.compiler.link.inline.trees import children


def effects_of(modules: Modules, units: Mapping[Unit, int]) -> list[Unit]:
    """The statements with effects that matter to the units, apart from those among the units."""
    found = []
    for name in sorted({unit.module for unit in units if not unit.typing}):
        source = modules.source(name)
        assert isinstance(source, Source)
        for statement in source.statements:
            unit = effect(statement)
            if (
                unit not in units
                and has_effect(statement)
                and matters(modules, source, statement, units)
            ):
                found.append(unit)
    return found


def has_effect(statement: Statement) -> bool:
    """Whether a statement may do more than to bind names."""
    if statement.typing:
        return False
    first = statement.plain[0]
    if isinstance(first, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        return any(map(_is_registering, first.decorator_list))
    small = (one for each in statement.plain for one in small_statements(each))
    return any(map(_does_something, small))


def matters(modules: Modules, source: Source, statement: Statement, units: Container[Unit]) -> bool:
    """Whether a file with these units needs the effect of a statement."""
    found = list(_mentioned(modules, source, statement))
    if any(map(_is_of_library, found)) or any(map(_is_search_path, found)):
        return False
    if statement.is_definition:
        return any(_is_needed(one, units) for one in found if one.use.chain)
    changed = [one for one in found if one.use.how == "change"]
    if changed:
        return any(_is_needed(one, units) for one in changed)
    calls = [one for one in found if one.use.how == "call"]
    if any(isinstance(one.meaning, Imported) for one in calls):
        return True
    bases = [one for one in calls if isinstance(one.meaning, Defined) and one.use.chain]
    if bases:
        return any(_is_needed(one, units) for one in bases)
    objects = [one for one in found if one.use.how != "call"]
    objects = [one for one in objects if isinstance(one.meaning, Defined)]
    if objects:
        return any(_is_needed(one, units) for one in objects)
    return not all(isinstance(one.meaning, Builtin) for one in found)


def _mentioned(modules: Modules, source: Source, statement: Statement) -> Iterator[Resolved]:
    node = statement.node
    decorators = node.decorators if isinstance(node, (cst.FunctionDef, cst.ClassDef)) else ()
    mentioned = {id(name) for one in decorators for name in _names(one)}
    for use in statement.reading.uses:
        if use.eager and (not decorators or id(use.node) in mentioned):
            one = resolve(modules, source, use, typing=False)
            if one is not None:
                yield one


def _names(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    yield node
    for child in children(node):
        yield from _names(child)


def _is_needed(one: Resolved, units: Container[Unit]) -> bool:
    return isinstance(one.meaning, Defined) and one.meaning.unit in units


def _is_of_library(one: Resolved) -> bool:
    if isinstance(one.meaning, Refused):
        return one.meaning.finding.entry is catalogue.NEEDS_LIBRARY
    return isinstance(one.meaning, OwnModule) and one.meaning.module.startswith("hypergraph")


def _is_search_path(one: Resolved) -> bool:
    meaning = one.meaning
    if not isinstance(meaning, Imported) or meaning.module != "sys":
        return False
    return meaning.name == "path" or bool(one.use.chain and one.use.chain[0].attr.value == "path")


def _is_registering(decorator: ast.expr) -> bool:
    """Whether it is an attribute of something, as ``@registry.add`` or ``@app.get("/")``."""
    return isinstance(
        decorator.func if isinstance(decorator, ast.Call) else decorator, ast.Attribute
    )


def _does_something(node: ast.stmt) -> bool:
    if isinstance(node, ast.Expr):
        return not isinstance(node.value, (ast.Constant, ast.Name))
    if isinstance(node, (ast.Assign, ast.Delete)):
        return any(isinstance(one, (ast.Attribute, ast.Subscript)) for one in node.targets)
    if isinstance(node, (ast.AugAssign, ast.AnnAssign)):
        return isinstance(node.target, (ast.Attribute, ast.Subscript))
    return isinstance(node, (ast.Raise, ast.Assert))
