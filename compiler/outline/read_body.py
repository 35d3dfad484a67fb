"""The body of a function in a text: supersteps in their order, and lanes beside each other."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from hypergraph.compiler.outline.model import Lane, Superstep
from hypergraph.compiler.outline.patterns import expression
from hypergraph.compiler.outline.read_steps import read_superstep
from hypergraph.compiler.outline.scope import (
    Cursor,
    Scope,
    name_of,
    names_of,
    number_of,
    skipped_absent,
    unreadable,
)

Comments = Mapping[int, str]
_SUPERSTEP = re.compile(r"# superstep (\d+)(?=: |$)")


def divided(body: Sequence[ast.stmt], comments: Comments) -> tuple[list[ast.stmt], list[ast.stmt]]:
    """The statements before the first superstep, and all others."""
    for place, one in enumerate(body):
        if isinstance(one, (ast.AsyncFunctionDef, ast.AsyncWith)):
            return list(body[:place]), list(body[place:])
        if any(_SUPERSTEP.match(words) for line, words in comments.items() if line < one.lineno):
            return list(body[:place]), list(body[place:])
    return list(body), []


def read_body(
    scope: Scope, after: int, body: Sequence[ast.stmt], comments: Comments
) -> tuple[list[Superstep], list[Lane]]:
    """The supersteps behind a line, and the lanes that some of them are in."""
    supersteps: list[Superstep] = []
    lanes: list[Lane] = []
    functions: list[ast.AsyncFunctionDef] = []
    plain: list[ast.stmt] = []
    for one in body:
        if isinstance(one, (ast.AsyncFunctionDef, ast.AsyncWith)):
            supersteps += _read_supersteps(scope, after, plain, comments, None)
            plain, after = [], one.end_lineno or one.lineno
        if isinstance(one, ast.AsyncFunctionDef):
            functions.append(one)
        elif isinstance(one, ast.AsyncWith):
            made, found = _read_beside(scope, one, functions, comments)
            supersteps += made
            lanes += found
            functions = []
        else:
            plain.append(one)
    supersteps += _read_supersteps(scope, after, plain, comments, None)
    if functions:
        unreadable(functions[0], "a lane is not started")
    return supersteps, lanes


def _read_supersteps(
    scope: Scope, after: int, body: Sequence[ast.stmt], comments: Comments, first: int | None
) -> Iterator[Superstep]:
    """The supersteps of a block; in a lane all but the ``first`` wait until theirs begins."""
    for number, begins, statements in _grouped(after, body, comments):
        cursor = Cursor(statements)
        if not number:
            while cursor and skipped_absent(cursor):
                pass
            if cursor:
                unreadable(cursor.next, "this is in no superstep")
            continue
        if first is not None and number > first:
            place = cursor.next
            found = cursor.taken("await _lane.superstep(_number)")
            if found is None or number_of(found["number"]) != number:
                unreadable(place, "a lane does not wait for its superstep to begin")
        yield read_superstep(scope, number, begins, cursor)


def _grouped(
    after: int, body: Sequence[ast.stmt], comments: Comments
) -> Iterator[tuple[int, int, list[ast.stmt]]]:
    """Each superstep of a block that begins behind a line: number, line, statements."""
    number, begins, group = 0, 0, list[ast.stmt]()
    before = after
    for one in body:
        for line in range(before, one.lineno):
            found = _SUPERSTEP.match(comments.get(line, ""))
            if found is not None:
                yield number, begins, group
                number, begins, group = int(found[1]), line, []
        group.append(one)
        before = one.end_lineno or one.lineno
    yield number, begins, group


# -- Lanes --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Started:
    """``async with beside(...)``: the lanes that are started, each with those it waits for."""

    lanes: dict[str, tuple[str, ...]]
    variable: str | None
    body: list[ast.stmt]


def _read_beside(
    scope: Scope,
    given: ast.AsyncWith,
    functions: Sequence[ast.AsyncFunctionDef],
    comments: Comments,
) -> tuple[list[Superstep], list[Lane]]:
    """A stretch: what the function itself does in it first, then lane by lane."""
    started = _started(given)
    if list(started.lanes) != [one.name for one in functions]:
        unreadable(given, "other lanes are started than there are")
    body = [] if isinstance(started.body[0], ast.Pass) else started.body
    blocks = {one.name: _lane_body(one) for one in functions}
    starts = {one.name: one.lineno for one in functions}
    listed = [*_grouped(given.lineno, body, comments)]
    for name, block in blocks.items():
        listed += _grouped(starts[name], block, comments)
    first = min((number for number, _, _ in listed if number), default=0)
    inside = replace(scope, lane=started.variable or "")
    supersteps = list(_read_supersteps(inside, given.lineno, body, comments, first))
    for one in functions:
        inside = replace(scope, lane=one.args.args[0].arg)
        made = _read_supersteps(inside, one.lineno, blocks[one.name], comments, first)
        supersteps += [replace(superstep, lane=one.name) for superstep in made]
    return supersteps, [Lane(name, first, waits) for name, waits in started.lanes.items()]


def _started(given: ast.AsyncWith) -> _Started:
    (item,) = given.items
    found = expression("beside(*_lanes)", item.context_expr)
    if found is None:
        unreadable(given, "this is not how lanes are started")
    lanes: dict[str, tuple[str, ...]] = {}
    for one in found["lanes"]:
        name, *waits = names_of(one)
        lanes[name] = tuple(waits)
    variable = None if item.optional_vars is None else name_of(item.optional_vars)
    return _Started(lanes, variable, given.body)


def _lane_body(given: ast.AsyncFunctionDef) -> list[ast.stmt]:
    """The statements of a lane, behind the line that says which variables are not its own."""
    first = given.body[0]
    return given.body[1:] if isinstance(first, ast.Nonlocal) else given.body
