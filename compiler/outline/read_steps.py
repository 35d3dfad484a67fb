"""The supersteps of a function in a text: steps, branches, and calls that overlap."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from hypergraph.compiler.outline.model import (
    ALWAYS,
    NEVER,
    Condition,
    Decides,
    Decision,
    Loop,
    Step,
    Superstep,
)
from hypergraph.compiler.outline.patterns import expression
from hypergraph.compiler.outline.read_expressions import read_condition
from hypergraph.compiler.outline.read_loops import read_loop, read_once
from hypergraph.compiler.outline.read_stored import guarded_step, read_call, takes_answer
from hypergraph.compiler.outline.read_together import deferred_steps, is_together
from hypergraph.compiler.outline.scope import Cursor, Scope, skipped_absent, unreadable


def read_superstep(scope: Scope, number: int, begins: int, cursor: Cursor) -> Superstep:
    """All that shares one place in the order; the comment in front is in line ``begins``."""
    items: list[Step | Loop] = []
    together = False
    signals: tuple[str, ...] = ()
    while cursor:
        if skipped_absent(cursor) or _skipped_silence(scope, cursor):
            continue
        loops = {line for line in scope.loops if begins < line < cursor.next.lineno}
        if loops:
            scope.loops -= loops
            items.append(read_loop(scope, cursor))
        elif cursor.fits("if _limit < 1:\n    raise endless(_name, _limit, _gates)"):
            items.append(read_once(scope, cursor))
        elif is_together(cursor):
            steps, signals = deferred_steps(scope, cursor)
            items += steps
            together = True
        elif isinstance(cursor.next, ast.If) and not takes_answer(cursor):
            items += _read_branches(scope, cursor)
        else:
            items.append(Step(read_call(scope, cursor)))
    return Superstep(number, tuple(items), together, signals)


def _skipped_silence(scope: Scope, cursor: Cursor) -> bool:
    """Take a line that says what a gate has said if it is not asked, and remember it."""
    found = cursor.fits("_said = _silence")
    if found is None or not isinstance(found["said"], ast.Name):
        return False
    silence, said = found["silence"], found["said"].id
    either = expression("OPEN if _test else _closed", silence)
    if either is not None and _is_closed(either["closed"]):
        scope.otherwise[said] = read_condition(scope, either["test"])
    elif isinstance(silence, ast.Name) and silence.id == "OPEN":
        scope.otherwise[said] = ALWAYS
    elif _is_closed(silence):
        scope.otherwise[said] = NEVER
    else:
        return False
    cursor.take()
    return True


def _is_closed(given: ast.expr) -> bool:
    return ast.unparse(given) in ("None", "()")


# -- Branches -----------------------------------------------------------------------------------


def _read_branches(scope: Scope, cursor: Cursor) -> Iterator[Step]:
    """``if``, ``elif``, ``else``: branches that exclude each other, as decisions of one gate."""
    place = cursor.take()
    arms = list(_arms(place))
    guards: list[Condition] = []
    for test, _ in arms:
        if test is not None:
            guards.append(read_condition(scope, test))
        else:
            guards.append(_what_is_left(scope, place, guards))
    if len(arms) > 1:
        _check_exclusive(scope, place, guards)
    for guard, (_, body) in zip(guards, arms, strict=True):
        inside = Cursor(body)
        while inside:
            yield guarded_step(scope, read_call(scope, inside), guard)


def _arms(given: ast.stmt) -> Iterator[tuple[ast.expr | None, Sequence[ast.stmt]]]:
    while isinstance(given, ast.If):
        yield given.test, given.body
        follows = given.orelse
        if not follows:
            return
        is_elif = isinstance(follows[0], ast.If) and follows[0].col_offset == given.col_offset
        if not is_elif:
            yield None, follows
            return
        given = follows[0]


def _what_is_left(scope: Scope, place: ast.stmt, guards: Sequence[Condition]) -> Condition:
    """The one decision that a gate has left for ``else``."""
    chosen = [one for one in guards if isinstance(one, Decides)]
    said = chosen[0].said if chosen else ""
    if len(chosen) < len(guards) or said not in scope.gates:
        unreadable(place, "there is an else, but no gate decides")
    kind, gate = scope.gates[said]
    left: set[Decision] = gate.outcomes(kind) - {one.decision for one in chosen}
    if len(left) != 1:
        unreadable(place, f"an else stands for {len(left)} decisions")
    return Decides(said, left.pop())


def _check_exclusive(scope: Scope, place: ast.stmt, guards: Sequence[Condition]) -> None:
    chosen = [one for one in guards if isinstance(one, Decides) and not one.undecided]
    decisions = {one.decision for one in chosen}
    gates = {one.said for one in chosen}
    if not len(guards) == len(chosen) == len(decisions) or len(gates) != 1:
        unreadable(place, "these branches are not different decisions of one gate")
    (said,) = gates
    if said not in scope.gates or scope.gates[said][1].several:
        unreadable(place, "of these branches several may be wanted at once")
