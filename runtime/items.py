"""The items of a mapped graph node (X88, X91)."""

from __future__ import annotations

from hypergraph.runtime.expand import rows_of
from hypergraph.runtime.sentinels import ABSENT

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any


def each(columns: dict[str, Any]) -> Iterable[Any]:
    """The elements side by side; bare elements when there is one column.

    >>> list(each({"x": [1, 2], "y": "ab"})), list(each({"x": [1, 2]}))
    ([(1, 'a'), (2, 'b')], [1, 2])
    """
    return _rows(columns, "zip")


def combined(columns: dict[str, Any]) -> Iterable[Any]:
    """Every combination of elements, the last column fastest.

    >>> list(combined({"x": [1, 2], "y": "ab"}))
    [(1, 'a'), (1, 'b'), (2, 'a'), (2, 'b')]
    """
    return _rows(columns, "product")


def _rows(columns: dict[str, Any], mode: str) -> Iterable[Any]:
    rows = rows_of(columns, tuple(columns), mode)
    return [row[0] for row in rows] if len(columns) == 1 else rows


def filled(values: list[Any]) -> list[Any]:
    """The values of one output over all items, ``None`` where an item came without it (K7).

    >>> filled([1, ABSENT])
    [1, None]
    """
    return [None if value is ABSENT else value for value in values]


def columns(rows: list[tuple[Any, ...]], count: int) -> tuple[list[Any], ...]:
    """The outputs of all items, a list per output.

    >>> columns([(1, "a"), (2, ABSENT)], 2)
    ([1, 2], ['a', None])
    """
    return tuple([filled([row[index] for row in rows]) for index in range(count)])
