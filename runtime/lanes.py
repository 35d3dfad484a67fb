"""Parts of a run that go on beside each other: loops, and what does not depend on them.

A lane is a coroutine function of a generated program: supersteps that follow each other. The body
of ``async with beside(...)`` is a lane as well, the one that waits for no other.
"""

from __future__ import annotations

import asyncio

from hypergraph.runtime.overlap import finish, raised_by
from hypergraph.runtime.pauses import Pause

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine
    from types import TracebackType
    from typing import Any

    Work = Callable[["Lane"], Coroutine[Any, Any, None]]

_OVER = float("inf")


class Stopped(BaseException):
    """Ends a lane because another one has failed or paused; never leaves ``beside``."""


class Lane:
    """What one lane has to do with the others: where it is, and whom it waits for."""

    __slots__ = ("_whole", "_after", "_place", "_reached")

    def __init__(self, whole: beside, after: tuple[Lane, ...], place: int) -> None:
        self._whole = whole
        self._after = after
        self._place = place
        self._reached: float = 0

    async def superstep(self, number: int) -> None:
        """Begin a superstep when the lanes waited for are done with all earlier ones (rule 3)."""
        self._reach(number)
        while any(lane._reached < number for lane in self._after):
            self.go_on()
            await self._whole._moved()
        self.go_on()

    def go_on(self) -> None:
        """Begin nothing more once another lane has failed or paused."""
        if self._whole._stopped:
            raise Stopped

    def _reach(self, number: float) -> None:
        self._reached = number
        self._whole._wake()


class beside:
    """``async with beside(lane, (lane, others...)) as lane``: lanes that go on beside the body.

    A lane waits for the body and for the ``others`` it is listed with. All have finished when the
    block is left. Then the first error is raised, by superstep and then by lane; what had not begun
    when it came up was not begun (X71, X73). Cancelling cancels every lane and waits for it.

    >>> import asyncio
    >>> async def main():
    ...     async def count(lane):
    ...         await lane.superstep(2)
    ...         print("second")
    ...     async with beside(count) as lane:
    ...         print("first")
    >>> asyncio.run(main())
    first
    second
    """

    __slots__ = ("_lanes", "_works", "_tasks", "_waiting", "_errors", "_stopped")

    def __init__(self, *works: Work | tuple[Work, ...]) -> None:
        main = Lane(self, (), 0)
        listed = [work if isinstance(work, tuple) else (work,) for work in works]
        lanes: dict[Work, Lane] = {}
        for place, (work, *others) in enumerate(listed, start=1):
            lanes[work] = Lane(self, (main, *(lanes[other] for other in others)), place)
        self._lanes = [main, *lanes.values()]
        self._works = list(lanes)
        self._tasks: list[asyncio.Future[None]] = []
        self._waiting: list[asyncio.Future[None]] = []
        self._errors: list[tuple[float, int, BaseException]] = []
        self._stopped = False

    async def __aenter__(self) -> Lane:
        main, *lanes = self._lanes
        for work, lane in zip(self._works, lanes, strict=True):
            self._tasks.append(asyncio.ensure_future(self._run(work, lane)))
        try:
            await asyncio.sleep(0)  # they begin, whatever the body does at once
        except BaseException:
            await finish(self._tasks, cancel=True)
            raise
        return main

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType
    ) -> None:
        main = self._lanes[0]
        if isinstance(error, (Exception, Pause)):
            self._fail(main, error)
        elif error is not None and not isinstance(error, Stopped):
            await finish(self._tasks, cancel=True)
            return
        main._reach(_OVER)
        await finish(self._tasks)
        for task in self._tasks:
            raised_by(task)
        self._raise_first(error)

    async def _run(self, work: Work, lane: Lane) -> None:
        """One lane to its end, or up to where any of them stops."""
        try:
            lane.go_on()
            await work(lane)
        except Stopped:
            return
        except (Exception, Pause) as error:
            self._fail(lane, error)
        except BaseException:
            self._stop()
            raise
        else:
            lane._reach(_OVER)

    def _fail(self, lane: Lane, error: BaseException) -> None:
        self._errors.append((lane._reached, lane._place, error))
        self._stop()

    def _stop(self) -> None:
        self._stopped = True
        self._wake()

    def _raise_first(self, current: BaseException | None) -> None:
        """Raise what ended the run, if anything did, with no more context than it came with."""
        if not self._errors:
            return
        first = min(self._errors, key=lambda one: one[:2])[2]
        self._errors.clear()
        if first is current:
            return  # it is on its way
        context = first.__context__
        try:
            raise first
        finally:
            first.__context__ = context
            del first, current

    async def _moved(self) -> None:
        """Until any lane has got further."""
        waiting: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append(waiting)
        await waiting

    def _wake(self) -> None:
        for waiting in self._waiting:
            if not waiting.done():
                waiting.set_result(None)
        self._waiting.clear()
