"""The reference's front: run or map a graph and say what was to be seen."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Literal

from hypergraph import Graph, IncompatibleRunnerError, InfiniteLoopError, MissingInputError

from .batch import Items, run_items
from .checks import (
    UNSET,
    Options,
    check_compatibility,
    check_node_types,
    check_word,
    holds_interrupt,
)
from .maps import items
from .observation import Batch, Observation, Status, Warned
from .recording import Outcome, Recorder, Said
from .run import run_graph

Runner = Literal["sync", "async"]


def interpret(
    graph: Graph,
    values: dict[str, Any] | None = None,
    *,
    runner: Runner = "sync",
    cache: dict[str, Any] | None = None,
    **options: Any,
) -> Observation:
    """Run a graph once; ``options`` are those of ``run`` (3.2).

    A call that a check refuses is observed as ``rejected``, one whose error reaches the caller as
    ``raised``.
    """
    recorder = Recorder(cache)
    chosen = Options(concurrent=runner == "async", **options)
    with heard() as warned:
        try:
            outcome = run_graph(graph, dict(values or {}), chosen, recorder)
            end = seen(outcome, raises=chosen.error_handling == "raise")
        except Exception as error:
            end = {"status": "rejected", "error": facts_of(error)}
    return Observation(
        **end,
        calls=tuple(recorder.calls),
        rounds=tuple(recorder.rounds),
        warnings=tuple(warned),
        events=tuple(recorder.events),
        racing=recorder.racing,
    )


def interpret_map(
    graph: Graph,
    values: dict[str, Any] | None = None,
    *,
    map_over: str | list[str],
    map_mode: str = "zip",
    clone: bool | list[str] = False,
    runner: Runner = "sync",
    cache: dict[str, Any] | None = None,
    **options: Any,
) -> Batch:
    """Run a graph once for each item (section 19); ``options`` are those of ``map`` (3.3)."""
    recorder = Recorder(cache)
    chosen = Options(concurrent=runner == "async", **options)
    names = [map_over] if isinstance(map_over, str) else list(map_over)
    raises = chosen.error_handling == "raise"
    end: dict[str, Any]
    with heard() as warned:
        try:
            check_map(graph, chosen)
            inputs = items(dict(values or {}), names, map_mode, clone)
        except Exception as error:
            return Batch("rejected", error=facts_of(error))
        try:
            outcomes = run_items(Items(graph, inputs, chosen, recorder), run_graph, raises=raises)
            found = tuple(Observation(**seen(outcome, raises=False)) for outcome in outcomes)
            end = {"status": "completed", "items": found}
        except Exception as error:
            end = {"status": "raised", "error": facts_of(error)}
    return Batch(
        **end,
        calls=tuple(recorder.calls),
        warnings=tuple(warned),
        events=tuple(recorder.events),
        racing=recorder.racing,
    )


def check_map(graph: Graph, options: Options) -> None:
    """What ``map`` checks before it makes its items (X19)."""
    check_compatibility(graph, options.concurrent)
    check_node_types(graph, options.concurrent)
    if any(holds_interrupt(node) for node in graph.interrupt_nodes):
        raise IncompatibleRunnerError("InterruptNode", capability="supports_interrupts")
    check_word(options.error_handling, ("raise", "continue"), "error_handling")


def seen(outcome: Outcome, *, raises: bool) -> dict[str, Any]:
    """The fields of an observation that the end of a run decides (X71, X105)."""
    status: Status = outcome.status
    if outcome.error is not None and raises:
        return {"status": "raised", "error": facts_of(outcome.error)}
    return {
        "status": status,
        "values": tuple(outcome.values.items()),
        "error": None if outcome.error is None else facts_of(outcome.error),
        "pause": outcome.pause,
    }


def facts_of(error: BaseException) -> tuple[str, tuple[Any, ...]]:
    """An exception's type, and its arguments where they are not a matter of wording (section 4)."""
    kind = type(error).__name__
    if isinstance(error, InfiniteLoopError):
        return kind, (error.max_iterations,)
    if isinstance(error, MissingInputError):
        return kind, (tuple(error.missing),)
    if isinstance(error, IncompatibleRunnerError):
        return kind, (error.node_name, error.capability)
    own = type(error).__module__ not in {"builtins", "hypergraph.runtime.errors"}
    return kind, tuple(error.args) if own else ()


@contextmanager
def heard() -> Iterator[list[Warned]]:
    """Collect the warnings that the reference issues, in order."""
    found: list[Warned] = []
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            yield found
        finally:
            for entry in caught:
                message = entry.message
                facts = message.facts if isinstance(message, Said) else (str(message),)
                found.append(Warned("UserWarning", facts))


__all__ = ["UNSET", "interpret", "interpret_map"]
