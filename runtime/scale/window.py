"""The chunks of a map that are out with workers, and those that came back; nobody waits here.

At most ``limit`` chunks are out or have come back before their turn, and an input is pulled when
there is room for it. What workers die with is sent again, alone: whatever is lost then is to blame.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, CancelledError, Future
from itertools import islice
from typing import Any

from hypergraph.runtime.scale.chunks import Chunk, Row, Sizes
from hypergraph.runtime.scale.errors import ExecutorError, Unpicklable, WorkerLost
from hypergraph.runtime.scale.executors import Engine
from hypergraph.runtime.scale.job import Back, Failed, Job, Reply
from hypergraph.runtime.uncollected import uncollected

ENOUGH_DEATHS = 2
MOST_BREAKS = 100

Told = Callable[["Future[bytes]"], None]


class Window:
    """What is under way of a map.

    ``rows`` are its items, ``count`` of them if that is known. ``told`` is called, from whatever
    thread, with a future that is done; ``settle`` is then to be called with it.
    """

    def __init__(
        self,
        engine: Engine,
        job: Job,
        rows: Iterator[Row],
        count: int | None,
        told: Told,
        *,
        chunk_size: int | None = None,
        max_in_flight: int | None = None,
        ordered: bool = True,
        watched: bool = False,
    ) -> None:
        self.engine, self.job, self.rows, self.count, self.told = engine, job, rows, count, told
        self.sizes, self.ordered = Sizes(chunk_size), ordered
        self.limit = max_in_flight or 2 * engine.workers
        self.out: dict[Future[bytes], tuple[Chunk, int]] = {}
        self.suspects: deque[Chunk] = deque()
        self.parts: deque[Chunk] = deque()
        self.back: dict[int, Back] = {}
        self.pulled = self.given = self.tokens = self.breaks = 0
        self.exhausted = self.alone = False
        self.watched = watched
        self.error: Exception | None = None
        self.news: list[Back] = []

    @property
    def finished(self) -> bool:
        """Whether there is nothing left to wait for; raises what the inputs did, in the end."""
        if self.out or self.suspects or self.parts or self.back or not self.exhausted:
            return False
        if self.error is not None:
            raise self.error
        return True

    def places_out(self) -> list[int]:
        """The items that workers have."""
        return sorted(place for chunk, _ in self.out.values() for place in chunk.places)

    # -- Sending ---------------------------------------------------------------------------------

    def fill(self) -> None:
        """Send chunks for as long as there is room."""
        while (chunk := self._next_chunk()) is not None:
            self._send(chunk)

    def _next_chunk(self) -> Chunk | None:
        if self.suspects:
            self.alone = not self.out
            return self.suspects.popleft() if self.alone else None
        if (self.alone and self.out) or len(self.out) + len(self.back) >= self.limit:
            return None
        self.alone = False
        return self.parts.popleft() if self.parts else self._pulled_chunk()

    def _pulled_chunk(self) -> Chunk | None:
        if self.exhausted:
            return None
        left = None if self.count is None else max(self.count - self.pulled, 1)
        rows = self._pulled_rows(self.sizes.next(left, self.limit))
        first, self.pulled = self.pulled, self.pulled + len(rows)
        self.exhausted = self.exhausted or not rows or self.pulled == self.count
        return Chunk(first, rows) if rows else None

    def _pulled_rows(self, size: int) -> list[Row]:
        """The next items; an error of their inputs is kept until all before it are through."""
        rows: list[Row] = []
        try:
            rows.extend(islice(self.rows, size))
        except Exception as error:
            self.exhausted, self.error = True, error
        return rows

    def _send(self, chunk: Chunk) -> None:
        try:
            call, sent = self.job.call(chunk, self.tokens)
        except Exception:
            self._part(chunk)
            return
        self.tokens += 1
        try:
            future = self.engine.submit(*call)
        except (BrokenExecutor, RuntimeError) as error:
            self.parts.appendleft(chunk)
            self._broken(error, [])
            return
        self.out[future] = chunk, sent
        future.add_done_callback(self.told)

    def _part(self, chunk: Chunk) -> None:
        """Take the item that cannot be sent out of a chunk; it has failed."""
        found = self.job.unpicklable(chunk)
        if found is None and len(chunk.rows) > 1:  # each can be sent, but not together
            self.parts.extendleft(reversed(chunk.parts(2)))
            return
        if found is None:
            found = 0, Unpicklable(f"The inputs of item {chunk.first} cannot be pickled together.")
        place, error = found
        failed = Failed("input", error.name or "", str(error))
        parts = [
            Chunk(chunk.first, chunk.rows[:place]),
            Chunk(chunk.first + place + 1, chunk.rows[place + 1 :]),
        ]
        self.parts.extendleft(reversed([part for part in parts if part.rows]))
        self._keep(Chunk(chunk.first + place, [chunk.rows[place]]), [failed], [failed])

    # -- Coming back -----------------------------------------------------------------------------

    def settle(self, future: Future[bytes]) -> None:
        """Take what came back, or send again what was lost."""
        if future not in self.out:  # given up already
            return
        chunk, sent = self.out.pop(future)
        error: BaseException | None
        try:
            error = future.exception()
        except CancelledError as cancelled:
            error = cancelled
        if error is None:
            self._take(chunk, sent, future.result())
        elif isinstance(error, (BrokenExecutor, CancelledError)):
            self._broken(error, [chunk])
        elif len(chunk.rows) > 1:  # the engine itself has tried it often enough
            self.parts.extend(chunk.parts(self.limit))
        else:
            self._lost([chunk], error)

    def _take(self, chunk: Chunk, sent: int, data: bytes) -> None:
        self.breaks = 0
        try:
            with uncollected():
                reply = Reply(data, self.job.shipment.known)
        except Exception as error:
            places = told_places(chunk.places)
            raise ExecutorError(f"The results of {places} cannot be read here: {error}") from error
        if reply.outcomes is not None:
            items = max(len(reply.outcomes), 1)
            self.sizes.measured(items, reply.seconds, max(sent, reply.size))
            self._keep(chunk, reply.outcomes, reply.failures, *reply.events)
        elif len(chunk.rows) > 1:
            self.parts.extendleft(reversed(chunk.parts(2)))
        else:
            kind = self.job.shipment.told(reply.why.type) if reply.why else ""
            why = f"{kind}: {reply.why.message}" if reply.why else ""
            text = f"Item {chunk.first}: a worker cannot read its inputs: {why}"
            failed = Failed("input", "", text)
            self._keep(chunk, [failed], [failed])

    def _keep(
        self, chunk: Chunk, outcomes: list[Any], failures: Sequence[Failed] = (), *told: Any
    ) -> None:
        self.back[chunk.first] = back = Back(chunk, outcomes, failures, *told)
        if self.watched:
            self.news.append(back)
        if any(self.job.raises or one.kind == "ended" for one in failures):
            self.exhausted = True  # nothing is begun after a failure

    def arrived(self) -> list[Back]:
        """What has come back since this was asked, for those who watch."""
        news, self.news = self.news, []
        return news

    def ready(self) -> Back | None:
        """The next chunk to hand on, if it is there."""
        if not self.ordered:
            return self.back.pop(next(iter(self.back))) if self.back else None
        back = self.back.pop(self.given, None)
        if back is not None:
            self.given += len(back.chunk.rows)
        return back

    # -- Losses ----------------------------------------------------------------------------------

    def _broken(self, error: BaseException, lost: list[Chunk]) -> None:
        """The executor is gone, and with it whatever has not come back."""
        for future in list(self.out):
            if not future.done() or future.cancelled() or future.exception() is not None:
                lost.append(self.out.pop(future)[0])
        self._renew(error, lost)
        self._lost(lost, error)

    def _renew(self, error: BaseException, lost: list[Chunk]) -> None:
        self.breaks += 1
        places = sorted(place for chunk in lost for place in chunk.places)
        if self.breaks > MOST_BREAKS:
            text = f"Workers keep dying, {self.breaks} times in a row now: {error}"
            raise WorkerLost(text, places) from error
        if not self.engine.renew():
            raise WorkerLost(
                f"The executor broke while its workers had {told_places(places)}: {why_of(error)}\n"
                "How to fix: pass a function that makes the executor, such as "
                "lambda: ProcessPoolExecutor(4); then it is made again, and the items are tried "
                "again.",
                places,
            ) from error

    def _lost(self, chunks: list[Chunk], error: BaseException) -> None:
        for chunk in sorted(chunks, key=lambda one: one.first):
            chunk.deaths += 1
            if chunk.deaths < ENOUGH_DEATHS:
                self.suspects.append(chunk)
            elif len(chunk.rows) > 1:
                parts = chunk.parts(self.limit)
                for part in parts:  # what is blamed for good has died alone each time
                    part.deaths = ENOUGH_DEATHS - 1 if len(part.rows) > 1 else 0
                self.suspects.extend(parts)
            else:
                text = f"its worker died, {chunk.deaths} times ({why_of(error)})"
                failed = Failed("lost", "", text)
                self._keep(chunk, [failed], [failed])

    def cancel(self) -> None:
        """Take back what no worker has begun."""
        for future in list(self.out):
            future.cancel()
        self.out.clear()


def why_of(error: BaseException) -> str:
    """What an engine said, or its kind of error, if it said nothing.

    >>> why_of(OSError("no route")), why_of(TimeoutError())
    ('OSError: no route', 'TimeoutError')
    """
    return f"{type(error).__name__}: {error}" if str(error) else type(error).__name__


def told_places(places: range | list[int]) -> str:
    """The places of items in words.

    >>> told_places([4]), told_places(range(4, 9)), told_places([1, 2, 3, 9])
    ('item 4', 'items 4 to 8', 'items 1 to 3, 9')
    """
    runs: list[tuple[int, int]] = []
    for place in places:
        if runs and runs[-1][1] == place - 1:
            runs[-1] = (runs[-1][0], place)
        else:
            runs.append((place, place))
    shown = [str(first) if first == last else f"{first} to {last}" for first, last in runs[:8]]
    more = " and others" if len(runs) > 8 else ""
    word = "item" if len(places) == 1 else "items"
    return f"{word} {', '.join(shown)}{more}"
