"""Programs in files map on workers too: those linked by imports send their own text."""

from __future__ import annotations

import asyncio
from concurrent.futures import Executor
from typing import Any

import pytest

from hypergraph import Program, SyncRunner, WorkerMismatch, compile_graph
from tests.scale.seen import seen
from tests.scale.shop import Order, shop

LINES = ["pen 4", "ink 1", "cap 2", "pen x"]
OPTIONS: dict[str, Any] = {"line": LINES, "map_over": "line", "error_handling": "continue"}


def program(**options: Any) -> Program:
    """The program of a file."""
    return compile_graph(shop, **options).program()


@pytest.fixture(scope="module")
def plain() -> Program:
    """Without options."""
    return program()


def test_a_file_maps_on_workers(plain: Program, processes: Executor) -> None:
    there = plain.map(**OPTIONS, executor=processes)
    assert seen(there) == seen(plain.map(**OPTIONS))
    assert seen(SyncRunner().map(plain, **OPTIONS, executor=processes)) == seen(there)


def test_a_file_streams(plain: Program, threads: Executor) -> None:
    results = plain.map_iter(line=iter(LINES[:2]), map_over="line", executor=threads)
    assert [one["total"] for one in results] == [12, 7]


def test_a_file_that_is_awaited_does_as_well(threads: Executor) -> None:
    awaited = program(mode="async")
    there = asyncio.run(awaited.map(**OPTIONS, executor=threads))
    assert seen(there) == seen(asyncio.run(awaited.map(**OPTIONS)))


def test_a_file_for_any_subset_of_names_sends_the_function_that_runs(threads: Executor) -> None:
    partial = program(partial=True)
    options: dict[str, Any] = {
        "order": [Order("pen", 4), Order("ink", 1)],
        "map_over": "order",
        "on_internal_override": "ignore",
    }
    there = partial.map(**options, executor=threads)
    assert seen(there) == seen(partial.map(**options))


def test_a_file_with_events_tells_them(threads: Executor) -> None:
    from .test_events import Heard

    told = program(events=True)
    listener = Heard()
    told.map(line=LINES[:2], map_over="line", event_processors=[listener], executor=threads)
    assert len(listener.events) == 2 + 2 * (2 + 4 * 2 + 1)


def test_a_file_whose_modules_workers_lack_is_refused(plain: Program, processes: Executor) -> None:
    text = plain.source.replace("from tests.scale import shop", "import nowhere_to_be_found")
    elsewhere = Program(plain.entry, inputs=plain.interface, outputs=plain.outputs, source=text)
    with pytest.raises(WorkerMismatch, match="module 'nowhere_to_be_found' is missing there"):
        elsewhere.map(**OPTIONS, executor=processes)
