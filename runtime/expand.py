"""From the inputs of ``map`` to the inputs of its items (X88, X90, X91, K34)."""

from __future__ import annotations

from hypergraph.runtime.errors import GraphConfigError
from hypergraph.runtime.near import near_text, quoted

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

    def __init__(
        self, names: tuple[str, ...], rows: list[tuple[Any, ...]], shared: dict[str, Any]
    ) -> None:
        self.names, self.rows, self.shared = names, rows, shared

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

    Raises ``ValueError`` for an unknown mode and for zipped inputs of unequal lengths,
    ``KeyError`` for a mapped name without a value, ``TypeError`` for a value that cannot be taken
    apart, and ``GraphConfigError`` for one that cannot be copied.

    >>> list(expand({"x": [1, 2], "y": "ab"}, ["x", "y"], "product").rows)
    [(1, 'a'), (1, 'b'), (2, 'a'), (2, 'b')]
    """
    from itertools import product

    names = mapped_names(map_over)
    if map_mode not in ("zip", "product"):
        raise ValueError(f"Unknown map_mode {map_mode!r}. Use one of zip, product.")
    for name in names:
        if name not in values:
            near = near_text([name], values)
            known = quoted(values)
            raise KeyError(
                f"map_over names '{name}', which is not among the inputs: {known}.{near}"
            )
    columns = [_elements(name, values[name], map_mode) for name in names]
    lengths = {name: len(column) for name, column in zip(names, columns, strict=True)}
    if map_mode == "zip" and len(set(lengths.values())) > 1:
        raise ValueError(
            f"map_over inputs must have equal lengths for map_mode='zip', got {lengths}. "
            "Make them equally long, or use map_mode='product' for all combinations."
        )
    zipped = map_mode == "zip" and names
    rows = list(zip(*columns, strict=True) if zipped else product(*columns))
    shared = {name: value for name, value in values.items() if name not in names}
    copied = [name for name in shared if clone is True or (clone and name in clone)]
    copies = [[cloned(shared[name], name) for _ in rows] for name in copied]
    if copied:
        rows = [row + own for row, own in zip(rows, zip(*copies, strict=True), strict=True)]
        shared = {name: value for name, value in shared.items() if name not in copied}
    return Items((*names, *copied), rows, shared)


def mapped_names(map_over: str | Collection[str]) -> tuple[str, ...]:
    """The names of ``map_over``, each once, in the order given; one name may be given bare.

    >>> mapped_names("x"), mapped_names(["y", "x", "y"])
    (('x',), ('y', 'x'))
    """
    return (map_over,) if isinstance(map_over, str) else tuple(dict.fromkeys(map_over))


def check_clone(clone: Any, map_over: str | Collection[str], inputs: Collection[str]) -> None:
    """Refuse a ``clone`` that cannot be meant (G109, K34).

    ``inputs`` are the names that may be cloned, mapped ones included.

    Raises ``TypeError`` unless it is a bool or a list of strings, and ``ValueError`` if it lists
    a mapped name or one that is not an input.

    >>> check_clone(["k"], "x", ["x", "k"])
    """
    if not isinstance(clone, (bool, list)):
        raise TypeError(f"clone must be bool or list, got {type(clone).__name__}")
    for name in clone if isinstance(clone, list) else ():
        if not isinstance(name, str):
            raise TypeError(f"clone list entries must be strings, got {type(name).__name__}")
        if name in mapped_names(map_over):
            raise ValueError(
                f"Cannot clone mapped parameter '{name}': each item gets an element of its own. "
                "Leave it out of clone."
            )
        if name not in inputs:
            raise ValueError(
                f"Cannot clone '{name}': it is not an input. Inputs: {quoted(inputs)}."
            )


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
        raise GraphConfigError(
            f"Input '{name}' cannot be deep-copied for clone: {type(value).__name__} refuses "
            f"({type(error).__name__}: {error}).\n"
            "How to fix: share it between the items, by listing in clone only the names to copy, "
            "or bind it to the graph: bound values are never cloned."
        ) from error


def _elements(name: str, value: Any, mode: str) -> list[Any]:
    from collections.abc import Mapping

    try:
        if mode == "product":
            elements = iter(value)
        elif isinstance(value, Mapping):  # even an empty one cannot be indexed from 0
            raise TypeError
        else:
            elements = iter([value[index] for index in range(len(value))])
    except (TypeError, KeyError, IndexError) as error:
        how = "an iterable" if mode == "product" else "what can be indexed from 0, such as a list"
        raise TypeError(
            f"Cannot map over '{name}': {mode} needs {how}, got {type(value).__name__}."
        ) from error
    return list(elements)
