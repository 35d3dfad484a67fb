"""State of modules that changes while the program runs: refused, since a file has a copy of it."""

from __future__ import annotations

import ast
from collections.abc import Container, Iterator

import libcst as cst

from hypergraph.compiler.diagnostics import linking as catalogue
from hypergraph.compiler.diagnostics.problems import Place
from hypergraph.compiler.diagnostics.together import Finding, finding
from hypergraph.compiler.link.inline.meanings import Defined, Unit
from hypergraph.compiler.link.inline.modules import Modules
from hypergraph.compiler.link.inline.owned import of_library
from hypergraph.compiler.link.inline.resolve import Resolved, resolve
from hypergraph.compiler.link.inline.sources import Source, Statement
from hypergraph.compiler.link.inline.trees import dotted

_CHANGING = """
    add append appendleft clear difference_update discard extend extendleft insert
    intersection_update pop popitem popleft remove reverse rotate setdefault sort subtract
    symmetric_difference_update update
"""
_CHANGING_METHODS = frozenset(_CHANGING.split())
_CONTAINERS = "bytearray Counter defaultdict deque dict list OrderedDict set"
_CONTAINER_CLASSES = frozenset(_CONTAINERS.split())


def changed_state(modules: Modules, units: Container[Unit]) -> Iterator[Finding]:
    """Everything among the units that a function of any module changes, with one place each."""
    found: set[Defined] = set()
    for source in list(modules.sources.values()):
        if isinstance(source, Finding) or of_library(source.module):
            continue
        for statement in filter(_may_change, source.statements):
            for one in _changes(modules, source, statement):
                meaning = one.meaning
                if isinstance(meaning, Defined) and meaning.unit in units and meaning not in found:
                    found.add(meaning)
                    yield _refusal(source, statement, one, meaning)


def _may_change(statement: Statement) -> bool:
    """Whether a look at the statement is worth its parsing: few of them change anything."""
    return any(_is_change(item) for one in statement.plain for item in ast.walk(one))


def _is_change(item: ast.AST) -> bool:
    if isinstance(item, (ast.Attribute, ast.Subscript)):
        stored = not isinstance(item.ctx, ast.Load)
        return stored or (isinstance(item, ast.Attribute) and item.attr in _CHANGING_METHODS)
    return isinstance(item, ast.Global)


def _refusal(source: Source, statement: Statement, one: Resolved, meaning: Defined) -> Finding:
    place = Place("changed", source.file, statement.line_of(one.node))
    facts = {"name": repr(meaning.name), "module": repr(meaning.unit.module)}
    return finding(catalogue.CHANGED_STATE, place, **facts)


def _changes(modules: Modules, source: Source, statement: Statement) -> Iterator[Resolved]:
    """The uses, in functions, that change what they mean."""
    for use in statement.reading.uses:
        if use.scope.eager or not (
            use.how in ("change", "rebind") or (use.how == "call" and _ends_in_change(use.chain))
        ):
            continue
        one = resolve(modules, source, use, statement.typing)
        if one is None or not isinstance(one.meaning, Defined):
            continue
        if use.how != "call" or (one.node is _before_last(one) and _is_container(one.meaning)):
            yield one


def _ends_in_change(chain: tuple[cst.Attribute, ...]) -> bool:
    return bool(chain) and chain[-1].attr.value in _CHANGING_METHODS


def _before_last(one: Resolved) -> cst.CSTNode:
    """The object whose method is called."""
    return one.use.chain[-2] if len(one.use.chain) > 1 else one.use.node


def _is_container(meaning: Defined) -> bool:
    """Whether a name is assigned a container that is plain to see."""
    node = meaning.unit.statements[-1].node if meaning.unit.statements else None
    if not isinstance(node, cst.SimpleStatementLine):
        return False
    for one in node.body:
        value = getattr(one, "value", None)
        if isinstance(value, (cst.BaseList, cst.BaseDict, cst.BaseSet)):
            return True
        if isinstance(value, cst.Call):
            return dotted(value.func).rpartition(".")[2] in _CONTAINER_CLASSES
    return False
