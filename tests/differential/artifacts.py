"""Cases run by generated modules: compiled to text, and the text imported."""

from __future__ import annotations

import importlib
import itertools
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType
from typing import Any

from hypergraph import AsyncRunner, InMemoryCache, SyncRunner
from hypergraph.compiler.artifact import compile_graph
from hypergraph.compiler.diagnostics.artifacts import CompileError
from hypergraph.compiler.plan import Mode
from hypergraph.runtime.expand import rows_of
from hypergraph.runtime.program import Program

from ..reference.interpreter import facts_of
from ..reference.observation import Batch, Observation
from .engines import Seen, calls_of, ended, heard, options_of, twice, values_of
from .event_loop import run_permuted
from .events import Listener
from .source import source
from .spec import Case, GraphSpec

_serial = itertools.count()


def imported(
    case: Case,
    *,
    concurrent: bool,
    partial: bool = False,
    told: bool = False,
    cached: bool = False,
) -> Seen:
    """The case as a program that imports the user's module.

    It is run by a runner, twice with one cache if ``cached``; ``partial`` programs take any subset
    of names.
    """
    with module_of(case.graph) as module:
        mode: Mode = "async" if concurrent else "sync"
        target = f"{module.__name__}:graph"
        try:
            artifact = compile_graph(
                target,
                mode=mode,
                partial=partial,
                events=told,
                cache=cached,
                limit=concurrent and case.call.max_concurrency is not None,
            )
        except CompileError as error:
            ending = refused(case, error)
            return twice([ending, ending]) if cached else ending
        program, cache = artifact.program(), InMemoryCache() if cached else None
        runs = [run_once(case, program, concurrent, told, cache) for _ in range(1 + cached)]
        seen = twice(runs) if cached else runs[0]
        return replace(seen, calls=calls_of(module.TRACE))


def run_once(case: Case, program: Program, concurrent: bool, told: bool, cache: Any) -> Seen:
    """One run or map of a program, and what was heard meanwhile."""
    listener = Listener()
    runner: Any = AsyncRunner(cache) if concurrent else SyncRunner(cache)
    start = runner.run if case.call.map_over is None else runner.map
    options = {**options_of(case.call), "event_processors": [listener] if told else None}
    if concurrent:
        options["max_concurrency"] = case.call.max_concurrency
    with heard() as warned:
        if concurrent:
            end = ended(
                lambda: run_permuted(start(program, values_of(case.call), **options), seed=3)
            )
        else:
            end = ended(lambda: start(program, values_of(case.call), **options))
    return replace(end, warnings=tuple(warned), events=tuple(listener.events))


def refused(case: Case, error: CompileError) -> Seen:
    """How a case ends of which no file was made: as a call that no run would accept.

    A map over nothing makes no call, and one that goes on fails every item. Raises any other error
    as it is.
    """
    if error.__cause__ is None:
        raise error
    facts, over = facts_of(error.__cause__), case.call.map_over
    if over is None:
        return Observation("raised", error=facts)
    try:
        rows = rows_of(values_of(case.call), over.names, over.mode)
    except Exception as wrong:
        return Observation("raised", error=facts_of(wrong))
    if rows and case.call.error_handling == "raise":
        return Observation("raised", error=facts)
    return Batch("completed", tuple(Observation("failed", error=facts) for _ in rows))


@contextmanager
def module_of(spec: GraphSpec) -> Iterator[ModuleType]:
    """The user's module as a file that can be imported, for as long as it is needed."""
    name = f"drawn_module_{next(_serial)}"
    with TemporaryDirectory() as folder:
        Path(folder, f"{name}.py").write_text(source(spec), encoding="utf-8")
        sys.path.insert(0, folder)
        importlib.invalidate_caches()
        try:
            yield importlib.import_module(name)
        finally:
            sys.path.remove(folder)
            sys.modules.pop(name, None)
