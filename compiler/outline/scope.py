"""What is known while one function of a text is being read, and where the reading stands."""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, NoReturn

from hypergraph.compiler.outline.model import Condition, Function, Gate, Kind
from hypergraph.compiler.outline.patterns import Found, statement


class Unreadable(Exception):
    """A text says something that no generated program says; ``line`` is where."""

    def __init__(self, line: int, what: str) -> None:
        super().__init__(what)
        self.line = line
        self.what = what


def unreadable(node: ast.AST, what: str) -> NoReturn:
    """Raise ``Unreadable`` for a piece of a syntax tree."""
    raise Unreadable(getattr(node, "lineno", 0), what)


@dataclass
class Scope:
    """One function in the reading.

    ``functions`` are those of nested graphs, ``variables`` the names assigned in this one,
    ``loops`` the lines of the comments that begin loops, ``lane`` the variable of a lane. Then what
    has been read: gates by the variable of what they said, when silent ones are open, flags of
    loops, and what variables stand for: a condition, a value from before the round, the arguments
    of a watched call. ``stale`` are the values that this round has changed already.
    """

    functions: Mapping[str, Function]
    variables: frozenset[str]
    is_async: bool
    limit: str | None
    watch: str | None
    loops: set[int]
    lane: str | None = None
    gates: dict[str, tuple[Kind, Gate]] = field(default_factory=dict)
    otherwise: dict[str, Condition] = field(default_factory=dict)
    flags: set[str] = field(default_factory=set)
    conditions: dict[str, Condition] = field(default_factory=dict)
    seen: dict[str, str] = field(default_factory=dict)
    given: dict[str, tuple[str | None, str]] = field(default_factory=dict)
    stale: set[str] = field(default_factory=set)


class Cursor:
    """A walk over the statements of one block."""

    def __init__(self, statements: Sequence[ast.stmt]) -> None:
        self._left = list(statements)
        self._line = statements[-1].end_lineno or 0 if statements else 0

    def __bool__(self) -> bool:
        return bool(self._left)

    @property
    def next(self) -> ast.stmt:
        """The statement that comes next."""
        if not self._left:
            raise Unreadable(self._line, "something is missing behind this")
        return self._left[0]

    def after(self) -> list[ast.stmt]:
        """The statements behind the next one."""
        return self._left[1:]

    def take(self) -> ast.stmt:
        """The next statement, which is done with."""
        one = self.next
        self._left.pop(0)
        return one

    def fits(self, pattern: str) -> Found | None:
        """What the holes of a pattern stand for in the next statement; it is not taken."""
        return statement(pattern, self._left[0]) if self._left else None

    def taken(self, pattern: str) -> Found | None:
        """The same; the statement is taken if it fits."""
        found = self.fits(pattern)
        if found is not None:
            self.take()
        return found


def name_of(node: ast.AST) -> str:
    """The name that stands there; ``Unreadable`` if it is something else."""
    if not isinstance(node, ast.Name):
        unreadable(node, "there should be a name")
    return node.id


def names_of(node: ast.AST) -> list[str]:
    """The names on the left of an assignment."""
    parts = node.elts if isinstance(node, ast.Tuple) else [node]
    return [name_of(part) for part in parts]


def string_of(node: ast.AST) -> str:
    """The string that stands there."""
    if not (isinstance(node, ast.Constant) and isinstance(node.value, str)):
        unreadable(node, "there should be a string")
    return node.value


def handling_of(node: ast.AST) -> Literal["raise", "continue"]:
    """What a map does about an item that fails."""
    ways: dict[str, Literal["raise", "continue"]] = {"raise": "raise", "continue": "continue"}
    handling = ways.get(string_of(node))
    if handling is None:
        unreadable(node, "there should be 'raise' or 'continue'")
    return handling


def strings_of(node: ast.AST) -> tuple[str, ...]:
    """The strings of a tuple."""
    if not isinstance(node, ast.Tuple):
        unreadable(node, "there should be a tuple")
    return tuple(map(string_of, node.elts))


def number_of(node: ast.AST) -> int:
    """The number that stands there."""
    if not (isinstance(node, ast.Constant) and type(node.value) is int):
        unreadable(node, "there should be a number")
    return node.value


def skipped_absent(cursor: Cursor) -> bool:
    """Take a line that only says what has no value yet."""
    stated = cursor.next
    skipped = (
        isinstance(stated, ast.Assign)
        and isinstance(stated.value, ast.Name)
        and stated.value.id == "ABSENT"
    )
    if skipped:
        cursor.take()
    return skipped
