"""What one run of one graph knows while it goes on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from hypergraph import Graph

from .checks import Options
from .planning import Planned
from .recording import Outcome, Recorder
from .state import State

InnerRun = Callable[[Graph, dict[str, Any], Options, Recorder, str, int | None], Outcome]


@dataclass
class Run:
    """What one run of one graph knows while it goes on.

    ``chosen`` has the targets of every gate that executed, over all rounds where it is in a loop
    (D10); ``closed`` the nodes that their gates ruled out. ``inner`` starts a run inside this one.
    """

    graph: Graph
    planned: Planned
    options: Options
    state: State
    recorder: Recorder
    path: str
    number: int
    span: int
    inner: InnerRun
    nested_answers: dict[str, dict[str, Any]]
    chosen: dict[str, frozenset[str]] = field(default_factory=dict)
    closed: frozenset[str] = frozenset()
    executed: set[str] = field(default_factory=set)
