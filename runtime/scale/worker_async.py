"""A chunk of items on a worker, for a program that is awaited: each has an event loop."""

from __future__ import annotations

import asyncio

from hypergraph.runtime.limits import limited
from hypergraph.runtime.overlap import run_items
from hypergraph.runtime.scale.worker import Worker, answering, failure, row_call

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any

    from hypergraph.runtime.scale.wire import Known
    from hypergraph.runtime.scale.worker import Done, Row, Told


def awaited_chunks_of(
    entry: Callable[..., Any], variables: dict[str, str], known: Known
) -> Callable[[bytes], bytes]:
    """What a worker calls with a chunk of items; as many go on at once as a limit allows."""
    worker = Worker(entry, variables, known)

    def work(head: Any, rows: list[Row]) -> Done:
        columns, shared, cells, names, raises, limit, alone = head
        call = row_call(entry, columns, shared)
        given, failed = asyncio.run(gathered(worker, call, rows, names, raises, limit, alone))
        return given, failed, cells, ()

    return answering(worker, work)


async def gathered(
    worker: Worker,
    call: Callable[[Row], Any],
    rows: Iterable[Row],
    names: tuple[str, ...],
    raises: bool,
    limit: int | None,
    alone: bool,
) -> tuple[list[Row], list[Told]]:
    """What items gave, in order, and how the others failed, by place."""
    found: dict[int, Row] = {}
    failed: list[Told] = []

    async def item(place: int, row: Row) -> None:
        try:
            found[place] = await call(row)
        except BaseException as error:
            failed.append(failure(worker, place, error, names))
            raise

    with limited(limit, alone):
        try:
            await run_items((item(place, row) for place, row in enumerate(rows)), raises)
        except BaseException:
            if not failed:
                raise
    return [found[place] for place in sorted(found)], failed
