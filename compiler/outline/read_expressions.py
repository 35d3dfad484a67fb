"""Conditions, decisions and values in a text."""

from __future__ import annotations

import ast
from collections.abc import Callable

from hypergraph.compiler.outline.model import (
    ALWAYS,
    NEVER,
    Chose,
    Condition,
    Decides,
    Decision,
    Has,
    Silent,
    either,
    every,
)
from hypergraph.compiler.outline.patterns import expression, same
from hypergraph.compiler.outline.scope import Scope, name_of, string_of, unreadable

Value = tuple["str | None", str]


def read_condition(scope: Scope, given: ast.expr) -> Condition:
    """A condition; ``Unreadable`` for any other expression."""
    if isinstance(given, ast.BoolOp):
        joined = every if isinstance(given.op, ast.And) else either
        return joined(_parts(scope, given))
    if isinstance(given, ast.Constant) and isinstance(given.value, bool):
        return ALWAYS if given.value else NEVER
    if isinstance(given, ast.Name):
        return _named(scope, given.id)
    for pattern, made in _TESTS.items():
        found = expression(pattern, given)
        if found is not None:
            return made(found["x"], found.get("d", given))
    unreadable(given, "this is not a condition that a generated program has")


def _parts(scope: Scope, given: ast.BoolOp) -> list[Condition]:
    """The parts; of a gate with several targets, two tests in a row are one."""
    parts: list[Condition] = []
    sign = "_x is not OPEN" if isinstance(given.op, ast.And) else "_x is OPEN"
    pending: ast.expr | None = None
    for one in given.values:
        found = expression("_d in _x", one)
        if pending is not None and found is not None and same(found["x"], pending):
            undecided = isinstance(given.op, ast.Or)
            parts.append(Decides(name_of(found["x"]), decision_in(found["d"]), undecided))
            pending = None
            continue
        if pending is not None:
            parts.append(Silent(name_of(pending)))
        tested = expression(sign, one)
        pending = None if tested is None else tested["x"]
        if tested is None:
            parts.append(read_condition(scope, one))
    if pending is not None:
        parts.append(Silent(name_of(pending)))
    return parts


def _named(scope: Scope, name: str) -> Condition:
    if name in scope.conditions:
        return scope.conditions[name]
    return Chose(name) if name in scope.flags else Decides(name, True)


def decision_in(given: ast.expr) -> Decision:
    """What a gate says: a target, ``END``, or one of the truth values."""
    if isinstance(given, ast.Name) and given.id == "END":
        return "END"
    if isinstance(given, ast.Constant) and isinstance(given.value, bool):
        return given.value
    return string_of(given)


Test = Callable[[ast.expr, ast.expr], Condition]
_TESTS: dict[str, Test] = {
    "_x is not ABSENT": lambda x, _: Has(name_of(x)),
    "_x is OPEN": lambda x, _: Silent(name_of(x)),
    "_x is True": lambda x, _: Decides(name_of(x), True),
    "_x is False": lambda x, _: Decides(name_of(x), False),
    "_x == _d": lambda x, d: Decides(name_of(x), decision_in(d)),
    "_x in (OPEN, _d)": lambda x, d: Decides(name_of(x), decision_in(d), undecided=True),
    "_d in _x": lambda x, d: Decides(name_of(x), decision_in(d)),
    "not _x": lambda x, _: Decides(name_of(x), False),
}


def read_value(scope: Scope, given: ast.expr) -> Value:
    """The variable whose value is meant, and the text of what stands in for it, or of all."""
    if isinstance(given, ast.Name) and given.id in scope.variables:
        return _variable(scope, given.id), ""
    item = expression("_dict[_key]", given)
    key = getattr(item["key"], "value", None) if item is not None else None
    if key in scope.given:
        return scope.given[key]
    found = expression("_v if _v is not ABSENT else _w", given)
    if found is not None and name_of(found["v"]) in scope.variables:
        return _variable(scope, name_of(found["v"])), ast.unparse(found["w"])
    return None, ast.unparse(given)


def _variable(scope: Scope, name: str) -> str:
    """A value as the round found it; one that this round changed before is another value."""
    return scope.seen.get(name, f"{name}, just changed" if name in scope.stale else name)
