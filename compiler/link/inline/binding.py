"""The names that a statement binds in its module, without parsing it as a concrete tree."""

from __future__ import annotations

import ast
from collections.abc import Iterator


def bound_names(node: ast.AST) -> Iterator[str]:
    """Every name that a statement at the top of a module binds there; ``"*"`` for a star import.

    >>> list(bound_names(ast.parse("for a, b.c in [d := 1 for e in f]: import g.h").body[0]))
    ['a', 'd', 'g']
    """
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        yield node.name
    elif isinstance(node, (ast.Import, ast.ImportFrom)):
        yield from (alias.asname or alias.name.partition(".")[0] for alias in node.names)
    elif isinstance(node, ast.Name):
        if not isinstance(node.ctx, ast.Load):
            yield node.id
    elif not isinstance(node, (ast.Lambda, ast.AnnAssign)) or _assigns(node):
        yield from _own_name(node)
        for child in ast.iter_child_nodes(node):
            if not isinstance(child, ast.comprehension):
                yield from bound_names(child)
            else:
                for part in (child.iter, *child.ifs):
                    yield from bound_names(part)


def _assigns(node: ast.AST) -> bool:
    """Whether an annotated name is also given a value."""
    return isinstance(node, ast.AnnAssign) and node.value is not None


def _own_name(node: ast.AST) -> Iterator[str]:
    """The name that the node itself has as a string: of a handler, or of a capture."""
    if isinstance(node, (ast.ExceptHandler, ast.MatchAs, ast.MatchStar)) and node.name:
        yield node.name
    elif isinstance(node, ast.MatchMapping) and node.rest:
        yield node.rest


def small_statements(node: ast.stmt) -> Iterator[ast.stmt]:
    """The statements without others inside that run when the module does.

    Definitions count as such: what is inside of them runs later.
    """
    blocks = [
        getattr(node, part, ()) for part in ("body", "orelse", "handlers", "finalbody", "cases")
    ]
    inner = [one for block in blocks for one in block]
    if not inner or isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        yield node
        return
    for one in inner:
        if isinstance(one, ast.stmt):
            yield from small_statements(one)
        else:
            for each in one.body:
                yield from small_statements(each)
