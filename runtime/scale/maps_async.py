"""Maps on workers, for an event loop: as ``maps``, and the loop goes on meanwhile."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Iterator
from concurrent.futures import Future
from contextlib import suppress
from typing import Any

from hypergraph.runtime.results import RunResult
from hypergraph.runtime.scale.chunks import Row
from hypergraph.runtime.scale.errors import ExecutorError, WorkerLost, WorkerStalled
from hypergraph.runtime.scale.executors import Engine
from hypergraph.runtime.scale.job import Job
from hypergraph.runtime.scale.maps import PROBE_SECONDS, PROBES, died_early, no_answer, stalled
from hypergraph.runtime.scale.probe import check_reply, probe_of
from hypergraph.runtime.scale.replay import add_times, events_of
from hypergraph.runtime.scale.window import Window
from hypergraph.runtime.watching_async import AsyncWatch


class Inbox:
    """Futures that are done, in the order in which they came to be, from whatever thread."""

    def __init__(self) -> None:
        self.loop = asyncio.get_running_loop()
        self.done: asyncio.Queue[Future[bytes]] = asyncio.Queue()

    def put(self, future: Future[bytes]) -> None:
        """Take note of a future; called from any thread."""
        with suppress(RuntimeError):  # the loop is closed, and nobody waits any more
            self.loop.call_soon_threadsafe(self.done.put_nowait, future)

    async def get(self, timeout: float | None) -> Future[bytes]:
        """The next one; ``TimeoutError`` if there is none for so long."""
        return await asyncio.wait_for(self.done.get(), timeout)


async def results_on(
    executor: Any,
    job: Job,
    rows: Iterator[Row],
    count: int | None,
    *,
    stall_timeout: float | None = None,
    watch: AsyncWatch | None = None,
    **options: Any,
) -> AsyncGenerator[RunResult, None]:
    """The results of a map, in the order of its items unless ``ordered`` is false.

    Raises what the same for callers that wait does, and cleans up as it does, cancelled or not.
    """
    engine, inbox = Engine(executor), Inbox()
    window = Window(engine, job, rows, count, inbox.put, watched=watch is not None, **options)
    try:
        await _probe(engine, job, inbox, stall_timeout)
        while not window.finished:
            window.fill()
            await _tell(window, job, watch)
            back = window.ready()
            if back is not None:
                window.fill()
                for result in job.results(back):
                    yield result
            elif not window.finished:
                window.settle(await _next(inbox, window, stall_timeout))
    except WorkerStalled:
        window.cancel()
        engine.kill()
        raise
    finally:
        window.cancel()
        await asyncio.to_thread(engine.close)


async def _tell(window: Window, job: Job, watch: AsyncWatch | None) -> None:
    if watch is not None:
        for back in window.arrived():
            add_times(back, watch.dispatcher.processors)
            for event in events_of(back, job, watch.span):
                await watch.tell(event)


async def _probe(engine: Engine, job: Job, inbox: Inbox, timeout: float | None) -> None:
    for _ in range(PROBES - 1):
        try:
            return await _probe_once(engine, job, inbox, timeout)
        except WorkerLost as error:
            if isinstance(error, WorkerStalled) or not engine.renew():
                raise
    await _probe_once(engine, job, inbox, timeout)


async def _probe_once(engine: Engine, job: Job, inbox: Inbox, timeout: float | None) -> None:
    limit = PROBE_SECONDS if timeout is None else timeout
    try:
        future = engine.submit(*probe_of(job.shipment, job.run_id))
        future.add_done_callback(inbox.put)
        try:
            reply = (await inbox.get(limit)).result()
        except asyncio.TimeoutError:
            raise no_answer(limit) from None
        finally:
            future.cancel()
    except (ExecutorError, TypeError):
        raise
    except Exception as error:
        raise died_early(error) from error
    check_reply(reply, job.shipment)


async def _next(inbox: Inbox, window: Window, timeout: float | None) -> Future[bytes]:
    try:
        return await inbox.get(timeout)
    except asyncio.TimeoutError:
        raise stalled(window, timeout) from None
