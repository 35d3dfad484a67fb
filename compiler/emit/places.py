"""Comments that say where the function behind a call was written."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from itertools import groupby

from hypergraph.compiler.emit.fragments import comment, text_of


def with_places(text: str, places: Mapping[str, str], width: int) -> str:
    """The module with a comment at each call of a function that has a place.

    It stands behind the call, where ``black`` leaves it, or above a statement of several lines, and
    one that would get too long. ``places`` goes by the functions' names in the module, which
    nothing in it hides.

    >>> print(with_places("y = f(x)", {"f": "rag.py:3"}, width=40))
    y = f(x)  # rag.py:3
    >>> print(with_places("y = f(x)", {"f": "rag.py:3"}, width=15))
    # rag.py:3
    y = f(x)
    """
    lines = text.split("\n")
    found = sorted(_placed(ast.parse(text), places), key=lambda one: (one[0], one[1]))
    for (first, last), group in reversed([(key, list(g)) for key, g in groupby(found, _extent)]):
        told = text_of(comment(", ".join(dict.fromkeys(place for _, _, place in group))))
        line = lines[first - 1]
        if first == last and _columns(line) + 2 + len(told) <= width:
            lines[first - 1] = f"{line}  {told}"
        else:
            indent = line[: len(line) - len(line.lstrip())]
            lines.insert(first - 1, indent + told)
    return "\n".join(lines)


def _columns(line: str) -> int:
    """How wide a line may be, by the widest that ``black`` takes letters for."""
    return len(line) + sum(not letter.isascii() for letter in line)


Found = tuple[tuple[int, int], tuple[int, int], str]


def _extent(found: Found) -> tuple[int, int]:
    return found[0]


def _placed(module: ast.Module, places: Mapping[str, str]) -> Iterator[Found]:
    """For each call: the lines of its statement, its position, and its place."""
    for statement in ast.walk(module):
        if isinstance(statement, ast.stmt):
            extent = (statement.lineno, statement.end_lineno or statement.lineno)
            for call, name in _calls(statement):
                if name in places:
                    yield extent, (call.lineno, call.col_offset), places[name]


def _calls(statement: ast.stmt) -> Iterator[tuple[ast.Call, str]]:
    for one in _own_expressions(statement):
        if isinstance(one, ast.Call) and isinstance(one.func, ast.Name):
            yield one, one.func.id


def _own_expressions(statement: ast.stmt) -> Iterator[ast.AST]:
    """Everything in a statement that is in no statement inside it."""
    waiting: list[ast.AST] = [statement]
    while waiting:
        for child in ast.iter_child_nodes(waiting.pop()):
            if not isinstance(child, (ast.stmt, ast.excepthandler)):
                yield child
                waiting.append(child)
