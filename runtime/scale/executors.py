"""The executor of a map: somebody's, which is only used, or one that a factory makes for us."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from typing import Any

UNKNOWN_WORKERS = 4


class Engine:
    """Where chunks are submitted.

    ``given`` is anything with ``submit(fn, *args)``, which is never shut down, or a class or a
    function without arguments that makes one. What it has made is made anew when it breaks, and
    shut down at the end.

    Raises ``TypeError`` for anything else.
    """

    def __init__(self, given: Any) -> None:
        self.factory: Callable[[], Any] | None = None
        self._executor: Any = None
        if not isinstance(given, type) and callable(getattr(given, "submit", None)):
            self._executor = given
        elif callable(given):
            self.factory = given
        else:
            raise TypeError(
                f"An executor has submit(fn, *args), or is a function that makes one; "
                f"{type(given).__name__} is neither: {given!r}"
            )

    @property
    def executor(self) -> Any:
        """The executor in use; a factory is called when it is first needed.

        Raises ``TypeError`` if what it makes is none.
        """
        if self._executor is None and self.factory is not None:
            made = self.factory()
            if not callable(getattr(made, "submit", None)):
                raise TypeError(
                    f"{self.factory!r} made a {type(made).__name__}, which has no submit(fn, *args)"
                    ".\nHow to fix: make an executor, such as ProcessPoolExecutor(4)."
                )
            self._executor = made
        return self._executor

    @property
    def workers(self) -> int:
        """How many workers there are; a guess, where an executor does not say so.

        None has to, but pools know, and so does the client of a Dask cluster.
        """
        for name in ("_max_workers", "num_workers"):
            known = getattr(self.executor, name, None)
            if isinstance(known, int) and known > 0:
                return known
        try:
            threads: dict[str, int] = self.executor._client.nthreads()
            return sum(threads.values()) or UNKNOWN_WORKERS
        except Exception:  # it has no client, or another one
            return UNKNOWN_WORKERS

    def submit(self, *call: Any) -> Future[bytes]:
        """The future of a call.

        Raises ``TypeError`` if it is none of ``concurrent.futures``, and whatever the executor
        raises.
        """
        future = self.executor.submit(*call)
        if not isinstance(future, Future):
            raise TypeError(
                f"{type(self.executor).__name__}.submit gave a {type(future).__name__}, not a "
                "concurrent.futures.Future.\n"
                "How to fix: pass an executor; for Dask that is client.get_executor(pure=False)."
            )
        return future

    def renew(self) -> bool:
        """Have another executor made in place of a broken one; ``False`` if nobody can."""
        if self.factory is None:
            return False
        self.close(wait=False)
        return True

    def close(self, wait: bool = True) -> None:
        """Shut down what a factory has made; what does not wait takes no more work at least."""
        if self.factory is None or self._executor is None:
            return
        executor, self._executor = self._executor, None
        stop = getattr(executor, "shutdown", None)
        if stop is None:
            return
        try:
            stop(wait=wait, cancel_futures=True)
        except TypeError:  # not every executor can cancel
            stop(wait=wait)

    def kill(self) -> None:
        """End the processes of an executor that a factory has made: they would never end."""
        if self.factory is not None:
            processes = dict(getattr(self._executor, "_processes", None) or {})
            for process in processes.values():
                process.terminate()
        self.close(wait=False)
