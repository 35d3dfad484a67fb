"""Chunks of items: how many go together, and what becomes of a chunk that a worker died with."""

from __future__ import annotations

from typing import Any

SECONDS = 0.5
GROWTH = 4
AT_ONCE = 0.01  # seconds that do not matter, should they have been misjudged
MOST_ITEMS = 10_000
MOST_BYTES = 1_000_000
WEIGHT = 0.3

Row = tuple[Any, ...]


class Chunk:
    """Consecutive items from the place ``first`` on; ``deaths`` are workers that died with it."""

    __slots__ = ("first", "rows", "deaths")

    def __init__(self, first: int, rows: list[Row]) -> None:
        self.first = first
        self.rows = rows
        self.deaths = 0

    @property
    def places(self) -> range:
        """The places of the items in their map."""
        return range(self.first, self.first + len(self.rows))

    def parts(self, number: int) -> list[Chunk]:
        """The chunk in so many parts, or as many as it has items; never less than two.

        >>> [one.places for one in Chunk(3, [(0,), (1,), (2,)]).parts(2)]
        [range(3, 5), range(5, 6)]
        """
        size = -(-len(self.rows) // max(number, 2))
        return [
            Chunk(self.first + at, self.rows[at : at + size])
            for at in range(0, len(self.rows), size)
        ]


class Sizes:
    """How many items the next chunk has: as many as keep a worker busy for half a second.

    It starts with one, and no chunk has more than four times the items of one that has come back,
    unless even more would be done at once. ``fixed`` is a size to be kept to instead.

    >>> sizes = Sizes()
    >>> sizes.next(), sizes.measured(1, 0.1, 100), sizes.next()
    (1, None, 4)
    >>> sizes = Sizes()
    >>> sizes.next(), sizes.measured(1, 0.0001, 100), sizes.next()
    (1, None, 100)
    """

    def __init__(self, fixed: int | None = None) -> None:
        self.fixed = fixed
        self.largest = 0
        self.seconds = 0.0
        self.bytes = 0.0

    def next(self, left: int | None = None, slots: int = 1) -> int:
        """The size of the next chunk; towards the end of a map chunks shrink, so that all are busy.

        ``left`` items are still to be sent, if that is known, to ``slots`` at a time.
        """
        if self.fixed is not None:
            return self.fixed
        wished = SECONDS / self.seconds if self.seconds else MOST_ITEMS
        at_once = AT_ONCE / self.seconds if self.seconds else 1
        room = MOST_BYTES / self.bytes if self.bytes else MOST_ITEMS
        size = min(wished, room, MOST_ITEMS, max(self.largest * GROWTH, at_once))
        if left is not None:
            size = min(size, max(left / slots, wished / 10))
        return max(int(size), 1)

    def measured(self, items: int, seconds: float, sent: int) -> None:
        """Take note of what a chunk cost that came back."""
        self.seconds = _moved(self.seconds, seconds / items)
        self.bytes = _moved(self.bytes, sent / items)
        self.largest = max(self.largest, items)


def _moved(average: float, value: float) -> float:
    return value if not average else (1 - WEIGHT) * average + WEIGHT * value
