"""What is noted while a run goes on, and how a run ends."""

from __future__ import annotations

import warnings
from collections import Counter
from dataclasses import dataclass, field
from typing import Any, Literal

from .observation import Event, NodeCall, Pause, Rounds


class Said(UserWarning):
    """A warning with the texts that its message must contain (X147)."""

    def __init__(self, *facts: str) -> None:
        super().__init__(*facts)
        self.facts = facts


def warn(*facts: str) -> None:
    """Issue a warning."""
    warnings.warn(Said(*facts), stacklevel=2)


class Paused(Exception):
    """An interrupt has asked for an answer (X105, X112)."""

    def __init__(self, pause: Pause) -> None:
        super().__init__(pause)
        self.pause = pause


@dataclass(frozen=True)
class Outcome:
    """How a run ended: with all its values, or with the partial ones (X70)."""

    status: Literal["completed", "failed", "paused"]
    values: dict[str, Any]
    error: Exception | None = None
    pause: Pause | None = None


@dataclass
class Recorder:
    """The calls, loop rounds and events of a whole run, nested runs and items included.

    ``cache`` has the results of cacheable calls, if the runner has one (X118).
    """

    cache: dict[str, Any] | None = None
    calls: list[NodeCall] = field(default_factory=list)
    rounds: list[Rounds] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    visits: Counter[str] = field(default_factory=Counter)
    racing: bool = False
    ids: int = 0

    def call(self, path: str, arguments: dict[str, Any]) -> None:
        """Note a call of a user's function."""
        self.visits[path] += 1
        self.calls.append(NodeCall(path, self.visits[path], tuple(sorted(arguments.items()))))

    def new_id(self) -> int:
        """A number for a run or a span."""
        self.ids += 1
        return self.ids

    def tell(self, kind: str, run: int, span: int, parent: int | None, **facts: Any) -> None:
        """Note an event (X128)."""
        self.events.append(Event(kind, run, span, parent, tuple(sorted(facts.items()))))
