"""The values of one run, and when a written value counts as changed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final


class _Missing:
    """The type of a value that is not there."""

    def __repr__(self) -> str:
        return "<nothing>"


NOTHING: Final = _Missing()
SIGNAL: Final = _Missing()


@dataclass(frozen=True)
class Write:
    """One output of one execution."""

    node: str
    name: str
    value: Any


@dataclass
class State:
    """What the caller gave, and everything written since, in order.

    ``asking`` are the interrupts: what was given under one of their outputs is an answer, and no
    state until the interrupt itself is reached (design.md, semantics 4; K27).
    """

    given: dict[str, Any]
    asking: frozenset[str]
    log: list[Write] = field(default_factory=list)

    def write(self, node: str, name: str, value: Any) -> None:
        """The new value always replaces the old one (X34, X53)."""
        self.log.append(Write(node, name, value))

    def read(self, name: str, producers: frozenset[str]) -> Any:
        """What one of the producers wrote last, else the caller's value (X53, X58)."""
        for write in reversed(self.log):
            if write.name == name and write.node in producers:
                return write.value
        return NOTHING if producers & self.asking else self.given.get(name, NOTHING)

    def result(self, name: str) -> Any:
        """What a run returns under a name: the last value written, else the given one (X68)."""
        for write in reversed(self.log):
            if write.name == name:
                return write.value
        return self.given.get(name, NOTHING)


def changed(old: Any, new: Any) -> bool:
    """Whether writing ``new`` over ``old`` counts as a change (X34, K1)."""
    if old is NOTHING or new is SIGNAL:
        return True
    try:
        return bool(old != new)
    except (ValueError, TypeError):
        return old is not new
