"""What a run of a standalone program hands back (X1 to X5)."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any


class RunStatus(str):
    """How a run ended: the word for it, which is also its ``value`` (X1).

    >>> RunStatus("failed") == "failed", RunStatus("failed").value
    (True, 'failed')
    """

    value = property(str)


class Values(dict[str, "Any"]):
    """The outputs of a run by name; calling it gives the bare values (X2)."""

    __call__ = dict.values


class RunResult:
    """The outcome of one run: outputs by name, and how it ended (X2 to X5).

    >>> result = RunResult({"total": 3}, "completed")
    >>> result["total"], "tax" in result, result.get("tax", 0), list(result.values())
    (3, False, 0, [3])
    """

    __slots__ = __match_args__ = ("values", "status", "run_id", "workflow_id", "error", "pause")

    completed = property(lambda self: self.status == "completed")
    paused = property(lambda self: self.status == "paused")
    get = property(lambda self: self.values.get)
    keys = property(lambda self: self.values.keys)
    items = property(lambda self: self.values.items)

    def __init__(self, values: Any, status: str, error: Any = None, pause: Any = None) -> None:
        self.values, self.status = Values(values), RunStatus(status)
        self.workflow_id, self.error, self.pause = None, error, pause

    def __getattr__(self, name: str) -> str:  # the identity of a run is rarely asked for
        if name != "run_id":
            raise AttributeError(f"'RunResult' object has no attribute '{name}'")
        from os import urandom

        self.run_id = f"run-{urandom(6).hex()}"
        return self.run_id

    def __getitem__(self, name: str) -> Any:
        return self.values[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.values)

    def __len__(self) -> int:
        return len(self.values)

    def __eq__(self, other: object) -> bool:
        same = all(getattr(self, name) == getattr(other, name, self) for name in self.__slots__)
        return same and type(other) is RunResult

    def __repr__(self) -> str:
        from reprlib import repr as short

        shown = {name: short(getattr(self, name)) for name in self.__slots__}
        shown["status"] = self.status
        return f"RunResult({', '.join(f'{name}={text}' for name, text in shown.items())})"
