"""Maps on workers, for callers that wait: results as they are ready, in constant memory."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from concurrent.futures import Future
from queue import Empty, SimpleQueue
from typing import Any

from hypergraph.runtime.results import RunResult
from hypergraph.runtime.scale.chunks import Row
from hypergraph.runtime.scale.errors import ExecutorError, WorkerLost, WorkerStalled
from hypergraph.runtime.scale.executors import Engine
from hypergraph.runtime.scale.job import Job
from hypergraph.runtime.scale.probe import check_reply, probe_of
from hypergraph.runtime.scale.replay import add_times, events_of
from hypergraph.runtime.scale.window import Window, told_places, why_of
from hypergraph.runtime.watching import Watch

PROBE_SECONDS = 60.0
PROBES = 3  # workers may die by chance before anything is sent


def results_on(
    executor: Any,
    job: Job,
    rows: Iterator[Row],
    count: int | None,
    *,
    stall_timeout: float | None = None,
    watch: Watch | None = None,
    **options: Any,
) -> Generator[RunResult, None, None]:
    """The results of a map, in the order of its items unless ``ordered`` is false.

    Raises what ``job`` does for an item that failed, and ``ExecutorError`` if the workers cannot go
    on. However it ends, no chunk is left in a queue, and what a factory made is shut down. The
    processors of ``watch`` are told of a chunk when it comes back.
    """
    engine, done = Engine(executor), SimpleQueue[Future[bytes]]()
    window = Window(engine, job, rows, count, done.put, watched=watch is not None, **options)
    try:
        _probe(engine, job, done, stall_timeout)
        while not window.finished:
            window.fill()
            _tell(window, job, watch)
            back = window.ready()
            if back is not None:
                window.fill()
                yield from job.results(back)
            elif not window.finished:
                window.settle(_next(done, window, stall_timeout))
    except WorkerStalled:
        window.cancel()
        engine.kill()
        raise
    finally:
        window.cancel()
        engine.close()


def _tell(window: Window, job: Job, watch: Watch | None) -> None:
    if watch is not None:
        for back in window.arrived():
            add_times(back, watch.dispatcher.processors)
            for event in events_of(back, job, watch.span):
                watch.dispatcher.emit(event)


def _probe(
    engine: Engine, job: Job, done: SimpleQueue[Future[bytes]], timeout: float | None
) -> None:
    for _ in range(PROBES - 1):
        try:
            return _probe_once(engine, job, done, timeout)
        except WorkerLost as error:
            if isinstance(error, WorkerStalled) or not engine.renew():
                raise
    _probe_once(engine, job, done, timeout)


def _probe_once(
    engine: Engine, job: Job, done: SimpleQueue[Future[bytes]], timeout: float | None
) -> None:
    limit = PROBE_SECONDS if timeout is None else timeout
    try:
        future = engine.submit(*probe_of(job.shipment, job.run_id))
        future.add_done_callback(done.put)
        try:
            done.get(timeout=limit)
        except Empty:
            future.cancel()
            raise no_answer(limit) from None
        reply = future.result()
    except (ExecutorError, TypeError):
        raise
    except Exception as error:
        raise died_early(error) from error
    check_reply(reply, job.shipment)


def _next(done: SimpleQueue[Future[bytes]], window: Window, timeout: float | None) -> Future[bytes]:
    try:
        return done.get(timeout=timeout)
    except Empty:
        raise stalled(window, timeout) from None


def no_answer(limit: float) -> WorkerStalled:
    """The error of workers that have not even said what they are."""
    return WorkerStalled(
        f"No worker has answered for {limit:g} seconds; nothing was sent yet.\n"
        "How to fix: see that the executor has workers, or raise stall_timeout."
    )


def died_early(error: BaseException) -> ExecutorError:
    """The error of an executor that cannot even tell what its workers are."""
    return WorkerLost(f"The executor failed before any item was sent: {why_of(error)}")


def stalled(window: Window, timeout: float | None) -> WorkerStalled:
    """The error of a map that got nothing back for too long."""
    places = window.places_out()
    return WorkerStalled(
        f"Nothing came back for {timeout:g} seconds. Workers have {told_places(places)}.\n"
        "How to fix: look at those items, or raise stall_timeout.",
        places,
    )
