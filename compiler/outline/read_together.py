"""Calls that overlap, in a text: started together, all finished, then stored."""

from __future__ import annotations

import ast
from dataclasses import dataclass, replace

from hypergraph.compiler.outline.model import ALWAYS, Call, Output, Step
from hypergraph.compiler.outline.patterns import expression
from hypergraph.compiler.outline.read_calls import deferred_call
from hypergraph.compiler.outline.read_decisions import keeping_decision
from hypergraph.compiler.outline.read_expressions import read_condition
from hypergraph.compiler.outline.read_stored import (
    guarded_step,
    with_copies,
    with_targets,
)
from hypergraph.compiler.outline.scope import (
    Cursor,
    Scope,
    name_of,
    names_of,
    skipped_absent,
    unreadable,
)

_TOGETHER = "_results, _error = await together(*_calls)"

_RAISE = "if _error is not None:\n    raise _error"


def is_together(cursor: Cursor) -> bool:
    """Whether calls that overlap come next."""
    return cursor.fits(_TOGETHER) is not None


@dataclass(frozen=True)
class Started:
    """A call that overlaps with others: where its result lands, and if it is made at all."""

    call: Call
    result: str
    guard: ast.expr | None


def started(scope: Scope, cursor: Cursor) -> tuple[list[Started], str]:
    """The calls that are started, and the variable of the first error."""
    place = cursor.next
    found = cursor.taken(_TOGETHER)
    assert found is not None
    results = names_of(found["results"])
    if len(results) != len(found["calls"]):
        unreadable(place, "the results are not as many as the calls")
    pairs = zip(found["calls"], results, strict=True)
    return [_one(scope, made, result) for made, result in pairs], name_of(found["error"])


def _one(scope: Scope, made: ast.expr, result: str) -> Started:
    guarded = expression("_made if _guard else None", made)
    if guarded is None:
        return Started(deferred_call(scope, made), result, None)
    return Started(deferred_call(scope, guarded["made"]), result, guarded["guard"])


def taken_raise(cursor: Cursor, error: str) -> None:
    """Take the lines that raise the first error, once everything is stored."""
    found = cursor.taken(_RAISE) if cursor else None
    if found is None or name_of(found["error"]) != error:
        unreadable(cursor.next if cursor else ast.Pass(), "the first error is not raised")


def deferred_steps(scope: Scope, cursor: Cursor) -> tuple[list[Step], tuple[str, ...]]:
    """Steps that overlap, and the signals that are given when all of them are done."""
    calls, error = started(scope, cursor)
    made = {one.result: landed(one) for one in calls}
    signals: list[str] = []
    while cursor and cursor.fits(_RAISE) is None:
        if skipped_absent(cursor):
            continue
        if (told := cursor.taken("_signal = SIGNAL")) is not None:
            signals.append(name_of(told["signal"]))
        elif (stored := cursor.taken("if _result is not ABSENT:\n    _body")) is not None:
            result = name_of(stored["result"])
            if result not in made:
                unreadable(stored["result"], "a result is stored that is of none of the calls")
            made[result] = stored_result(made[result], result, Cursor(stored["body"]))
        else:
            _take_copy(cursor, made)
    taken_raise(cursor, error)
    return [_step(scope, one, made[one.result]) for one in calls], tuple(signals)


def landed(one: Started) -> Call:
    """The call with its one result, or its decision, in the variable where that lands."""
    call = one.call
    if call.gate is not None:
        return replace(call, gate=replace(call.gate, said=one.result))
    return replace(call, outputs=(Output((one.result,)),)) if len(call.outputs) == 1 else call


def stored_result(call: Call, result: str, inside: Cursor) -> Call:
    """The call with what is done once there is a result; else what was there stays."""
    while inside:
        place = inside.next
        found = inside.fits("_targets = _result")
        lands = found is not None and isinstance(found["result"], ast.Name)
        if found is not None and lands and name_of(found["result"]) == result:
            if call.gate is not None:
                inside.take()
                call = replace(call, gate=replace(call.gate, said=name_of(found["targets"])))
                continue
            if isinstance(found["targets"], ast.Tuple):
                inside.take()
                call = with_targets(call, names_of(found["targets"]), keeps=True)
                continue
        call = with_copies(inside, call)
        if inside and inside.next is place:
            break
    outputs = tuple(replace(one, keeps=one.values) for one in call.outputs)
    return replace(call, outputs=outputs)


def _take_copy(cursor: Cursor, made: dict[str, Call]) -> None:
    """Take a line that copies a value to where others look for it."""
    place = cursor.next
    for result, call in made.items():
        made[result] = with_copies(cursor, call)
        if not cursor or cursor.next is not place:
            return
    unreadable(place, "this does not belong to calls that overlap")


def _step(scope: Scope, one: Started, call: Call) -> Step:
    guard = ALWAYS if one.guard is None else read_condition(scope, one.guard)
    if call.gate is not None:
        call = keeping_decision(scope, call, call.gate, call.gate.said)
    return guarded_step(scope, call, guard)
