"""Loops in their simpler forms in a text, and which form comes next."""

from __future__ import annotations

import ast
from dataclasses import replace

from hypergraph.compiler.outline.model import (
    Decides,
    Decision,
    Exit,
    Loop,
    Member,
)
from hypergraph.compiler.outline.patterns import expression, statement
from hypergraph.compiler.outline.read_expressions import decision_in, read_condition
from hypergraph.compiler.outline.read_rounds import read_rounds, take_go_on
from hypergraph.compiler.outline.read_stored import read_call
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

_ONCE = "if _limit < 1:\n    raise endless(_name, _limit, _gates)"
_TURNS = (
    "for _r in range(0, _limit, _step):\n    _body\nelse:\n    raise endless(_name, _limit, _gates)"
)
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
    starts: dict[str, str] = {}
    while inside:
        if members:
            _take_turn(scope, inside, rounds, len(members) + 1, named)
        before = members[-1].call if members else None
        # After a gate that nobody watches nothing can have happened beside the loop.
        if before is None or before.gate is None or scope.watch is not None:
            take_go_on(scope, inside, needed=before is None or before.gate is None)
        members.append(_read_member(scope, inside, starts))
    if number_of(found["step"]) != len(members):
        unreadable(found["step"], "the members are not as many as the rounds of one turn")
    loop = Loop(tuple(members), "turns", tuple(sorted(starts.items())), named=named)
    return replace(loop, exits=tuple(_read_exits(scope, cursor)))


def _take_turn(
    scope: Scope, inside: Cursor, rounds: str, place: int, named: tuple[str, tuple[str, ...]]
) -> None:
    """Take the lines that end the loop when no round is left for this member."""
    stated = inside.next
    found = inside.taken(_TURN)
    if found is None or name_of(found["r"]) != rounds or number_of(found["place"]) != place:
        unreadable(stated, "a member takes its turn without counting the round")
    _check_limit(scope, found["limit"])
    if (string_of(found["name"]), strings_of(found["gates"])) != named:
        unreadable(stated, "one loop has two names")


def _read_member(scope: Scope, inside: Cursor, starts: dict[str, str]) -> Member:
    """One turn, and the ways out after it."""
    before: dict[str, str] = {}
    while (kept := inside.fits("_before = _value")) is not None:
        if not isinstance(kept["value"], ast.Name) or not isinstance(kept["before"], ast.Name):
            break
        inside.take()
        before[kept["before"].id] = kept["value"].id
    call = read_call(scope, inside)
    if call.gate is not None:
        return Member(call, onward=_read_refusal(inside, call.gate.said))
    stops: list[str] = []
    for old, value in before.items():
        starts[value] = _read_stop(inside, old, value)
        stops.append(value)
    return Member(call, stops=tuple(stops))


def _read_stop(inside: Cursor, old: str, value: str) -> str:
    """The way out when a value stays the same; tells if there always was one before."""
    stated = inside.take()
    tests = {
        f"if not differs({old}, {value}):\n    break": "always",
        f"if {old} is not ABSENT and (not differs({old}, {value})):\n    break": "",
    }
    for test, start in tests.items():
        if ast.unparse(stated) == test:
            return start
    unreadable(stated, f"a loop is not left when {value} stays the same")


def _read_refusal(inside: Cursor, said: str) -> Decision:
    """The decision that goes on; any other leaves the loop."""
    stated = inside.take()
    left = statement("if _test:\n    break", stated)
    if left is not None:
        test = left["test"]
        other = expression("_s != _d", test)
        if other is not None and name_of(other["s"]) == said:
            return decision_in(other["d"])
        if ast.unparse(test) == f"not {said}":
            return True
        if ast.unparse(test) == said:
            return False
    unreadable(stated, "a decision does not lead out of the loop")


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
