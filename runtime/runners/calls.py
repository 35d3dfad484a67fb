"""What both runners do before and after the entry function is called."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from hypergraph.runtime.errors import IncompatibleRunnerError
from hypergraph.runtime.outcomes import partial_or_given
from hypergraph.runtime.program import Program
from hypergraph.runtime.results import RunResult, RunStatus
from hypergraph.runtime.runners.base import RunnerCapabilities
from hypergraph.runtime.shapes import Shape
from hypergraph.runtime.warnings import warn_caller

RESERVED_FOR_RUN = ("select", "max_iterations", "event_processors", "max_concurrency")
RESERVED_FOR_MAP = (
    "map_over",
    "map_mode",
    "select",
    "error_handling",
    "event_processors",
    "max_concurrency",
)


def known_shape(graph: Any, supplied: tuple[str, ...]) -> Shape | None:
    """The shape of a call without options that was made before and needs nothing but its entry."""
    try:
        program: Program = graph if type(graph) is Program else graph._programs["sync"]
        return program.direct.get(supplied)
    except (AttributeError, KeyError):
        return None


def told_name(graph: Any) -> str | None:
    """The name events give to a graph or a program: a file has one, though its graph has none."""
    watched = graph.watched if type(graph) is Program else None
    name: str | None = getattr(graph, "name", None) if watched is None else watched.graph
    return name


def program_of(graph: Any, mode: str) -> Program:
    """The program a runner was handed, or that of a graph, compiled for ``mode``."""
    try:
        ready: Program = graph._programs[mode]
        return ready
    except (AttributeError, KeyError):
        pass
    if isinstance(graph, Program):
        if mode == "sync" and graph.mode == "async":
            raise IncompatibleRunnerError(
                f"Program '{graph.name}' is async: use AsyncRunner, or await program.run(...).",
                capability="supports_async_nodes",
            )
        return graph
    compiled = getattr(graph, "compiled", None)
    if compiled is None:
        raise TypeError(
            f"A runner takes a Graph or a Program, not {type(graph).__name__}: {graph!r}"
        )
    program: Program = compiled(mode)
    return program


def check_cycles(capabilities: RunnerCapabilities, graph: Any) -> None:
    """Refuse cycles for a runner of the user's own that says it has no way with them (X20)."""
    if not capabilities.supports_cycles and getattr(graph, "has_cycles", False):
        raise IncompatibleRunnerError(
            "The graph has cycles, which this runner does not support.\n"
            "How to fix: use SyncRunner or AsyncRunner.",
            capability="supports_cycles",
        )


def check_mappable(program: Any) -> None:
    """Refuse to map over interrupts of the program's own level (X19, X95)."""
    asked = [key for key in program.interface.answers if "." not in key]
    if asked:
        raise IncompatibleRunnerError(
            f"'{program.name}' has InterruptNodes, which ask for {asked}; "
            "it cannot be run by .map().\n"
            "How to fix: call run once per item, and resume each one that pauses.",
            capability="supports_interrupts",
        )


def warn_about(shape: Shape) -> None:
    """Repeat on every run what the checks of its shape warned about."""
    for message in shape.warnings:
        warn_caller(message)


def failed(
    error: Exception, shape: Shape, supplied: Mapping[str, Any] = MappingProxyType({})
) -> RunResult:
    """The result of a run that ``error`` ended, with the values that existed by then (X71)."""
    return RunResult(partial_of(error, shape, supplied), RunStatus.FAILED, error=error)


def refusals(size: int, error: Exception, error_handling: str) -> list[RunResult]:
    """What becomes of a map whose items are all refused for the same reason (K8)."""
    if error_handling == "raise":
        raise error
    return [RunResult({}, RunStatus.FAILED, error=error) for _ in range(size)]


def partial_of(error: BaseException, shape: Shape, supplied: Mapping[str, Any]) -> dict[str, Any]:
    """The outputs that the entry of a shape had assigned (X71)."""
    return partial_or_given(error, shape, shape.layout.names, supplied)
