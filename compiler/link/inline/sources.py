"""The modules of the user as they are written: every file read once, and parsed where needed.

``ast`` sees the whole of a file and tells where its statements are and which names they bind. Only
the statements that matter are parsed again as concrete trees, which takes ten times as long.
"""

from __future__ import annotations

import ast
import tokenize
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from types import CodeType
from typing import Any

import libcst as cst

from hypergraph.compiler.link.inline.binding import bound_names
from hypergraph.compiler.link.inline.scopes import Reading, read_names

# Stated, so that what is indented otherwise says so itself.
_CONFIG = cst.PartialParserConfig(default_indent="    ", default_newline="\n")


@dataclass(eq=False)
class Lines:
    """The lines of one statement, with the comments right above it; ``line`` is the first."""

    text: str
    line: int

    @cached_property
    def node(self) -> Any:
        """The statement as a concrete tree."""
        return cst.parse_statement(self.text, _CONFIG)

    @cached_property
    def inner(self) -> list[Any]:
        """The statements directly inside it."""
        body = self.node.body
        if isinstance(body, cst.SimpleStatementSuite):
            return [cst.SimpleStatementLine(list(body.body))]
        return list(body.body)

    @cached_property
    def positions(self) -> Any:
        """Where every node stands; only asked for when something is refused."""
        from libcst.metadata import MetadataWrapper, PositionProvider

        whole = cst.Module([self.node], default_indent="    ", default_newline="\n")
        return MetadataWrapper(whole, unsafe_skip_copy=True).resolve(PositionProvider)


@dataclass(eq=False)
class Statement:
    """A statement at the top of a module, or directly inside its ``if TYPE_CHECKING:``.

    That is a whole line of small statements, which ``plain`` has one by one. ``line`` is its first
    line, decorators included; ``inside`` its position in the block of type checkers, if it is in
    one.
    """

    module: str
    plain: tuple[ast.stmt, ...]
    lines: Lines
    inside: int | None = None
    position: int = 0

    @property
    def typing(self) -> bool:
        """Whether only type checkers see it."""
        return self.inside is not None

    @property
    def line(self) -> int:
        """Its first line."""
        return _first_line(self.plain[0])

    @cached_property
    def node(self) -> cst.BaseStatement:
        """The statement as a concrete tree."""
        node = self.lines.node if self.inside is None else self.lines.inner[self.inside]
        assert isinstance(node, cst.BaseStatement)
        return node

    @cached_property
    def reading(self) -> Reading:
        """The names in it."""
        return read_names(self.node)

    @cached_property
    def binds(self) -> Sequence[str]:
        """The names that it binds."""
        return tuple(dict.fromkeys(name for one in self.plain for name in bound_names(one)))

    @property
    def is_definition(self) -> bool:
        """Whether it defines a function or a class."""
        return isinstance(self.plain[0], (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef))

    @property
    def is_function(self) -> bool:
        """Whether it defines a function."""
        return isinstance(self.plain[0], (ast.FunctionDef, ast.AsyncFunctionDef))

    def line_of(self, node: cst.CSTNode) -> int:
        """The line that a node of it is in."""
        position = self.lines.positions.get(node)
        return self.line if position is None else self.lines.line - 1 + int(position.start.line)


@dataclass(eq=False)
class Source:
    """A module's file: its statements, and where each of its names is bound."""

    module: str
    file: str
    is_package: bool
    text: str
    statements: tuple[Statement, ...]
    bound: dict[str, list[Statement]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for position, statement in enumerate(self.statements):
            statement.position = position
            for name in statement.binds:
                self.bound.setdefault(name, []).append(statement)

    @cached_property
    def has_lazy_annotations(self) -> bool:
        """Whether its annotations are text, as those of the file will be."""
        return any(
            isinstance(one, ast.ImportFrom)
            and one.module == "__future__"
            and any(alias.name == "annotations" for alias in one.names)
            for statement in self.statements
            for one in statement.plain
        )

    @cached_property
    def compiled(self) -> dict[tuple[str, int], CodeType]:
        """The code of all functions in the file as it is now, by name and first line."""
        whole = compile(self.text, self.file, "exec", dont_inherit=True)
        return {(code.co_name, code.co_firstlineno): code for code in _codes(whole)}


def read_source(module: str, file: str, is_package: bool) -> Source:
    """A module from its file; raises ``OSError`` or ``SyntaxError`` if it cannot be read."""
    with tokenize.open(file) as opened:
        text = opened.read()
    lines = text.split("\n")
    statements = tuple(_statements(module, ast.parse(text, file).body, lines))
    return Source(module, file, is_package, text, statements)


def _statements(module: str, body: Sequence[ast.stmt], lines: list[str]) -> Iterator[Statement]:
    before = 0
    for group in _by_line(body):
        found = _lines_of(group, lines, before)
        before = group[-1].end_lineno or before
        first = group[0]
        if isinstance(first, ast.If) and is_for_types(first):
            for position, inner in enumerate(_by_line(first.body)):
                yield Statement(module, inner, found, position)
        elif not _is_for_scripts(first):
            yield Statement(module, group, found)


def _by_line(body: Sequence[ast.stmt]) -> list[tuple[ast.stmt, ...]]:
    """The statements that begin in the line where the one before ends, together with that one."""
    groups: list[list[ast.stmt]] = []
    for statement in body:
        if groups and _first_line(statement) == groups[-1][-1].end_lineno:
            groups[-1].append(statement)
        else:
            groups.append([statement])
    return [tuple(group) for group in groups]


def _lines_of(group: Sequence[ast.stmt], lines: list[str], before: int) -> Lines:
    """Those of some statements; ``before`` is the line in which the one above them ends."""
    start = _first_line(group[0])
    end = group[-1].end_lineno or start
    while start > before + 1 and lines[start - 2].startswith("#"):
        start -= 1
    return Lines("\n".join(lines[start - 1 : end]) + "\n", start)


def _first_line(statement: ast.stmt) -> int:
    decorators: list[ast.expr] = getattr(statement, "decorator_list", [])
    return min([statement.lineno, *(one.lineno for one in decorators)])


def is_for_types(node: ast.If) -> bool:
    """Whether it is an ``if TYPE_CHECKING:`` without anything else."""
    name = getattr(node.test, "id", getattr(node.test, "attr", ""))
    return name == "TYPE_CHECKING" and not node.orelse


def _is_for_scripts(node: ast.stmt) -> bool:
    """Whether it is an ``if __name__ == "__main__":``, which never holds when imported."""
    if not isinstance(node, ast.If) or not isinstance(node.test, ast.Compare) or node.orelse:
        return False
    sides = [getattr(side, "id", "") for side in (node.test.left, *node.test.comparators)]
    return "__name__" in sides and isinstance(node.test.ops[0], ast.Eq)


def _codes(code: CodeType) -> Iterator[CodeType]:
    yield code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _codes(constant)
