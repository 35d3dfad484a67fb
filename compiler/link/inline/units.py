"""Which statements define a name, and whether that is plain enough to take them elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import libcst as cst

from hypergraph.compiler.diagnostics import linking as catalogue
from hypergraph.compiler.diagnostics.problems import Entry, Place
from hypergraph.compiler.diagnostics.together import Finding, finding
from hypergraph.compiler.link.inline.meanings import Unit
from hypergraph.compiler.link.inline.scopes import LocalImport
from hypergraph.compiler.link.inline.sources import Source, Statement
from hypergraph.compiler.link.inline.trees import children, dotted

Stays = Callable[[Source, LocalImport], bool]


class Unclear(Exception):
    """A name of which the definition cannot be taken from its module."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.entry.code)
        self.finding = finding


def unit_for(source: Source, name: str, statements: Sequence[Statement], stays: Stays) -> Unit:
    """The statements that define a name.

    ``stays`` tells whether an import in a conditional statement remains an import. Raises
    ``Unclear`` for a name that is assigned more than once, or under a condition.
    """
    if len(statements) > 1 and not _are_overloads(statements):
        raise _unclear(catalogue.REASSIGNED, source, name, statements)
    last = statements[-1]
    if last.is_definition:
        return Unit(source.module, name, tuple(statements))
    if len(last.reading.binds[name]) > 1 and isinstance(last.node, cst.SimpleStatementLine):
        raise _unclear(catalogue.REASSIGNED, source, name, statements)
    if not isinstance(last.node, cst.SimpleStatementLine) and not _is_choice(source, last, stays):
        raise _unclear(catalogue.CONDITIONAL, source, name, statements)
    others = [one for each in last.binds for one in source.bound[each]]
    if any(other is not last for other in others):
        raise _unclear(catalogue.REASSIGNED, source, name, others)
    return Unit(source.module, last.binds[0], (last,))


def _are_overloads(statements: Sequence[Statement]) -> bool:
    """Whether all but the last are the typed forms of an overloaded function."""
    functions = [one.node for one in statements if isinstance(one.node, cst.FunctionDef)]
    return len(functions) == len(statements) and all(
        any(dotted(one.decorator).rpartition(".")[2] == "overload" for one in function.decorators)
        for function in functions[:-1]
    )


def _is_choice(source: Source, statement: Statement, stays: Stays) -> bool:
    """Whether a conditional statement does nothing but choose among imports and literals."""
    if not isinstance(statement.node, (cst.If, cst.Try)):
        return False
    imports = [
        one for nodes in statement.reading.binds.values() for one in nodes if _is_import(one)
    ]
    return all(map(_is_plain, _small_statements(statement.node))) and all(
        stays(source, one) for one in imports if isinstance(one, LocalImport)
    )


def _is_import(value: object) -> bool:
    return isinstance(value, LocalImport)


def _small_statements(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    if isinstance(node, (cst.BaseSmallStatement, cst.FunctionDef, cst.ClassDef)):
        yield node
        return
    for child in children(node):
        yield from _small_statements(child)


def _is_plain(node: cst.CSTNode) -> bool:
    if isinstance(node, (cst.Import, cst.ImportFrom, cst.Pass)):
        return True
    literals = (cst.Name, cst.SimpleString, cst.Integer, cst.Float)
    return isinstance(node, cst.Assign) and isinstance(node.value, literals)


def _unclear(entry: Entry, source: Source, name: str, statements: Sequence[Statement]) -> Unclear:
    places = [Place("assigned", source.file, one.line) for one in dict.fromkeys(statements)]
    return Unclear(finding(entry, *places, name=repr(name), module=repr(source.module)))
