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
from typing import Literal

from hypergraph.compiler.artifact import compile_graph
from hypergraph.compiler.diagnostics.artifacts import CompileError

from ..reference.interpreter import facts_of
from ..reference.observation import Batch, Observation
from .engines import (
    Seen,
    calls_of,
    ended,
    heard,
    options_of,
    values_of,
)
from .event_loop import run_permuted
from .source import source
from .spec import Case, GraphSpec

_serial = itertools.count()


def imported(case: Case, *, concurrent: bool) -> Seen:
    """The case as a program that imports the user's module."""
    with module_of(case.graph) as module:
        mode: Literal["async", "sync"] = "async" if concurrent else "sync"
        try:
            limit = concurrent and case.call.max_concurrency is not None
            program = compile_graph(f"{module.__name__}:graph", mode=mode, limit=limit).program()
        except CompileError as error:
            if error.__cause__ is None:
                raise
            # A call that no run would accept is refused when the file is made; a map over nothing
            # makes no call.
            if case.call.map_over is not None and not all(
                values_of(case.call).get(name, "given") for name in case.call.map_over.names
            ):
                return Batch("completed", ())
            return Observation("raised", error=facts_of(error.__cause__))
        start = program.run if case.call.map_over is None else program.map
        options = options_of(case.call)
        if concurrent:
            options["max_concurrency"] = case.call.max_concurrency
        with heard() as warned:
            if concurrent:
                end = ended(lambda: run_permuted(start(values_of(case.call), **options), seed=3))
            else:
                end = ended(lambda: start(values_of(case.call), **options))
        return replace(end, calls=calls_of(module.TRACE), warnings=tuple(warned))


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
