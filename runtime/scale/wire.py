"""Values as bytes: what drivers and workers of a map send each other."""

from __future__ import annotations

from io import BytesIO
from pickle import Pickler, Unpickler, dumps, loads

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

    Known = Mapping[tuple[str, str], Any]

PROTOCOL = 5  # the newest that every supported Python reads


class Packer(Pickler):
    """Notes whether a value holds anything but numbers, texts and containers of them.

    Those always come out of their bytes again; of anything else nobody knows before it is tried.
    """

    def __init__(self, file: BytesIO) -> None:
        super().__init__(file, PROTOCOL)
        self.plain = True

    def reducer_override(self, value: Any) -> Any:
        """What is asked about every value of another kind; only exceptions are treated specially.

        They are asked themselves: some engines register ways to pickle them that lose attributes.
        """
        self.plain = False
        return value.__reduce_ex__(PROTOCOL) if isinstance(value, BaseException) else NotImplemented


class Loader(Unpickler):
    """Reads values whose classes have another home on this side.

    A class of the user's is in a module of theirs for the driver, and in the text of the program
    for a worker, which may not have that module at all. ``known`` tells what stands here for a name
    in a module there.
    """

    def __init__(self, data: bytes, known: Known) -> None:
        super().__init__(BytesIO(data))
        self.known = known

    def find_class(self, module: str, name: str) -> Any:
        """What the name stands for on this side."""
        first, *rest = name.split(".")
        if (module, first) not in self.known:
            return super().find_class(module, name)
        found = self.known[module, first]
        for part in rest:
            found = getattr(found, part)
        return found


def unpacked_from(data: bytes, known: Known) -> Any:
    """The value that was packed.

    >>> unpacked_from(packed_into([1, "a"]), {})
    [1, 'a']
    """
    return Loader(data, known).load() if known else loads(data)


def packed_into(value: Any) -> bytes:
    """A value as bytes; raises whatever pickling it raises."""
    return dumps(value, PROTOCOL)


def packed_safely(value: Any) -> bytes:
    """A value as bytes that it comes out of again; raises whatever keeps it from doing so.

    >>> unpacked_from(packed_safely([1, ("a", None)]), {})
    [1, ('a', None)]
    """
    file = BytesIO()
    packer = Packer(file)
    packer.dump(value)
    data = file.getvalue()
    if not packer.plain:
        loads(data)
    return data


def unhindered(work: Callable[[], Any]) -> Any:
    """What comes of work that parses Python, which no two threads can do at once before 3.13.

    The one that finishes last is told so by a ``SystemError`` and may try again. Formatting a
    traceback parses its lines, too.

    >>> unhindered(lambda: 1 + 1)
    2
    """
    for _ in range(20):
        try:
            return work()
        except SystemError:
            continue
    return work()
