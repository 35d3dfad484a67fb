"""Which values can be written into generated code as literals, and their text.

Only exact built-in types qualify: the ``__repr__`` of a subclass is never trusted.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

_MAX_DIGITS = 4000  # CPython refuses to parse longer integers


def literal_text(value: Any) -> str | None:
    """The expression that gives a value equal to ``value``, or ``None`` if there is none.

    >>> literal_text({"a": [1, 2.5, None]}), literal_text((1,)), literal_text(object())
    ("{'a': [1, 2.5, None]}", '(1,)', None)
    """
    try:
        return _text(value)
    except RecursionError:
        return None


def is_immutable(value: Any) -> bool:
    """Whether the one object may be shared: a literal that nothing can change.

    >>> is_immutable((1, "a")), is_immutable(([],))
    (True, False)
    """
    if type(value) is tuple:
        return all(map(is_immutable, value))
    return type(value) in _ATOMS and literal_text(value) is not None


def _text(value: Any) -> str | None:
    write = _WRITERS.get(type(value))
    return write(value) if write is not None else None


def _number(value: float) -> str | None:
    return repr(value) if math.isfinite(value) else None


def _integer(value: int) -> str | None:
    return repr(value) if value.bit_length() < _MAX_DIGITS * 3 else None


def _tuple(value: tuple[Any, ...]) -> str | None:
    parts = _parts(value)
    if parts is None:
        return None
    return f"({parts[0]},)" if len(parts) == 1 else f"({', '.join(parts)})"


def _list(value: list[Any]) -> str | None:
    parts = _parts(value)
    return None if parts is None else f"[{', '.join(parts)}]"


def _dict(value: dict[Any, Any]) -> str | None:
    keys, values = _parts(tuple(value)), _parts(tuple(value.values()))
    if keys is None or values is None:
        return None
    return "{" + ", ".join(f"{key}: {one}" for key, one in zip(keys, values, strict=True)) + "}"


def _parts(values: tuple[Any, ...] | list[Any]) -> list[str] | None:
    parts = [_text(value) for value in values]
    return None if None in parts else [part for part in parts if part is not None]


def _string(value: str) -> str:
    # ascii() keeps bidirectional marks, surrogates and look-alikes visible to a reviewer, while
    # ordinary printable text stays as it was written.
    text = repr(value)
    plain = all(char.isprintable() for char in value) and value.isascii()
    return text if plain else _visible(value)


def _visible(value: str) -> str:
    return "".join(["'", *(_visible_char(char) for char in value), "'"])


def _visible_char(char: str) -> str:
    if char in "'\\":
        return "\\" + char
    if (char.isascii() and char.isprintable()) or char.isalpha():
        return char
    return ascii(char)[1:-1]


_ATOMS = frozenset({type(None), bool, int, float, str, bytes})
_WRITERS: dict[type, Callable[[Any], str | None]] = {
    type(None): repr,
    bool: repr,
    int: _integer,
    float: _number,
    str: _string,
    bytes: repr,
    tuple: _tuple,
    list: _list,
    dict: _dict,
}
