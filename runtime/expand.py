"""From the inputs of ``map`` to the inputs of its items (X88, X90, X91, K34)."""

from __future__ import annotations

from collections.abc import Mapping

from hypergraph.runtime.errors import GraphConfigError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from typing import Any

_MODES = ("zip", "product")


class Items:
    """The inputs of the items of one ``map``, split into what varies and what does not.

    ``rows`` yields one tuple per item, its elements in the order of ``names``; it can be gone
    through once. ``shared`` holds the inputs that every item gets as they are, and ``size`` is
    the number of items.

    >>> items = expand({"x": [1, 2], "k": 7}, ["x"], "zip", clone=False)
    >>> items.names, items.shared, items.size, list(items.rows)
    (('x',), {'k': 7}, 2, [(1,), (2,)])
    """

    __slots__ = ("names", "rows", "shared", "size")

    def __init__(
        self,
        names: tuple[str, ...],
        rows: Iterable[tuple[Any, ...]],
        shared: dict[str, Any],
        size: int,
    ) -> None:
        self.names = names
        self.rows = rows
        self.shared = shared
        self.size = size

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
    *,
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
    names = mapped_names(map_over)
    if map_mode not in _MODES:
        raise ValueError(f"Unknown map_mode {map_mode!r}. Use one of {', '.join(_MODES)}.")
    for name in names:
        if name not in values:
            raise KeyError(_no_value(name, values))
    take_apart = _zipped if map_mode == "zip" else _combined
    rows, size = take_apart({name: values[name] for name in names})
    shared = {name: value for name, value in values.items() if name not in names}
    copied = _copied(shared, clone)
    if not copied or not size:
        return Items(names, rows, shared, size)
    copies = zip(*[_copies(name, shared.pop(name), size) for name in copied], strict=True)
    joined = (row + own for row, own in zip(rows, copies, strict=True))
    return Items(names + copied, joined, shared, size)


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
    mapped = mapped_names(map_over)
    for name in clone if isinstance(clone, list) else ():
        if not isinstance(name, str):
            raise TypeError(f"clone list entries must be strings, got {type(name).__name__}")
        if name in mapped:
            raise ValueError(
                f"Cannot clone mapped parameter '{name}': each item gets an element of its own. "
                "Leave it out of clone."
            )
        if name not in inputs:
            raise ValueError(
                f"Cannot clone '{name}': it is not an input. Inputs: {_listed(inputs)}."
            )


def _zipped(mapped: dict[str, Any]) -> tuple[Iterable[tuple[Any, ...]], int]:
    lengths = {name: _length(name, value) for name, value in mapped.items()}
    if len(set(lengths.values())) > 1:
        raise ValueError(
            f"map_over inputs must have equal lengths for map_mode='zip', got {lengths}. "
            "Make them equally long, or use map_mode='product' for all combinations."
        )
    if not mapped:
        return [()], 1
    columns = [_elements(name, value, lengths[name]) for name, value in mapped.items()]
    return zip(*columns, strict=True), len(columns[0])


def _combined(mapped: dict[str, Any]) -> tuple[Iterable[tuple[Any, ...]], int]:
    from itertools import product

    pools = [_pool(name, value) for name, value in mapped.items()]
    size = 1
    for pool in pools:
        size *= len(pool)
    return product(*pools), size


def _length(name: str, value: Any) -> int:
    try:
        if isinstance(value, Mapping):  # even an empty one cannot be indexed from 0
            raise TypeError
        return len(value)
    except TypeError:
        raise TypeError(_not_mappable(name, value, "zip needs a list or the like")) from None


def _elements(name: str, value: Any, length: int) -> tuple[Any, ...]:
    if type(value) in (list, tuple, str, range):
        return tuple(value)
    try:
        return tuple([value[index] for index in range(length)])
    except (TypeError, KeyError, IndexError) as error:
        hint = "zip needs what can be indexed from 0, such as a list"
        raise TypeError(_not_mappable(name, value, hint)) from error


def _pool(name: str, value: Any) -> tuple[Any, ...]:
    try:
        elements = iter(value)
    except TypeError:
        raise TypeError(_not_mappable(name, value, "product needs an iterable")) from None
    return tuple(elements)


def _copied(shared: Mapping[str, Any], clone: bool | list[str]) -> tuple[str, ...]:
    if isinstance(clone, bool):
        return tuple(shared) if clone else ()
    return tuple(name for name in shared if name in clone)


def _copies(name: str, value: Any, size: int) -> list[Any]:
    from copy import deepcopy

    try:
        return [deepcopy(value) for _ in range(size)]
    except Exception as error:
        raise GraphConfigError(
            f"Input '{name}' cannot be deep-copied for clone: {type(value).__name__} refuses "
            f"({type(error).__name__}: {error}).\n"
            "How to fix: share it between the items, by listing in clone only the names to copy, "
            "or bind it to the graph: bound values are never cloned."
        ) from error


def _no_value(name: str, values: Mapping[str, Any]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(name, values, 1)
    hint = f" Did you mean '{near[0]}'?" if near else ""
    return f"map_over names '{name}', which is not among the inputs: {_listed(values)}.{hint}"


def _not_mappable(name: str, value: Any, hint: str) -> str:
    return f"Cannot map over '{name}': {hint}, got {type(value).__name__}."


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"'{name}'" for name in names) or "none"
