"""Drawn graphs give the same on workers as they do here, whatever becomes of their items."""

from __future__ import annotations

import asyncio
from concurrent.futures import Executor
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from hypergraph import AsyncRunner, Graph, IncompatibleRunnerError, SyncRunner

from ..differential.artifacts import module_of
from ..differential.cases import cases
from ..differential.engines import Seen, ended, heard, options_of, values_of
from ..differential.events import Listener, comparable
from ..differential.spec import Case, MapOver

ONCE = MapOver((), "product")  # of nothing: one item without inputs of its own


def mapped(case: Case, graph: Graph, executor: Executor | None) -> Seen:
    """The case as a map, what was warned of meanwhile, and for half of the graphs its events."""
    call = case.call if case.call.map_over is not None else replace(case.call, map_over=ONCE)
    listener = Listener()
    options = {**options_of(call), "executor": executor}
    limit = call.max_concurrency
    if len(case.graph.nodes) % 2:
        options["event_processors"], limit = [listener], 1
        options["max_in_flight"] = None if executor is None else 1

    def start() -> Any:
        if not case.concurrent:
            return SyncRunner().map(graph, values_of(call), **options)
        mapping = AsyncRunner().map(graph, values_of(call), **options, max_concurrency=limit)
        return asyncio.run(mapping)

    with heard() as warned:
        end = ended(start)
    told = tuple(comparable(listener.events))
    return replace(end, warnings=tuple(dict.fromkeys(warned)), events=told)


def check(case: Case, executor: Executor) -> None:
    """Both give the same; what asks somebody is refused on workers."""
    with module_of(case.graph) as module:
        here = mapped(case, module.graph, None)
        there = mapped(case, module.graph, executor)
    if there != here:
        assert there.error is not None
        assert there.error[0] == IncompatibleRunnerError.__name__


@pytest.mark.slow
@pytest.mark.parametrize("concurrent", [False, True])
def test_drawn_graphs_give_the_same(threads: Executor, concurrent: bool) -> None:
    @settings(
        max_examples=12, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck)
    )
    @given(cases(concurrent=concurrent))
    def agree(case: Case) -> None:
        check(case, threads)

    agree()
