"""What a run shows to the outside: the form in which engines are compared."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

Status = Literal["completed", "failed", "paused", "raised", "rejected"]


@dataclass(frozen=True)
class NodeCall:
    """One call of a user's function: which node, the how-many-th time, with what."""

    path: str
    visit: int
    arguments: tuple[tuple[str, Any], ...]


@dataclass(frozen=True)
class Rounds:
    """How many rounds one loop took (X67)."""

    members: tuple[str, ...]
    count: int


@dataclass(frozen=True)
class Event:
    """One event (X128): ids are whatever tells runs and spans apart."""

    kind: str
    run: Any
    span: Any
    parent: Any
    facts: tuple[tuple[str, Any], ...]


@dataclass(frozen=True)
class Warned:
    """A warning: its category, and texts that its message must contain (X147)."""

    category: str
    facts: tuple[str, ...]


@dataclass(frozen=True)
class Pause:
    """Where a run stopped for an answer (X105)."""

    node_name: str
    output_param: str
    value: Any
    output_params: tuple[str, ...] | None
    values: tuple[tuple[str, Any], ...] | None


@dataclass(frozen=True)
class Observation:
    """One run as seen from outside.

    ``status`` is ``rejected`` when a check refused the call (X18), ``raised`` when the run itself
    raised. ``error`` is the exception's type and those of its arguments that are contract.
    ``rounds`` is known to the reference only. ``racing`` says that a concurrent run ended early
    while something independent was going on, so that how far that got is a matter of timing.
    """

    status: Status
    values: tuple[tuple[str, Any], ...] = ()
    error: tuple[str, tuple[Any, ...]] | None = None
    calls: tuple[NodeCall, ...] = ()
    rounds: tuple[Rounds, ...] = ()
    warnings: tuple[Warned, ...] = ()
    pause: Pause | None = None
    events: tuple[Event, ...] = ()
    racing: bool = field(default=False, compare=False)


@dataclass(frozen=True)
class Batch:
    """One ``map`` as seen from outside: its items, or why there are none."""

    status: Status
    items: tuple[Observation, ...] = ()
    error: tuple[str, tuple[Any, ...]] | None = None
    calls: tuple[NodeCall, ...] = ()
    warnings: tuple[Warned, ...] = ()
    events: tuple[Event, ...] = ()
    racing: bool = field(default=False, compare=False)
