"""What every problem needs: where in the user's source it is, and how it is told."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from types import CodeType
from typing import Any

from hypergraph.runtime.problems import Entry, closest, problem, told

__all__ = ["Entry", "MissingKey", "Place", "closest", "place_of", "problem", "told"]


class MissingKey(KeyError):
    """A ``KeyError`` shown by its message as written; a plain one shows the message's ``repr``."""

    def __str__(self) -> str:
        return str(self.args[0])


@dataclass(frozen=True)
class Place:
    """A position in the user's source; ``line`` counts from 1."""

    label: str
    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.label} at {self.file}:{self.line}"


def place_of(label: str, func: Any) -> Place | None:
    """Where ``func`` was written, or ``None`` when that is not known."""
    while isinstance(func, functools.partial):
        func = func.func
    code = getattr(getattr(func, "__wrapped__", func), "__code__", None)
    if not isinstance(code, CodeType):
        return None
    return Place(label, code.co_filename, code.co_firstlineno)
