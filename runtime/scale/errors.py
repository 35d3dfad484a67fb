"""What can go wrong with workers, as opposed to what goes wrong in the nodes of a graph."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any


class ExecutorError(Exception):
    """The workers of a map failed it, or could not take it on."""


class WorkerLost(ExecutorError):
    """Workers died while they had these ``items``, given by their places in the map."""

    def __init__(self, message: str, items: Sequence[int] = ()) -> None:
        super().__init__(message)
        self.message, self.items = message, tuple(items)

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.message, self.items)


class WorkerStalled(WorkerLost):
    """No chunk came back for as long as ``stall_timeout`` allows; ``items`` are those out there."""


class WorkerMismatch(ExecutorError):
    """The workers cannot run the program: something is ``missing``, or of another version.

    ``versions`` holds, by distribution, the version here and the one on the workers.
    """

    def __init__(
        self,
        message: str,
        missing: Sequence[str] = (),
        versions: dict[str, tuple[str, str]] | None = None,
    ) -> None:
        super().__init__(message)
        self.message, self.missing, self.versions = message, tuple(missing), versions or {}

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.message, self.missing, self.versions)


class Unpicklable(ExecutorError):
    """The value called ``name`` of an ``item`` cannot be sent; a broadcast input is of no item."""

    def __init__(self, message: str, item: int | None = None, name: str | None = None) -> None:
        super().__init__(message)
        self.message, self.item, self.name = message, item, name

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.message, self.item, self.name)


class RemoteError(Exception):
    """Stands for an exception of a node that could not be sent: its ``type`` and ``traceback``."""

    def __init__(self, type: str, message: str, traceback: str) -> None:
        super().__init__(f"{type}: {message}")
        self.type, self.message, self.traceback = type, message, traceback

    def __reduce__(self) -> tuple[Any, ...]:
        return RemoteError, (self.type, self.message, self.traceback)


class RemoteTraceback(Exception):
    """The cause of an exception that was raised on a worker: its traceback there, as text."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text

    def __str__(self) -> str:
        return f"on a worker\n\n{self.text}"
