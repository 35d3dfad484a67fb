"""From the inputs of ``map`` to the inputs of its items (X88, X90, X91, K34)."""

from __future__ import annotations

from itertools import product

from hypergraph.runtime.errors import GraphConfigError
from hypergraph.runtime.near import near_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from typing import Any


class Items:
    """The inputs of the items of one ``map``, split into what varies and what does not.

    ``rows`` holds one tuple per item, its elements in the order of ``names``; ``shared`` the inputs
    that every item gets as they are.

    >>> items = expand({"x": [1, 2], "k": 7}, ["x"], "zip", clone=False)
    >>> items.names, items.shared, items.rows
    (('x',), {'k': 7}, [(1,), (2,)])
    """

    __slots__ = ("names", "rows", "shared")

    def __init__(
        self, names: tuple[str, ...], rows: list[tuple[Any, ...]], shared: dict[str, Any]
    ) -> None:
        self.names = names
        self.rows = rows
        self.shared = shared

    def dicts(self) -> Iterator[dict[str, Any]]:
        """The inputs of each item as a dict of its own.

        >>> list(expand({"x": "ab", "k": 7}, ["x"], "zip", clone=False).dicts())
        [{'k': 7, 'x': 'a'}, {'k': 7, 'x': 'b'}]
        """
        for row in self.rows:
            yield {**self.shared, **dict(zip(self.names, row, strict=True))}


def expand(
    values: Mapping[str, Any],
    map_over: str | Collection[str],
    map_mode: str,
    clone: bool | list[str] = False,
) -> Items:
    """Compute the inputs of all items before any of them runs (X88, X91).

    ``map_over`` names the inputs to take apart, one element per item for ``"zip"`` and one
    combination per item for ``"product"``. ``clone`` says which of the others each item gets a
    deep copy of: none, all, or those named.

    Raises ``TypeError`` and ``ValueError`` for a ``clone`` that cannot be meant, what ``rows_of``
    raises, and ``GraphConfigError`` for a value that cannot be copied.

    >>> list(expand({"x": [1, 2], "y": "ab"}, ["x", "y"], "product").rows)
    [(1, 'a'), (1, 'b'), (2, 'a'), (2, 'b')]
    """
    names = mapped_names(map_over)
    copied = cloned_names(clone, names, values)
    rows = rows_of(values, names, map_mode)
    if copied:
        copies = [[cloned(values[name], name) for _ in rows] for name in copied]
        rows = [row + own for row, own in zip(rows, zip(*copies, strict=True), strict=True)]
    shared = {name: value for name, value in values.items() if name not in (*names, *copied)}
    return Items((*names, *copied), rows, shared)


def mapped_names(map_over: str | Collection[str]) -> tuple[str, ...]:
    """The names of ``map_over``, each once, in the order given; one name may be given bare.

    >>> mapped_names("x"), mapped_names(["y", "x", "y"])
    (('x',), ('y', 'x'))
    """
    return (map_over,) if isinstance(map_over, str) else tuple(dict.fromkeys(map_over))


def rows_of(values: Mapping[str, Any], names: Collection[str], map_mode: str) -> list[Any]:
    """One tuple per item, with its elements of the mapped inputs (X88, X90).

    Raises ``ValueError`` for an unknown mode and for zipped inputs of unequal lengths,
    ``KeyError`` for a mapped name without a value, and ``TypeError`` for a value that cannot be
    taken apart.

    >>> rows_of({"x": [1, 2], "y": "ab", "k": 7}, ["x", "y"], "zip")
    [(1, 'a'), (2, 'b')]
    """
    if map_mode not in ("zip", "product"):
        raise ValueError(f"Unknown map_mode {map_mode!r}. Use one of zip, product.")
    for name in names:
        if name not in values:
            raise KeyError(f"map_over names {name!r}, no input.{near_text([name], values)}")
    columns = {name: _elements(name, values[name], map_mode) for name in names}
    if map_mode == "product" or not names:
        return list(product(*columns.values()))
    lengths = {name: len(column) for name, column in columns.items()}
    if len(set(lengths.values())) > 1:
        raise ValueError(f"Inputs must have equal lengths for map_mode='zip', not {lengths}.")
    return list(zip(*columns.values(), strict=True))


def _elements(name: str, value: Any, mode: str) -> list[Any]:
    if type(value) is list or type(value) is tuple:
        return list(value)
    try:
        if mode == "zip" and isinstance(value, dict):  # not even an empty one has an item 0
            raise TypeError
        found = iter([value[at] for at in range(len(value))] if mode == "zip" else value)
    except (TypeError, KeyError, IndexError) as error:
        raise TypeError(f"Cannot map over {name!r} ({type(value).__name__}) by {mode}.") from error
    return list(found)


def cloned_names(clone: Any, mapped: Collection[str], inputs: Collection[str]) -> tuple[str, ...]:
    """The inputs of which every item gets a copy (G109, K34).

    Raises ``TypeError`` unless ``clone`` is a bool or a list of strings, and ``ValueError`` if it
    lists a mapped name or one that is not an input.

    >>> cloned_names(["k"], ["x"], ["x", "k"]), cloned_names(True, ["x"], ["x", "k", "m"])
    (('k',), ('k', 'm'))
    """
    if clone is True:
        return tuple([name for name in inputs if name not in mapped])
    if clone is not False and not isinstance(clone, list):
        raise TypeError(f"clone must be bool or list of strings, not {clone!r}.")
    for name in clone or ():
        if name in mapped or name not in inputs:
            raise ValueError(f"Cannot clone {name!r}: not an input that all items share.")
    return tuple(dict.fromkeys(clone or ()))


def cloned(value: Any, name: str) -> Any:
    """A deep copy of a broadcast input, for one item.

    >>> shared = [1]
    >>> cloned(shared, "rows") is shared
    False
    """
    from copy import deepcopy

    try:
        return deepcopy(value)
    except Exception as error:
        text = f"Input {name!r} cannot be deep-copied for clone: {type(error).__name__}: {error}"
        raise GraphConfigError(f"{text}\nHow to fix: leave it out of clone, or bind it.") from error
