"""A chunk of items on a worker, for a program that is awaited, with what happens told as data."""

from __future__ import annotations

import asyncio

from hypergraph.runtime.scale.recorded import RecordedSpan, Recorder
from hypergraph.runtime.scale.worker import Worker, answering, row_call
from hypergraph.runtime.scale.worker_async import gathered
from hypergraph.runtime.watching_async import AsyncWatch

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from hypergraph.runtime.scale.wire import Known
    from hypergraph.runtime.scale.worker import Done, Row


def watched_awaited_chunks_of(
    entry: Callable[..., Any], variables: dict[str, str], known: Known
) -> Callable[[bytes], bytes]:
    """What a worker calls with a chunk of items, for a program that takes a watch."""
    worker = Worker(entry, variables, known)

    def work(head: Any, rows: list[Row]) -> Done:
        columns, shared, cells, names, raises, limit, alone, graph, parent, wanted = head
        call = row_call(entry, (entry.__code__.co_varnames[0], *columns), shared)
        told: list[Any] = []
        times: dict[Any, list[Any]] = {}

        async def item(row: Row) -> Any:
            recorder: Any = Recorder(wanted, times)
            span: Any = RecordedSpan(graph, parent)
            told.append(recorder.records)
            return await AsyncWatch(span, recorder).whole(lambda watch: call((watch, *row)))

        work = gathered(worker, item, rows, names, raises, limit, alone)
        given, failed = asyncio.run(work)
        return given, failed, cells, [told, times]

    return answering(worker, work)
