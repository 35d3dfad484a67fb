"""The text of a definition as the file has it."""

from __future__ import annotations

from typing import Any

import libcst as cst

from hypergraph.compiler.link.inline.meanings import Attribute, Defined, Imported
from hypergraph.compiler.link.inline.modules import absolute
from hypergraph.compiler.link.inline.naming import Names
from hypergraph.compiler.link.inline.resolve import Piece, Resolved
from hypergraph.compiler.link.inline.scopes import LocalImport, Reading
from hypergraph.compiler.link.inline.sources import Source
from hypergraph.compiler.link.inline.trees import (
    Replacement,
    chain_of,
    code_of,
    dotted,
    renamed,
    rewritten,
)


def text_of(piece: Piece, source: Source, names: Names) -> str:
    """A piece with everything in it called by its name in the file."""
    edits: dict[int, Replacement] = {}
    for one in piece.resolved:
        edit = _edit(piece, one, names)
        if edit is not None:
            edits[id(one.node)] = edit
    for imported in piece.dropped:
        edits[id(imported.alias)] = None
    edits.update(_bindings(piece, names))
    for reading in piece.readings:
        _strings(reading, edits)
    for imported in piece.kept:
        if isinstance(imported.statement, cst.ImportFrom) and imported.statement.relative:
            edits[id(imported.statement)] = _absolute(imported.statement, source, edits)
    nodes: Any = [rewritten(node, edits) for node in piece.nodes] if edits else piece.nodes
    return code_of(cst.Module(nodes)).strip("\n")


def alias_text(name: str, same: str) -> str:
    """A statement that gives a second name to something."""
    assignment = cst.Assign([cst.AssignTarget(cst.Name(name))], cst.Name(same))
    return code_of(cst.SimpleStatementLine([assignment])).strip()


def _edit(piece: Piece, one: Resolved, names: Names) -> Replacement:
    if isinstance(one.meaning, Attribute) and one.meaning.name == "__name__":
        marks = {
            quote for reading in piece.readings for quote in reading.within.get(id(one.node), "")
        }
        text = repr(piece.unit.module)
        return cst.SimpleString(text.replace("'", '"') if "'" in marks else text)
    if not isinstance(one.meaning, (Defined, Imported)):
        return None
    called = names.at(one.meaning, one)
    return None if dotted(one.node) == called else renamed(one.node, called)


def _absolute(
    statement: cst.ImportFrom, source: Source, edits: dict[int, Replacement]
) -> Replacement:
    """An import that stays, of something that is not beside the file any more."""
    others = {key: edit for key, edit in edits.items() if key != id(statement)}
    after = rewritten(statement, others)
    if after is None:
        return None
    space = cst.SimpleWhitespace(" ")
    found: cst.ImportFrom = after.with_changes(
        module=chain_of(absolute(source, statement)),
        relative=(),
        whitespace_after_from=space,
        whitespace_before_import=space,
    )
    return found


def _bindings(piece: Piece, names: Names) -> dict[int, Replacement]:
    """The nodes by which a piece binds names that are others in the file."""
    edits: dict[int, Replacement] = {}
    for name, nodes in piece.binds.items():
        called = names.of.get(Defined(piece.unit.binder, name))
        for node in nodes:
            if called is None and isinstance(node, LocalImport):
                edits[id(node.alias)] = None
            elif called is not None and called != name:
                edits.update([_renamed_binding(node, called)])
    return edits


def _renamed_binding(node: cst.CSTNode | LocalImport, called: str) -> tuple[int, Replacement]:
    if isinstance(node, LocalImport):
        return id(node.alias), node.alias.with_changes(asname=_as(called))
    return id(node), renamed(node, called)


def _as(name: str) -> cst.AsName:
    space = cst.SimpleWhitespace(" ")
    return cst.AsName(cst.Name(name), space, space)


def _strings(reading: Reading, edits: dict[int, Replacement]) -> None:
    """Annotations within strings, and the expressions that f-strings show with their text."""
    for string, inner in reading.quoted:
        after = rewritten(inner, edits)
        if after is not inner:
            text = _quoted(code_of(after))
            edits[id(string)] = cst.SimpleString(text, lpar=string.lpar, rpar=string.rpar)
    for part in reading.shown:
        after = rewritten(part, edits)
        if after is not part:
            edits[id(part)] = _spelled_out(part, after)


def _quoted(text: str) -> str:
    return f'"{text}"' if '"' not in text and "\\" not in text else repr(text)


def _spelled_out(
    before: cst.FormattedStringExpression, after: cst.FormattedStringExpression
) -> tuple[cst.CSTNode, ...]:
    """``{x=}`` as ``x={y!r}``, where ``x`` is called ``y`` in the file."""
    bare = before.with_changes(conversion=None, format_spec=None)
    text = code_of(bare)[1:-1].replace("{", "{{").replace("}", "}}")
    plainly = before.conversion is None and before.format_spec is None
    conversion = "r" if plainly else before.conversion
    return (
        cst.FormattedStringText(text),
        after.with_changes(equal=None, conversion=conversion),
    )
