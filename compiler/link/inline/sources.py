"""The modules of the user as they are written: every file read, parsed and taken apart once."""

from __future__ import annotations

import ast
import tokenize
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from types import CodeType
from typing import Any

import libcst as cst

from hypergraph.compiler.link.inline.scopes import Reading, read_names
from hypergraph.compiler.link.inline.trees import dotted


@dataclass(eq=False)
class Statement:
    """A statement at the top of a module, or directly inside its ``if TYPE_CHECKING:``.

    ``line`` is its first, decorators included; ``typing`` tells that only type checkers see it.
    """

    module: str
    position: int
    node: cst.BaseStatement
    line: int
    typing: bool

    @cached_property
    def reading(self) -> Reading:
        """The names in it."""
        return read_names(self.node)

    @property
    def binds(self) -> Sequence[str]:
        """The names that it binds; cheap for definitions, which are most of a module."""
        if isinstance(self.node, (cst.FunctionDef, cst.ClassDef)):
            return (self.node.name.value,)
        return tuple(self.reading.binds)


@dataclass(eq=False)
class Source:
    """A module's file: its tree, its statements, and where each of its names is bound."""

    module: str
    file: str
    is_package: bool
    text: str
    tree: cst.Module
    statements: tuple[Statement, ...]
    bound: dict[str, list[Statement]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for statement in self.statements:
            for name in statement.binds:
                self.bound.setdefault(name, []).append(statement)

    @cached_property
    def compiled(self) -> dict[tuple[str, int], CodeType]:
        """The code of all functions in the file as it is now, by name and first line."""
        whole = compile(self.text, self.file, "exec", dont_inherit=True)
        return {(code.co_name, code.co_firstlineno): code for code in _codes(whole)}

    @cached_property
    def positions(self) -> Any:
        """Where every node of the tree stands; only asked for when something is refused."""
        from libcst.metadata import MetadataWrapper, PositionProvider

        return MetadataWrapper(self.tree, unsafe_skip_copy=True).resolve(PositionProvider)

    def line_of(self, node: cst.CSTNode, statement: Statement) -> int:
        """The line of a node, or else of the statement that it is in."""
        position = self.positions.get(node)
        return position.start.line if position is not None else statement.line


def read_source(module: str, file: str, is_package: bool) -> Source:
    """A module from its file; raises ``OSError`` or ``SyntaxError`` if it cannot be read."""
    with tokenize.open(file) as opened:
        text = opened.read()
    tree = cst.parse_module(text)
    plain = ast.parse(text, file)
    statements = tuple(_statements(module, tree.body, plain.body, typing=False))
    for position, statement in enumerate(statements):
        statement.position = position
    return Source(module, file, is_package, text, tree, statements)


def _statements(
    module: str, nodes: Sequence[Any], plain: Sequence[ast.stmt], typing: bool
) -> Iterator[Statement]:
    """Each statement with its line, which the other tree knows; both are in the same order."""
    remaining = iter(plain)
    for node in nodes:
        size = len(node.body) if _is_simple(node) else 1
        same = [next(remaining) for _ in range(size)]
        line = min(first.lineno for first in (same[0], *getattr(same[0], "decorator_list", ())))
        inner = same[0]
        if isinstance(node, cst.If) and isinstance(inner, ast.If) and is_for_types(node):
            body = node.body.body
            if isinstance(node.body, cst.SimpleStatementSuite):
                body = [cst.SimpleStatementLine(list(node.body.body))]
            yield from _statements(module, body, inner.body, typing=True)
        elif not (isinstance(node, cst.If) and _is_for_scripts(node)):
            yield Statement(module, 0, node, line, typing)


def _is_simple(node: Any) -> bool:
    return isinstance(node, cst.SimpleStatementLine)


def is_for_types(node: cst.If) -> bool:
    """Whether it is an ``if TYPE_CHECKING:`` without anything else."""
    return dotted(node.test).rpartition(".")[2] == "TYPE_CHECKING" and node.orelse is None


def _is_for_scripts(node: cst.If) -> bool:
    """Whether it is an ``if __name__ == "__main__":``, which never holds when imported."""
    test = node.test
    if not isinstance(test, cst.Comparison) or len(test.comparisons) != 1 or node.orelse:
        return False
    against = test.comparisons[0]
    sides = {dotted(test.left), dotted(against.comparator)}
    return isinstance(against.operator, cst.Equal) and "__name__" in sides


def _codes(code: CodeType) -> Iterator[CodeType]:
    yield code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _codes(constant)
