"""The ways in which a case can be run; each turns it into an observation."""

from __future__ import annotations

import warnings
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from hypergraph import AsyncRunner, Graph, InMemoryCache, PauseInfo, RunResult, SyncRunner
from hypergraph.compiler.in_memory import program_in_memory
from hypergraph.compiler.plan import Mode
from hypergraph.compiler.schedule.simplify import PASSES, Pass
from hypergraph.runtime.program import Program

from ..reference.interpreter import facts_of, interpret, interpret_map
from ..reference.observation import Batch, NodeCall, Observation, Pause, Warned
from .bodies import Trace
from .event_loop import run_permuted
from .events import Listener
from .source import Built, build, literal
from .spec import Call, Case

Seen = Observation | Batch


@dataclass(frozen=True)
class Engine:
    """One way to run cases.

    ``concurrent`` engines have an event loop, ``told`` ones an event processor, and ``cached`` ones
    a cache with which they run every case twice; ``own_shape`` ones take a graph as it was declared
    and no subset of its inputs. ``share`` is how many of the 2,000 examples of a CI run it gets.
    """

    name: str
    observe: Callable[[Case], Seen]
    concurrent: bool
    share: int
    told: bool = False
    cached: bool = False
    own_shape: bool = False


def reference(case: Case, engine: Engine) -> Seen:
    """The case as the specification has it."""
    built = build(case.graph)
    runner = "async" if engine.concurrent else "sync"
    options = {**options_of(case.call), "runner": runner}
    options["limited"] = engine.concurrent and case.call.max_concurrency is not None
    interpreted: Callable[..., Seen] = interpret if case.call.map_over is None else interpret_map
    if not engine.cached:
        seen = interpreted(built.graph, values_of(case.call), **options)
        return replace(seen, calls=calls_of(built.trace))
    cache: dict[str, Any] = {}
    runs = [interpreted(built.graph, values_of(case.call), **options, cache=cache) for _ in "12"]
    return replace(twice(runs), calls=calls_of(built.trace))


def twice(runs: list[Seen]) -> Batch:
    """Two runs as one observation."""
    items = [item for run in runs for item in items_of(run)]
    plain = [replace(item, calls=(), rounds=(), warnings=(), events=()) for item in items]
    warned = tuple(warning for run in runs for warning in run.warnings)
    events = tuple(
        replace(
            event,
            run=(i, event.run),
            span=(i, event.span),
            parent=None if event.parent is None else (i, event.parent),
        )
        for i, run in enumerate(runs)
        for event in run.events
    )
    return Batch("completed", tuple(plain), warnings=warned, events=events)


def items_of(run: Seen) -> tuple[Observation, ...]:
    """What a run leaves behind; a map that raised leaves its error."""
    if isinstance(run, Observation):
        return (run,)
    return run.items if run.status == "completed" else (Observation("raised", error=run.error),)


def sequential(case: Case, *, told: bool = False, passes: tuple[Pass, ...] = PASSES) -> Seen:
    """The case under ``SyncRunner``; ``passes`` are those that simplify its loops."""
    built = build(case.graph)
    return run_once(case, built, SyncRunner(), passes, told=told)


def cached(case: Case) -> Seen:
    """The case twice under one ``SyncRunner`` with a cache."""
    built = build(case.graph)
    runner = SyncRunner(InMemoryCache())
    runs = [run_once(case, built, runner, told=True) for _ in "12"]
    return replace(twice(runs), calls=calls_of(built.trace))


def run_once(
    case: Case,
    built: Built,
    runner: SyncRunner,
    passes: tuple[Pass, ...] = PASSES,
    *,
    told: bool,
) -> Seen:
    """One run or map, and what was heard meanwhile."""
    listener = Listener()
    target = made_with(built.graph, "sync", passes)
    start = runner.run if case.call.map_over is None else runner.map
    options = {**options_of(case.call), "event_processors": [listener] if told else None}
    with heard() as warned:
        end = ended(lambda: start(target(), values_of(case.call), **options))
    return with_facts(end, built, listener, warned)


def made_with(graph: Graph, mode: Mode, passes: tuple[Pass, ...]) -> Callable[[], Graph | Program]:
    """What to hand to a runner: the graph, or its program if not every pass may simplify it."""
    return lambda: graph if passes == PASSES else program_in_memory(graph, mode, passes)


def interleaved(
    case: Case, seed: int, *, told: bool = False, passes: tuple[Pass, ...] = PASSES
) -> Seen:
    """The case under ``AsyncRunner``, everything in an order that a seed says."""
    built = build(case.graph, seed)
    target = made_with(built.graph, "async", passes)
    runner = AsyncRunner()
    listener = Listener()
    start = runner.run if case.call.map_over is None else runner.map
    options = {**options_of(case.call), "max_concurrency": case.call.max_concurrency}
    options["event_processors"] = [listener] if told else None
    with heard() as warned:
        end = ended(lambda: run_permuted(start(target(), values_of(case.call), **options), seed))
    return with_facts(end, built, listener, warned)


def with_facts(seen: Seen, built: Built, listener: Listener, warned: list[Warned]) -> Seen:
    """The same observation with calls, warnings and events."""
    return replace(
        seen,
        calls=calls_of(built.trace),
        warnings=tuple(warned),
        events=tuple(listener.events),
    )


def ended(start: Callable[[], Any]) -> Seen:
    """How a call of a runner ended."""
    try:
        result = start()
    except Exception as error:
        return Observation("raised", error=facts_of(error))
    if isinstance(result, list):
        return Batch("completed", tuple(observed(item) for item in result))
    return observed(result)


def observed(result: RunResult) -> Observation:
    """What a result says."""
    return Observation(
        result.status.value,
        tuple(dict(result.values).items()),
        None if result.error is None else facts_of(result.error),
        pause=None if result.pause is None else paused(result.pause),
    )


def paused(pause: PauseInfo) -> Pause:
    """What a pause says."""
    several = None if pause.values is None else tuple(pause.values.items())
    return Pause(pause.node_name, pause.output_param, pause.value, pause.output_params, several)


def values_of(call: Call) -> dict[str, Any]:
    """The inputs of a call, made anew."""
    return {name: literal(text) for name, text in call.values}


def options_of(call: Call) -> dict[str, Any]:
    """The options of a call as a runner takes them."""
    options: dict[str, Any] = {
        "on_missing": call.on_missing,
        "on_internal_override": call.on_internal_override,
        "entrypoint": call.entrypoint,
        "max_iterations": call.max_iterations,
        "error_handling": call.error_handling,
    }
    if call.select is not None:
        options["select"] = list(call.select) if isinstance(call.select, tuple) else call.select
    if call.map_over is not None:
        clone = call.map_over.clone
        options["map_over"] = list(call.map_over.names)
        options["map_mode"] = call.map_over.mode
        options["clone"] = list(clone) if isinstance(clone, tuple) else clone
    return options


def calls_of(trace: Trace) -> tuple[NodeCall, ...]:
    """The calls that the nodes' functions noted themselves."""
    visits: Counter[str] = Counter()
    found: list[NodeCall] = []
    for path, arguments in trace:
        visits[path] += 1
        found.append(NodeCall(path, visits[path], arguments))
    return tuple(found)


@contextmanager
def heard() -> Iterator[list[Warned]]:
    """The warnings issued meanwhile; the whole message stands as the fact."""
    found: list[Warned] = []
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        yield found
        found.extend(Warned(entry.category.__name__, (str(entry.message),)) for entry in caught)
