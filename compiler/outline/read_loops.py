"""Loops in their simpler forms in a text, and which form comes next."""

from __future__ import annotations

import ast
from dataclasses import replace

from hypergraph.compiler.outline.model import (
    Call,
    Decides,
    Decision,
    Exit,
    Loop,
    Member,
)
from hypergraph.compiler.outline.patterns import statement
from hypergraph.compiler.outline.read_decisions import (
    passed_over,
    read_said,
    refused_decision,
    said_next,
)
from hypergraph.compiler.outline.read_expressions import read_condition
from hypergraph.compiler.outline.read_rounds import read_rounds, take_go_on
from hypergraph.compiler.outline.read_stored import read_call, with_copies
from hypergraph.compiler.outline.scope import (
    Cursor,
    Scope,
    name_of,
    number_of,
    skipped_absent,
    string_of,
    strings_of,
    unreadable,
)

_ENDLESS = "    raise endless(_name, _limit, _gates)"
_ONCE = f"if _limit < 1:\n{_ENDLESS}"
_TURNS = f"for _r in range(1, _limit + 1, _step):\n    _body\nelse:\n{_ENDLESS}"
_SECOND = "if _r == _limit:\n    raise endless(_name, _limit, _gates)"
_TURN = "if _r + _place > _limit:\n    raise endless(_name, _limit, _gates)"


def read_loop(scope: Scope, cursor: Cursor) -> Loop:
    """The loop that comes next: in turns, or in rounds of whoever is ready."""
    while skipped_absent(cursor):
        pass
    return _read_turns(scope, cursor) if cursor.fits(_TURNS) else read_rounds(scope, cursor)


def read_once(scope: Scope, cursor: Cursor) -> Loop:
    """A node that is not run again for what it produced itself."""
    found = cursor.taken(_ONCE)
    assert found is not None
    _check_limit(scope, found["limit"])
    named = string_of(found["name"]), strings_of(found["gates"])
    while skipped_absent(cursor):
        pass
    return Loop((Member(read_call(scope, cursor)),), "once", named=named)


def _check_limit(scope: Scope, given: ast.expr) -> None:
    if name_of(given) != scope.limit:
        unreadable(given, "a loop is held to something else than the limit on rounds")


def _read_turns(scope: Scope, cursor: Cursor) -> Loop:
    found = cursor.taken(_TURNS)
    assert found is not None
    _check_limit(scope, found["limit"])
    rounds = name_of(found["r"])
    named = string_of(found["name"]), strings_of(found["gates"])
    inside = Cursor(found["body"])
    members: list[Member] = []
    while inside:
        if members:
            _take_turn(scope, inside, rounds, len(members), named)
        before = members[-1].call if members else None
        # After a gate that nobody watches nothing can have happened beside the loop.
        if before is None or before.gate is None or scope.watch is not None:
            take_go_on(scope, inside, needed=before is None or before.gate is None)
        members.append(_read_member(scope, inside))
    if number_of(found["step"]) != len(members):
        unreadable(found["step"], "the members are not as many as the rounds of one turn")
    loop = Loop(tuple(members), "turns", named=named)
    return replace(loop, exits=tuple(_read_exits(scope, cursor)))


def _take_turn(
    scope: Scope, inside: Cursor, rounds: str, place: int, named: tuple[str, tuple[str, ...]]
) -> None:
    """Take the lines that end the loop when no round is left for this member."""
    stated = inside.next
    found = inside.taken(_SECOND if place == 1 else _TURN)
    counted = found is not None and (place == 1 or number_of(found["place"]) == place)
    if found is None or name_of(found["r"]) != rounds or not counted:
        unreadable(stated, "a member takes its turn without counting the round")
    _check_limit(scope, found["limit"])
    if (string_of(found["name"]), strings_of(found["gates"])) != named:
        unreadable(stated, "one loop has two names")


def _read_member(scope: Scope, inside: Cursor) -> Member:
    """One turn, and the ways out after it."""
    before: dict[str, str] = {}
    while (kept := inside.fits("_before = _value")) is not None:
        if not isinstance(kept["value"], ast.Name) or not isinstance(kept["before"], ast.Name):
            break
        inside.take()
        before[kept["before"].id] = kept["value"].id
    said = said_next(inside)
    if said is not None:
        return _read_gate(scope, inside, said)
    call = read_call(scope, inside)
    if call.gate is not None:
        return Member(call, onward=_read_leaving(inside, call.gate.said))
    for old, value in before.items():
        _take_stop(inside, old, value)
    return Member(call, stops=tuple(before.values()))


def _take_stop(inside: Cursor, old: str, value: str) -> None:
    """Take the way out for a value that stays the same."""
    if not inside or ast.unparse(inside.take()) != f"if not differs({old}, {value}):\n    break":
        unreadable(ast.Pass(), f"a loop is not left when {value} stays the same")


def _read_leaving(inside: Cursor, said: str) -> Decision:
    """The one decision that goes on, where what is said has been checked."""
    place = inside.take()
    found = statement("if _test:\n    break", place)
    passed = None if found is None else passed_over(found["test"], said)
    if passed is None or len(passed) != 1:
        unreadable(place, "it does not take one decision to go on")
    return passed.pop()


def _read_gate(scope: Scope, inside: Cursor, said: str) -> Member:
    """A gate: one decision goes on, any other leaves the loop, a wrong one is refused there."""
    call, fallback = read_said(scope, inside, said)
    call = with_copies(inside, call)
    leaves = inside.take()
    passed = passed_over(leaves.test, said) if isinstance(leaves, ast.If) else None
    if passed is None or not isinstance(leaves, ast.If) or len(passed) != 1:
        unreadable(leaves, "it does not take one decision to go on")
    (onward,) = passed
    ends = [type(one) for one in leaves.body]
    if ends not in ([ast.Raise], [ast.If, ast.Break]):
        unreadable(leaves, "a decision does not lead out of the loop")
    return Member(_refusing(scope, call, said, fallback, leaves, onward), onward=onward)


def _refusing(
    scope: Scope, call: Call, said: str, fallback: str | None, leaves: ast.If, onward: Decision
) -> Call:
    """The gate, from what is refused when it does not go on: at once if it may only go on."""
    first = leaves.body[0]
    if isinstance(first, ast.Raise):
        return refused_decision(scope, call, said, fallback, leaves, {onward})
    passed = passed_over(first.test, said) if isinstance(first, ast.If) else None
    if passed is None or not isinstance(first, ast.If) or onward in passed:
        unreadable(leaves, "a wrong decision is not refused")
    return refused_decision(scope, call, said, fallback, first, {*passed, onward})


def _read_exits(scope: Scope, cursor: Cursor) -> list[Exit]:
    """What of the last decisions is wanted outside."""
    exits: list[Exit] = []
    while cursor:
        found = cursor.fits("_flag = _chosen")
        if found is None or not isinstance(found["chosen"], ast.Compare):
            break
        chosen = read_condition(scope, found["chosen"])
        if not isinstance(chosen, Decides):
            break
        cursor.take()
        flag = name_of(found["flag"])
        scope.flags.add(flag)
        exits.append(Exit(flag, chosen.said, chosen.decision))
    return exits
