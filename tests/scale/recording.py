"""An executor that can be asked afterwards what it was given."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any


class Recording(ThreadPoolExecutor):
    """Remembers its futures."""

    def __init__(self) -> None:
        super().__init__(1)
        self.futures: list[Future[Any]] = []

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        """The future of a call."""
        self.futures.append(super().submit(fn, *args, **kwargs))
        return self.futures[-1]
