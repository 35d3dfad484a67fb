"""Concrete syntax trees: which parts of a node mean something, and replacing some of them."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Iterator, Mapping
from typing import Any

import libcst as cst

# By identity of the node: what stands in its place. That is nothing for ``None``; a tuple can only
# stand for one of several nodes in a row.
Replacement = cst.CSTNode | tuple[cst.CSTNode, ...] | None
Edits = Mapping[int, Replacement]

_LAYOUT = """
    lpar rpar lbracket rbracket lbrace rbrace comma semicolon equal colon first_colon second_colon
    dot operator operators asynchronous leading_lines lines_after_decorators header footer indent
    trailing_whitespace leading_whitespace star separator trailing_comma relative posonly_ind
    newline conversion start end default_indent default_newline encoding has_trailing_newline
"""
# Asked by exact type: the classes of nodes are abstract ones, which makes ``isinstance`` slow.
_NO_NODES = frozenset({type(None), str, bool, cst.MaybeSentinel})
_IGNORED = frozenset(_LAYOUT.split())


@functools.cache
def parts_of(kind: type[cst.CSTNode]) -> tuple[str, ...]:
    """The fields of a class of nodes that hold more than layout.

    >>> parts_of(cst.Attribute)
    ('value', 'attr')
    """
    names = (field.name for field in dataclasses.fields(kind))
    return tuple(name for name in names if name not in _IGNORED and "whitespace_" not in name)


def children(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """The nodes directly below a node, without those that are only layout."""
    for part in parts_of(type(node)):
        value = getattr(node, part)
        kind = type(value)
        if kind is list or kind is tuple:
            yield from value
        elif kind not in _NO_NODES:
            yield value


def rewritten(node: cst.CSTNode, edits: Edits) -> Any:
    """The tree with every edit made; the very same node where there was nothing to do.

    A statement that is taken out leaves ``pass`` behind where a block would be empty.

    >>> call = cst.parse_expression("f(x)")
    >>> cst.Module([]).code_for_node(rewritten(call, {id(call.func): cst.Name("g")}))
    'g(x)'
    """
    if id(node) in edits:
        return edits[id(node)]
    changes: dict[str, Any] = {}
    for part in parts_of(type(node)):
        value = getattr(node, part)
        kind = type(value)
        if kind is list or kind is tuple:
            items = _rewritten_items(value, edits)
            if items is not None:
                changes[part] = items
        elif kind not in _NO_NODES:
            after = rewritten(value, edits)
            if after is not value:
                changes[part] = after
    return _changed(node, changes) if changes else node


def _rewritten_items(items: Any, edits: Edits) -> list[Any] | None:
    after = [rewritten(item, edits) for item in items]
    if all(new is old for new, old in zip(after, items, strict=True)):
        return None
    found: list[Any] = []
    for item in after:
        found += item if isinstance(item, tuple) else [] if item is None else [item]
    return found


def _changed(node: cst.CSTNode, changes: dict[str, Any]) -> cst.CSTNode | None:
    body = changes.get("body")
    if isinstance(node, cst.SimpleStatementLine) and body == []:
        return None
    if isinstance(node, (cst.IndentedBlock, cst.SimpleStatementSuite)) and body is not None:
        changes["body"] = _filled(node, body)
    if isinstance(node, (cst.Import, cst.ImportFrom)) and "names" in changes:
        if not changes["names"]:
            return None
        last = changes["names"][-1].with_changes(comma=cst.MaybeSentinel.DEFAULT)
        changes["names"] = [*changes["names"][:-1], last]
    return node.with_changes(**changes)


def _filled(node: cst.IndentedBlock | cst.SimpleStatementSuite, body: list[Any]) -> list[Any]:
    """A block's statements: at least one, and no empty lines where the first one was taken out."""
    if not body:
        done = cst.Pass()
        return [cst.SimpleStatementLine([done]) if isinstance(node, cst.IndentedBlock) else done]
    first = body[0]
    if isinstance(node, cst.IndentedBlock) and len(body) < len(node.body):
        lines = list(first.leading_lines)
        while lines and lines[0].comment is None:
            del lines[0]
        body = [first.with_changes(leading_lines=lines), *body[1:]]
    return body


def renamed(node: cst.CSTNode, name: str) -> cst.Name:
    """A name in the place of a name or an attribute, within the same parentheses."""
    if isinstance(node, (cst.Name, cst.Attribute)):
        return cst.Name(name, lpar=node.lpar, rpar=node.rpar)
    return cst.Name(name)


def dotted(node: cst.CSTNode | None) -> str:
    """A chain of attributes as text; ``""`` for anything else.

    >>> dotted(cst.parse_expression("os.path.join"))
    'os.path.join'
    """
    if isinstance(node, cst.Name):
        return node.value
    if isinstance(node, cst.Attribute):
        before = dotted(node.value)
        return f"{before}.{node.attr.value}" if before else ""
    return ""


def chain_of(path: str) -> cst.Name | cst.Attribute:
    """A chain of attributes from its text; the opposite of :func:`dotted`."""
    first, *others = path.split(".")
    chain: cst.Name | cst.Attribute = cst.Name(first)
    for name in others:
        chain = cst.Attribute(chain, cst.Name(name))
    return chain


def code_of(node: cst.CSTNode) -> str:
    """The text of a node."""
    return _EMPTY.code_for_node(node)


_EMPTY = cst.Module([])
