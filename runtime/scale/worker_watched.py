"""A chunk of items on a worker, with what happens in each told as data."""

from __future__ import annotations

from hypergraph.runtime.scale.recorded import RecordedSpan, Recorder
from hypergraph.runtime.scale.worker import Worker, answering, outcomes, row_call
from hypergraph.runtime.watching import Watch

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from hypergraph.runtime.scale.wire import Known
    from hypergraph.runtime.scale.worker import Done, Row


def watched_chunks_of(
    entry: Callable[..., Any], variables: dict[str, str], known: Known
) -> Callable[[bytes], bytes]:
    """What a worker calls with a chunk of items, for a program that takes a watch."""
    worker = Worker(entry, variables, known)

    def work(head: Any, rows: list[Row]) -> Done:
        columns, shared, cells, names, raises, graph, parent, wanted = head
        call = row_call(entry, (entry.__code__.co_varnames[0], *columns), shared)
        told: list[Any] = []
        times: dict[Any, list[Any]] = {}

        def item(row: Row) -> Any:
            recorder: Any = Recorder(wanted, times)
            span: Any = RecordedSpan(graph, parent)
            told.append(recorder.records)
            return Watch(span, recorder).whole(lambda watch: call((watch, *row)))

        given, failed = outcomes(worker, map(item, rows), len(rows), names, raises)
        return given, failed, cells, [told, times]

    return answering(worker, work)
