"""The items of a mapped graph node (X88, X91)."""

from __future__ import annotations

from copy import deepcopy

from hypergraph.runtime.errors import GraphConfigError
from hypergraph.runtime.expand import expand

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
    rows = expand(columns, tuple(columns), mode).rows
    return [row[0] for row in rows] if len(columns) == 1 else rows


def cloned(value: Any, name: str) -> Any:
    """A deep copy of a broadcast input, for one item.

    >>> shared = [1]
    >>> cloned(shared, "rows") is shared
    False
    """
    try:
        return deepcopy(value)
    except Exception as error:
        raise GraphConfigError(
            f"The value of '{name}' cannot be deep-copied for clone: "
            f"{type(error).__name__}: {error}\n"
            "How to fix: leave it out of clone, or pass something that can be copied."
        ) from error
