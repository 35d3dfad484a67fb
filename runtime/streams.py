"""The items of ``map_iter``: as those of ``map``, but taken from their inputs one by one."""

from __future__ import annotations

from hypergraph.runtime.expand import Items, cloned, cloned_names, expand, mapped_names
from hypergraph.runtime.near import near_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from typing import Any

    Row = tuple[Any, ...]


class Stream:
    """The inputs of the items of one map: ``rows`` of those called ``names``, and ``shared`` ones.

    ``count`` is how many items there are, where the inputs say so.
    """

    __slots__ = ("names", "rows", "shared", "count")

    def __init__(
        self,
        names: tuple[str, ...],
        rows: Iterator[Row],
        shared: dict[str, Any],
        count: int | None,
    ) -> None:
        self.names, self.rows, self.shared, self.count = names, rows, shared, count

    def dicts(self) -> Iterator[dict[str, Any]]:
        """The inputs of each item as a dict of its own."""
        for row in self.rows:
            yield {**self.shared, **dict(zip(self.names, row, strict=True))}


def stream_of(items: Items) -> Stream:
    """Items that are all there already."""
    return Stream(items.names, iter(items.rows), items.shared, len(items.rows))


def streamed(
    values: Mapping[str, Any],
    map_over: str | Collection[str],
    map_mode: str,
    clone: bool | list[str] = False,
) -> Stream:
    """The items of a map whose inputs may be any iterables, endless ones among them.

    Inputs that are all sequences are checked and counted as those of ``map`` are. Of a product only
    the first may be endless: the others are taken whole.

    Raises what ``expand`` raises, some of it not before an item is asked for.

    >>> from itertools import count
    >>> rows = streamed({"x": count(), "y": "abc"}, ["x", "y"], "product").rows
    >>> [next(rows) for _ in range(4)]
    [(0, 'a'), (0, 'b'), (0, 'c'), (1, 'a')]
    """
    names = mapped_names(map_over)
    if all(hasattr(values.get(name), "__len__") for name in names):
        return stream_of(expand(values, map_over, map_mode, clone))
    copied = cloned_names(clone, names, values)
    rows = _rows(values, names, map_mode)
    if copied:
        rows = (row + tuple([cloned(values[name], name) for name in copied]) for row in rows)
    shared = {name: value for name, value in values.items() if name not in (*names, *copied)}
    return Stream((*names, *copied), rows, shared, None)


def keyed(items: Stream, key: str, run_id: str) -> Stream:
    """The items with one more input: ``(run_id, place)``, by which each is known.

    Raises ``ValueError`` if that input is given as well.

    >>> list(keyed(streamed({"x": "ab"}, "x", "zip"), "key", "run-1").rows)
    [('a', ('run-1', 0)), ('b', ('run-1', 1))]
    """
    if key in items.names or key in items.shared:
        raise ValueError(
            f"item_key names {key!r}, which is given as well.\nHow to fix: leave one of them out."
        )
    rows = ((*row, (run_id, place)) for place, row in enumerate(items.rows))
    return Stream((*items.names, key), rows, items.shared, items.count)


def keyed_items(items: Items, key: str, run_id: str) -> Items:
    """The same for items that are all there."""
    stream = keyed(stream_of(items), key, run_id)
    return Items(stream.names, list(stream.rows), stream.shared)


def _rows(values: Mapping[str, Any], names: tuple[str, ...], mode: str) -> Iterator[Row]:
    if mode not in ("zip", "product"):
        raise ValueError(f"Unknown map_mode {mode!r}. Use one of zip, product.")
    for name in names:
        if name not in values:
            text = f"map_over names {name!r}, which is not among the inputs: {list(values)}."
            raise KeyError(text + near_text([name], values))
    columns = [_elements(name, values[name], mode) for name in names]
    return _products(columns) if mode == "product" else _side_by_side(names, columns)


def _elements(name: str, value: Any, mode: str) -> Iterator[Any]:
    from collections.abc import Mapping

    try:
        if mode == "zip" and isinstance(value, Mapping):
            raise TypeError
        return iter(value)
    except TypeError as error:
        text = f"Cannot map over {name!r}: {mode} cannot take a {type(value).__name__} apart."
        raise TypeError(text) from error


def _side_by_side(names: tuple[str, ...], columns: list[Iterator[Any]]) -> Iterator[Row]:
    try:
        yield from zip(*columns, strict=True)
    except ValueError as error:
        if error.__traceback__ is None or error.__traceback__.tb_next is not None:
            raise  # an input raised it
        text = f"map_over inputs {list(names)} must have equal lengths for map_mode='zip'."
        raise ValueError(f"{text} For all combinations use map_mode='product'.") from error


def _products(columns: list[Iterator[Any]]) -> Iterator[Row]:
    from itertools import product

    first, *others = columns
    rest = list(product(*others))
    for value in first:
        for row in rest:
            yield (value, *row)
