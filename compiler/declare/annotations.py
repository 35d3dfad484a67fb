"""The type hints of functions, as the names of a node see them (G27, G28)."""

from __future__ import annotations

import typing
from collections.abc import Callable, Sequence
from typing import Any

Hints = dict[str, Any]


def resolved_hints(func: Callable[..., Any]) -> Hints | None:
    """The type hints of ``func``, evaluated; ``None`` if any of them cannot be (G27).

    >>> resolved_hints(lambda: None)
    {}
    >>> def odd(x: "Missing", y: int): ...
    >>> resolved_hints(odd) is None
    True
    """
    try:
        return typing.get_type_hints(func)
    except Exception:  # evaluating a hint runs code of the user's, which may raise anything
        return None


def output_hints(returned: Any, outputs: Sequence[str]) -> Hints:
    """The hint of each of ``outputs``, for a function that returns ``returned`` (G28, L26).

    >>> output_hints(tuple[int, str], ["a", "b"])
    {'a': <class 'int'>, 'b': <class 'str'>}
    >>> output_hints(tuple[int, ...], ["a", "b"])
    {'a': <class 'int'>, 'b': <class 'int'>}
    """
    if not outputs:
        return {}
    if len(outputs) == 1:
        return {outputs[0]: returned}
    if typing.get_origin(returned) is not tuple:
        return {}
    parts = typing.get_args(returned)
    if len(parts) == 2 and parts[1] is Ellipsis:
        parts = (parts[0],) * len(outputs)
    return dict(zip(outputs, parts, strict=True)) if len(parts) == len(outputs) else {}
