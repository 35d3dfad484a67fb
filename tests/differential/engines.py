"""The ways in which a case can be run; each turns it into an observation."""

from __future__ import annotations

import asyncio
import warnings
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from hypergraph import AsyncRunner, PauseInfo, RunResult, SyncRunner
from tests.differential.bodies import Trace
from tests.differential.source import build, literal
from tests.differential.spec import Call, Case
from tests.reference.interpreter import facts_of, interpret, interpret_map
from tests.reference.observation import Batch, NodeCall, Observation, Pause, Warned

Seen = Observation | Batch


@dataclass(frozen=True)
class Engine:
    """One way to run cases, and whether it has an event loop."""

    name: str
    observe: Callable[[Case], Seen]
    concurrent: bool


def reference(case: Case, concurrent: bool) -> Seen:
    """The case as the specification has it."""
    built = build(case.graph)
    runner = "async" if concurrent else "sync"
    options = {**options_of(case.call), "runner": runner}
    if case.call.map_over is None:
        seen: Seen = interpret(built.graph, values_of(case.call), **options)
    else:
        seen = interpret_map(built.graph, values_of(case.call), **options)
    return replace(seen, calls=calls_of(built.trace))


def sequential(case: Case) -> Seen:
    """The case under ``SyncRunner``."""
    built = build(case.graph)
    runner = SyncRunner()
    start = runner.run if case.call.map_over is None else runner.map
    with heard() as warned:
        end = ended(lambda: start(built.graph, values_of(case.call), **options_of(case.call)))
    return replace(end, calls=calls_of(built.trace), warnings=tuple(warned))


def interleaved(case: Case, seed: int) -> Seen:
    """The case under ``AsyncRunner``, the nodes giving way as a seed says."""
    built = build(case.graph, seed)
    runner = AsyncRunner()
    start = runner.run if case.call.map_over is None else runner.map
    options = {**options_of(case.call), "max_concurrency": case.call.max_concurrency}
    with heard() as warned:
        end = ended(lambda: asyncio.run(start(built.graph, values_of(case.call), **options)))
    return replace(end, calls=calls_of(built.trace), warnings=tuple(warned))


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


ENGINES = (
    Engine("sequential", sequential, concurrent=False),
    *(
        Engine(f"interleaved {seed}", partial(interleaved, seed=seed), concurrent=True)
        for seed in range(3)
    ),
)
