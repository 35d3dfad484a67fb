"""Loops in their general form in a text: what is set up, who is ready, and what a round does."""

from __future__ import annotations

import ast
from collections.abc import Sequence

from hypergraph.compiler.outline.model import (
    NEVER,
    Condition,
    Decides,
    Every,
    Exit,
    Loop,
    Member,
    Silent,
    every,
)
from hypergraph.compiler.outline.patterns import expression
from hypergraph.compiler.outline.read_expressions import read_condition
from hypergraph.compiler.outline.read_readiness import Readiness, read_readiness
from hypergraph.compiler.outline.read_round import Block, Round, read_round
from hypergraph.compiler.outline.scope import (
    Cursor,
    Scope,
    name_of,
    skipped_absent,
    string_of,
    strings_of,
    unreadable,
)


def read_rounds(scope: Scope, cursor: Cursor) -> Loop:
    """A loop that asks in every round who is ready."""
    start = _read_start(scope, cursor)
    place = cursor.next
    found = cursor.taken("while True:\n    _body")
    if found is None:
        unreadable(place, "there should be a loop")
    inside = Cursor(found["body"])
    dropped = _read_dropped(inside, start)
    readiness = read_readiness(scope, inside, start)
    _read_end(inside, readiness)
    take_go_on(scope, inside, needed=True)
    rounds, named = _read_count(scope, inside)
    flags = [name for name, value in start.items() if _is(value, "False")]
    scope.flags.update(flags)
    made = read_round(scope, inside, start, readiness)
    _check_dropped(scope, place, dropped, made)
    chosen = dict(one for block in made.blocks for one in block.chosen)
    flags = [one for one in flags if one not in readiness.records]
    exits = _read_exits(scope, cursor, flags, chosen)
    order = [name for name in start if name in readiness.records]
    blocks = sorted(made.blocks, key=lambda block: order.index(readiness.record_of(block.runs)))
    nodes = {readiness.root(block.runs): block.call.node for block in blocks}
    return Loop(
        tuple(_member(readiness, block, nodes) for block in blocks),
        "general",
        tuple(sorted(_starts(start, readiness, rounds))),
        tuple(name for name, value in start.items() if _is(value, "OPEN")),
        tuple(dropped),
        tuple(exits),
        named,
    )


def _is(value: ast.expr, text: str) -> bool:
    return ast.unparse(value) == text


# -- Before the first round ---------------------------------------------------------------------


def _read_start(scope: Scope, cursor: Cursor) -> dict[str, ast.expr]:
    """What every variable of the loop is before the first round."""
    start: dict[str, ast.expr] = {}
    while cursor and not isinstance(cursor.next, ast.While):
        if skipped_absent(cursor):
            continue
        stated = cursor.take()
        if not isinstance(stated, ast.Assign):
            unreadable(stated, "this does not belong before a loop")
        (targets,) = stated.targets
        if isinstance(targets, ast.Tuple) and isinstance(stated.value, ast.Tuple):
            pairs = zip(targets.elts, stated.value.elts, strict=True)
            start.update((name_of(name), value) for name, value in pairs)
        else:
            start[name_of(targets)] = stated.value
    return start


def _starts(start: dict[str, ast.expr], readiness: Readiness, rounds: str) -> list[tuple[str, str]]:
    """Of every version, if there was a value before the first round."""
    found: list[tuple[str, str]] = []
    for name, value in start.items():
        if name in readiness.records or name == rounds:
            continue
        if _is(value, "0") or _is(value, "1"):
            found.append((name, "always" if _is(value, "1") else "never"))
        elif expression("int(_v is not ABSENT)", value) is not None:
            found.append((name, "maybe"))
    return found


# -- Each round ---------------------------------------------------------------------------------


def _read_dropped(inside: Cursor, start: dict[str, ast.expr]) -> dict[str, bool]:
    """The gates whose decisions are dropped when stale, and if ``END`` stands all the same."""
    dropped: dict[str, bool] = {}
    patterns = {
        "if _saw is not None and _saw != _v:\n    _said = _closed": False,
        "if _saw is not None and _saw != _v and _said is not END:\n    _said = _closed": True,
    }
    while inside:
        for pattern, stands in patterns.items():
            found = inside.taken(pattern)
            if found is not None:
                dropped[name_of(found["said"])] = stands
                break
        else:
            return dropped
    return dropped


def _check_dropped(scope: Scope, place: ast.stmt, dropped: dict[str, bool], made: Round) -> None:
    for block in made.blocks:
        gate = block.call.gate
        if gate is None or gate.said not in dropped:
            continue
        if dropped[gate.said] != ("END" in gate.targets and not gate.several):
            unreadable(place, f"a decision of {block.call.node} is dropped, or kept, wrongly")


def _read_end(inside: Cursor, readiness: Readiness) -> None:
    """The loop ends when nobody runs: nobody may be left out."""
    place = inside.next
    found = inside.taken("if not _any:\n    break")
    if found is None:
        unreadable(place, "a loop has no end")
    one = found["any"]
    names = [name_of(part) for part in one.values] if isinstance(one, ast.BoolOp) else [one.id]
    if isinstance(one, ast.BoolOp) and not isinstance(one.op, ast.Or):
        unreadable(place, "a loop ends although somebody may run")
    if set(names) != readiness.runs():
        unreadable(place, "the end of a loop does not ask everybody who may run")


def take_go_on(scope: Scope, inside: Cursor, *, needed: bool) -> None:
    """In a lane no round begins once something beside it has failed (X71)."""
    if scope.lane is None or not inside:
        return
    place = inside.next
    found = inside.taken("_lane.go_on()")
    if found is None and needed:
        unreadable(place, "a round begins whatever has happened beside the loop")
    if found is not None and name_of(found["lane"]) != scope.lane:
        unreadable(place, "another lane is asked")


def _read_count(scope: Scope, inside: Cursor) -> tuple[str, tuple[str, tuple[str, ...]]]:
    """The variable that counts the rounds, and what is told when there are too many."""
    place = inside.next
    counted = inside.taken("_r += 1")
    found = inside.taken("if _r > _limit:\n    raise endless(_name, _limit, _gates)")
    if counted is None or found is None or name_of(counted["r"]) != name_of(found["r"]):
        unreadable(place, "the rounds of a loop are not counted")
    if name_of(found["limit"]) != scope.limit:
        unreadable(place, "a loop is held to something else than the limit on rounds")
    return name_of(found["r"]), (string_of(found["name"]), strings_of(found["gates"]))


def _member(readiness: Readiness, block: Block, nodes: dict[str, str]) -> Member:
    ready = readiness.ready[readiness.root(block.runs)]
    if block.saw != ready.sees or block.waited != ready.waited():
        raise_for_record(block)
    return Member(
        block.call,
        sees=ready.sees,
        needs=ready.needs,
        waits=tuple(version for version, _ in ready.waits),
        opened=ready.opened,
        behind=tuple(nodes[one] for one in ready.behind),
        yields=readiness.yields(block.runs, nodes),
        counts=block.counts,
        used_up=block.used_up,
    )


def raise_for_record(block: Block) -> None:
    """Raise for a member that does not remember what it is held to."""
    unreadable(ast.Pass(), f"{block.call.node} does not remember what it looked at")


# -- After the last round -----------------------------------------------------------------------


def _read_exits(
    scope: Scope, cursor: Cursor, flags: Sequence[str], chosen: dict[str, Decides]
) -> list[Exit]:
    """What gates chose outside in any round, or left open without having been asked."""
    silent: dict[str, tuple[str, Condition]] = {}
    while cursor:
        found = cursor.fits("if _test:\n    _flag = True")
        if found is None or name_of(found["flag"]) not in flags:
            break
        cursor.take()
        silent[name_of(found["flag"])] = _silence(scope, found["test"])
    exits: list[Exit] = []
    for flag in flags:
        said, condition = silent.get(flag, ("", NEVER))
        decided = chosen.get(flag)
        decision = None
        if decided is not None:
            said, decision = decided.said, decided.decision
        exits.append(Exit(flag, said, decision, condition))
    return exits


def _silence(scope: Scope, test: ast.expr) -> tuple[str, Condition]:
    condition = read_condition(scope, test)
    parts = condition.parts if isinstance(condition, Every) else (condition,)
    first = parts[0] if parts else None
    if not isinstance(first, Silent):
        unreadable(test, "this is not how a gate leaves something open")
    return first.said, every(list(parts[1:]))
