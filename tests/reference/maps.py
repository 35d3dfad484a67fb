"""The items of a map: how values are spread over them, and what is copied (section 19)."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from itertools import product
from typing import Any

from hypergraph import GraphConfigError


def spread(values: dict[str, Any], names: list[str], mode: str) -> list[dict[str, Any]]:
    """The mapped part of every item's inputs (X88)."""
    for name in names:
        if name not in values:
            raise KeyError(name)
    mapped = [values[name] for name in names]
    if mode == "product":
        return [dict(zip(names, chosen, strict=True)) for chosen in product(*mapped)]
    if mode != "zip":
        raise ValueError(f"Unknown map_mode: {mode}")
    if any(isinstance(value, Mapping) for value in mapped):
        raise TypeError("zip needs values that can be indexed by position")
    lengths = {name: len(value) for name, value in zip(names, mapped, strict=True)}
    if len(set(lengths.values())) > 1:
        raise ValueError(f"zip needs equal lengths: {lengths}")
    count = next(iter(lengths.values()), 1)
    return [{name: values[name][i] for name in names} for i in range(count)]


def items(
    values: dict[str, Any], names: list[str], mode: str, clone: bool | list[str]
) -> list[dict[str, Any]]:
    """All items' inputs, computed before any item runs (X88, X91)."""
    broadcast = {name: value for name, value in values.items() if name not in names}
    cloned = set(broadcast) if clone is True else set(clone or ())
    return [
        {**{n: cloned_value(n, v) if n in cloned else v for n, v in broadcast.items()}, **item}
        for item in spread(values, names, mode)
    ]


def cloned_value(name: str, value: Any) -> Any:
    """An item's own copy of a broadcast value (X91)."""
    try:
        return copy.deepcopy(value)
    except Exception as error:
        raise GraphConfigError(f"{name} cannot be deep-copied for clone") from error
