"""Which values can be written into generated code as literals, and their text.

Only exact built-in types qualify: the ``__repr__`` of a subclass is never trusted.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Callable
from typing import Any

_MAX_DIGITS = 4000  # CPython refuses to parse longer integers
_MAX_DEPTH = 50  # ... and parentheses nested deeper than 200
_LETTERS = unicodedata.ucd_3_2_0  # the newest tables would not be the same in every Python
_INVISIBLE_LETTERS = "\u115f\u1160\u3164\uffa0"


def literal_text(value: Any) -> str | None:
    """The expression that gives a value equal to ``value``, or ``None`` if there is none.

    >>> literal_text({"a": [1, 2.5, None]}), literal_text((1,)), literal_text(object())
    ("{'a': [1, 2.5, None]}", '(1,)', None)
    """
    return _text(value) if _is_tree(value, set(), 0) else None


def is_immutable(value: Any) -> bool:
    """Whether the one object may be shared: a literal that nothing can change.

    >>> is_immutable((1, "a")), is_immutable(([],))
    (True, False)
    """
    if type(value) is tuple:
        return all(map(is_immutable, value))
    return type(value) in _ATOMS and literal_text(value) is not None


def is_shown(char: str) -> bool:
    """Whether a character stands for itself in generated text; others are written as escapes.

    Letters outside of ASCII do, as far as every supported Python knows them.

    >>> [is_shown(char) for char in "a~é語"], is_shown("\\n"), is_shown("\\u202e")
    ([True, True, True, True], False, False)
    """
    if char.isascii():
        return char.isprintable()
    return _LETTERS.category(char).startswith("L") and char not in _INVISIBLE_LETTERS


def _is_tree(value: Any, seen: set[int], depth: int) -> bool:
    """Whether no container that can change occurs twice, and none too deep to be parsed."""
    if type(value) not in (tuple, list, dict):
        return True
    if depth > _MAX_DEPTH or id(value) in seen:
        return False
    if type(value) is not tuple:
        seen.add(id(value))
    parts = value if type(value) is not dict else (*value, *value.values())
    return all(_is_tree(part, seen, depth + 1) for part in parts)


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
    # Bidirectional marks, surrogates and the like are made visible to a reviewer, while ordinary
    # text stays as it was written.
    if value.isascii() and value.isprintable():
        return repr(value)
    return "".join(["'", *map(_visible_char, value), "'"])


def _visible_char(char: str) -> str:
    if char in "'\\":
        return "\\" + char
    return char if is_shown(char) else ascii(char)[1:-1]


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
