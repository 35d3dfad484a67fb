"""A digest of what a function does, for ``definition_hash`` (G29)."""

from __future__ import annotations

import functools
import hashlib
import inspect
import re
from collections.abc import Callable
from types import CodeType
from typing import Any


def definition_digest(func: Callable[..., Any]) -> str:
    """SHA-256 of the definition of ``func``, as 64 hexadecimal digits; never raises (G29).

    The source text decides. A function without one is known by its code, and a callable without
    code by its qualified name or, lacking that, by what it is made of.

    >>> len(definition_digest(len)), definition_digest(len) == definition_digest(max)
    (64, False)
    """
    text = _source(func)
    if text is None:
        text = repr(_described(func, ()))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _source(func: Callable[..., Any]) -> str | None:
    try:
        # Whatever `exec` makes is in this file, which from 3.13 on has the text of `python -c`.
        if inspect.getfile(inspect.unwrap(func)) == "<string>":
            return None
        return inspect.getsource(func)
    except Exception:  # besides OSError and TypeError, a changed file can break the tokeniser
        return None


def _described(value: Any, inside: tuple[int, ...]) -> Any:
    """``value`` as nested tuples of strings, the same in every process wherever that is possible.

    ``inside`` holds the ids of the values being described, since they may contain themselves.
    """
    if type(value) in _SCALARS:
        return (type(value).__name__, repr(value))
    if id(value) in inside:
        return ("again", len(inside) - inside.index(id(value)))
    inside = (*inside, id(value))
    try:
        if type(value) in _DESCRIBED_AS:
            return _DESCRIBED_AS[type(value)](value, inside)
        if isinstance(getattr(value, "__code__", None), CodeType):
            return _described_function(value, inside)
        return _described_object(value, inside)
    except Exception:  # attributes and representations run the user's code
        return ("unknown", type(value).__qualname__)


def _described_sequence(value: Any, inside: tuple[int, ...]) -> Any:
    return (type(value).__name__, *(_described(item, inside) for item in value))


def _described_set(value: Any, inside: tuple[int, ...]) -> Any:
    return (type(value).__name__, *sorted(repr(_described(item, inside)) for item in value))


def _described_dict(value: Any, inside: tuple[int, ...]) -> Any:
    return ("dict", *(_described(pair, inside) for pair in value.items()))


def _described_partial(value: Any, inside: tuple[int, ...]) -> Any:
    return ("partial", _described((value.func, value.args, value.keywords), inside))


def _described_code(code: Any, inside: tuple[int, ...]) -> Any:
    names = (code.co_names, code.co_varnames, code.co_freevars, code.co_cellvars)
    return ("code", code.co_code.hex(), names, _described(code.co_consts, inside))


def _described_function(func: Any, inside: tuple[int, ...]) -> Any:
    captured = []
    for cell in getattr(func, "__closure__", None) or ():
        try:
            captured.append(_described(cell.cell_contents, inside))
        except ValueError:  # the variable has not been assigned yet
            captured.append("unassigned")
    defaults = (getattr(func, "__defaults__", None), getattr(func, "__kwdefaults__", None))
    body = _source(func) or _described(func.__code__, inside)
    return (body, _described(defaults, inside), captured)


def _described_object(value: Any, inside: tuple[int, ...]) -> Any:
    name = getattr(value, "__qualname__", None)
    if isinstance(name, str):
        return ("named", str(getattr(value, "__module__", None)), name)
    kind = f"{type(value).__module__}.{type(value).__qualname__}"
    if type(value).__repr__ is _PLAIN_REPR and hasattr(value, "__dict__"):
        return (kind, _described(dict(vars(value)), inside))
    return (kind, _ADDRESS.sub("", repr(value)))


_PLAIN_REPR: Any = object.__repr__
_ADDRESS = re.compile(r" at 0x[0-9A-Fa-f]+")
_SCALARS = (type(None), type(...), bool, int, float, complex, str, bytes)
_DESCRIBED_AS = {
    tuple: _described_sequence,
    list: _described_sequence,
    set: _described_set,
    frozenset: _described_set,
    dict: _described_dict,
    functools.partial: _described_partial,
    CodeType: _described_code,
}
