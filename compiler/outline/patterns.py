"""Patterns of generated code: Python with holes, held against the syntax tree of a text.

A name that begins with ``_`` is a hole and stands for one expression; the same hole twice stands
for the same expression. ``*_rest`` among arguments, or a hole as a whole statement of a block, is
all that is left of the arguments or statements.
"""

from __future__ import annotations

import ast
from functools import cache
from typing import Any

Found = dict[str, Any]
_IGNORED = {"ctx", "kind", "type_comment", "lineno", "col_offset", "end_lineno", "end_col_offset"}


def expression(pattern: str, given: ast.expr) -> Found | None:
    """What the holes of a pattern stand for in an expression; ``None`` if it is another one.

    >>> found = expression("_a + 1", ast.parse("x * 2 + 1", mode="eval").body)
    >>> ast.unparse(found["a"])
    'x * 2'
    """
    found: Found = {}
    return found if _fits(_expression(pattern), given, found) else None


def statement(pattern: str, given: ast.stmt) -> Found | None:
    """The same for a statement.

    >>> found = statement("if _test:\\n    _body", ast.parse("if a:\\n    b()\\n    c()").body[0])
    >>> len(found["body"])
    2
    """
    found: Found = {}
    return found if _fits(_statement(pattern), given, found) else None


@cache
def _expression(pattern: str) -> ast.expr:
    return ast.parse(pattern, mode="eval").body


@cache
def _statement(pattern: str) -> ast.stmt:
    return ast.parse(pattern).body[0]


def _hole(pattern: Any) -> str | None:
    is_hole = isinstance(pattern, ast.Name) and pattern.id.startswith("_")
    return pattern.id[1:] if is_hole else None


def _fits(pattern: Any, given: Any, found: Found) -> bool:
    hole = _hole(pattern)
    if hole is not None:
        return isinstance(given, ast.expr) and _fill(hole, given, found)
    if isinstance(pattern, list):
        return isinstance(given, list) and _all_fit(pattern, given, found)
    if not isinstance(pattern, ast.AST):
        return type(pattern) is type(given) and bool(pattern == given)
    return type(pattern) is type(given) and all(
        _fits(value, getattr(given, field, None), found)
        for field, value in ast.iter_fields(pattern)
        if field not in _IGNORED
    )


def _all_fit(patterns: list[Any], given: list[Any], found: Found) -> bool:
    rest = _rest(patterns[-1]) if patterns else None
    if rest is None:
        pairs = zip(patterns, given, strict=False)
        return len(patterns) == len(given) and all(_fits(*pair, found) for pair in pairs)
    before = len(patterns) - 1
    if len(given) < before or not _all_fit(patterns[:-1], given[:before], found):
        return False
    found[rest] = given[before:]
    return True


def _rest(pattern: Any) -> str | None:
    """The hole for all that is left of a list."""
    if isinstance(pattern, (ast.Starred, ast.Expr)):
        return _hole(pattern.value)
    return None


def _fill(hole: str, given: ast.expr, found: Found) -> bool:
    if hole in found:
        return same(found[hole], given)
    found[hole] = given
    return True


def same(one: ast.AST, other: ast.AST) -> bool:
    """Whether two pieces of a syntax tree say the same."""
    if isinstance(one, ast.Name) and isinstance(other, ast.Name):
        return one.id == other.id
    return ast.unparse(one) == ast.unparse(other)
