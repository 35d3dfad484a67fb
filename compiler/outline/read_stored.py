"""A call as statements in a text: made, checked if it is a gate's, and stored."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from dataclasses import replace

from hypergraph.compiler.outline.model import ALWAYS, Call, Condition, Output, Step
from hypergraph.compiler.outline.patterns import statement
from hypergraph.compiler.outline.read_calls import straight_call
from hypergraph.compiler.outline.read_decisions import (
    keeping_decision,
    read_decision,
    said_next,
)
from hypergraph.compiler.outline.read_expressions import Value, read_value
from hypergraph.compiler.outline.read_nested import mapped_call
from hypergraph.compiler.outline.scope import (
    Cursor,
    Scope,
    Unreadable,
    name_of,
    names_of,
    string_of,
    unreadable,
)


def read_call(scope: Scope, cursor: Cursor) -> Call:
    """The call that comes next, with all that is done with its result."""
    if takes_answer(cursor):
        return _read_answered(scope, cursor)
    if isinstance(cursor.next, ast.For) or cursor.fits("_list = []"):
        return _read_item_by_item(scope, cursor)
    said = said_next(cursor)
    if said is not None:
        return with_copies(cursor, read_decision(scope, cursor, said))
    stated = cursor.take()
    if isinstance(stated, ast.Expr):
        return _stored(scope, cursor, straight_call(scope, stated.value), [])
    if not (isinstance(stated, ast.Assign) and len(stated.targets) == 1):
        unreadable(stated, "there should be a call")
    targets = names_of(stated.targets[0])
    return _stored(scope, cursor, straight_call(scope, stated.value), targets)


def _stored(scope: Scope, cursor: Cursor, call: Call, targets: Sequence[str]) -> Call:
    """A call with where its results go, which the next statements tell."""
    if call.gate is not None:
        if len(targets) != 1:
            unreadable(cursor.next, "a decision is kept in one variable")
        call = keeping_decision(scope, call, call.gate, targets[0])
        return with_copies(cursor, call)
    return with_copies(cursor, with_targets(call, targets, keeps=False))


def with_targets(call: Call, targets: Sequence[str], *, keeps: bool) -> Call:
    """A call whose results go into these variables, one each."""
    refused = call.kind in ("graph", "map") and not call.outputs  # then nothing tells how many
    if targets and len(targets) != len(call.outputs) and not refused:
        raise_for_count(call)
    outputs = [Output((one,), (one,) if keeps else ()) for one in targets]
    return replace(call, outputs=tuple(outputs) or call.outputs)


def raise_for_count(call: Call) -> None:
    """Raise for results that are not as many as their variables."""
    unreadable(ast.Pass(), f"the results of {call.function} are not as many as their variables")


def with_copies(cursor: Cursor, call: Call) -> Call:
    """A call with what is done about its results next: copied, kept, or told by a signal."""
    outputs, signals = list(call.outputs), list(call.signals)
    while cursor:
        kept = cursor.fits("if _x is not ABSENT:\n    _y = _x")
        copied = kept or cursor.fits("_y = _x")
        if copied is None or not isinstance(copied["x"], ast.Name):
            break
        value, copy = name_of(copied["x"]), name_of(copied["y"])
        if value == "SIGNAL":
            signals.append(copy)
        elif any(value in one.values for one in outputs):
            outputs = [
                _with_value(one, copy, kept is not None) if value in one.values else one
                for one in outputs
            ]
        else:
            break
        cursor.take()
    return replace(call, outputs=tuple(outputs), signals=tuple(signals))


def _with_value(output: Output, value: str, keeps: bool) -> Output:
    kept = (value,) if keeps and value not in output.values else ()
    return Output((*output.values, value), (*output.keeps, *kept))


def guarded_step(scope: Scope, call: Call, guard: Condition) -> Step:
    """A step under a guard; for a gate also what was said about it before."""
    if call.gate is None or guard == ALWAYS:
        return Step(call, guard)
    if call.gate.said not in scope.otherwise:
        raise_for_silence(call)
    return Step(call, guard, scope.otherwise.pop(call.gate.said))


def raise_for_silence(call: Call) -> None:
    """Raise for a gate that may not be asked and then has said nothing."""
    unreadable(ast.Pass(), f"nothing stands for what {call.node} says when it is not asked")


# -- Interrupts ---------------------------------------------------------------------------------


_ANSWERED = "if _a is ABSENT:\n    _targets = _made\nelse:\n    _targets = _answers"
_TOLD = (
    "if _a is ABSENT:\n    _targets = _made\n"
    "else:\n    await _watch.answered(_node)\n    _targets = _answers"
)


def takes_answer(cursor: Cursor) -> bool:
    """Whether the ``if`` that comes next belongs to an interrupt, not to a branch."""
    return cursor.fits(_ANSWERED) is not None or cursor.fits(_TOLD) is not None


def _read_answered(scope: Scope, cursor: Cursor) -> Call:
    """An answer of the caller's is taken; only without one the handler is asked."""
    place = cursor.next
    found = cursor.taken(_TOLD) or cursor.taken(_ANSWERED)
    assert found is not None
    answers = names_of(found["answers"])
    if name_of(found["a"]) != answers[0]:
        unreadable(place, "another answer is taken than the one that is looked for")
    call = replace(straight_call(scope, found["made"]), answers=tuple(answers))
    if call.kind != "interrupt":
        unreadable(place, "only an interrupt takes answers")
    if "node" in found and string_of(found["node"]) != call.node:
        unreadable(place, "an answer is told for another interrupt")
    return _stored(scope, cursor, replace(call, told="node" in found), names_of(found["targets"]))


# -- Maps that go on after a failure ------------------------------------------------------------


def _read_item_by_item(scope: Scope, cursor: Cursor) -> Call:
    lists: list[str] = []
    while (started := cursor.taken("_list = []")) is not None:
        lists.append(name_of(started["list"]))
    place = cursor.next
    loop = cursor.taken("for _items in _rows:\n    _body")
    if loop is None:
        unreadable(place, "there should be a loop over items")
    inside = Cursor(loop["body"])
    copies: dict[str, Value] = {}
    while inside and (copied := inside.taken("_copy = cloned(_v, _name)")) is not None:
        copies[name_of(copied["copy"])] = read_value(scope, copied["v"])
    new, made, goes_on = _read_item(inside)
    call = mapped_call(scope, made, loop["items"], loop["rows"], copies)
    assert call.mapping is not None
    fills = _read_appends(inside, lists, new)
    mapping = replace(call.mapping, on_error="continue" if goes_on else "raise", fills=fills)
    call = replace(call, mapping=mapping)
    targets = [_read_finished(cursor, one) for one in lists]
    return with_copies(cursor, with_targets(call, targets, keeps=False))


def _read_item(inside: Cursor) -> tuple[list[str], ast.expr, bool]:
    """The variables of one item's results, its call, and whether a failure is passed over."""
    place = inside.take()
    if isinstance(place, ast.Expr):
        return [], place.value, False
    unnamed = statement("try:\n    _made\nexcept Exception:\n    pass", place)
    if unnamed is not None and isinstance(unnamed["made"][0], ast.Expr):
        return [], unnamed["made"][0].value, True
    if not isinstance(place, ast.Try) or len(place.body) != 1 or len(place.handlers) != 1:
        unreadable(place, "this is not how an item is worked on")
    made = statement("_new = _made", place.body[0])
    (handler,) = place.handlers
    caught = isinstance(handler.type, ast.Name) and handler.type.id == "Exception"
    if made is None or not caught or place.orelse or place.finalbody:
        unreadable(place, "this is not how an item is worked on")
    new = names_of(made["new"])
    (missed,) = handler.body
    if ast.unparse(missed) != " = ".join([*new, "None"]):
        unreadable(missed, "what a failed item gives is not None")
    return new, made["made"], True


def _read_appends(inside: Cursor, lists: list[str], new: list[str]) -> tuple[int, ...]:
    """What each list gets; the places of those that get ``None`` where nothing was given."""
    fills: list[int] = []
    for place, (one, item) in enumerate(zip(lists, new, strict=True)):
        given = ast.unparse(inside.take())
        if given == f"{one}.append(None if {item} is ABSENT else {item})":
            fills.append(place)
        elif given != f"{one}.append({item})":
            raise Unreadable(0, f"{given}: a list gets something else than its item")
    if inside:
        unreadable(inside.next, "there is more to an item than its results")
    return tuple(fills)


def _read_finished(cursor: Cursor, one: str) -> str:
    place = cursor.next
    found = cursor.taken("_target = _list")
    if found is None or name_of(found["list"]) != one:
        unreadable(place, "a list of results is not given its name")
    return name_of(found["target"])
