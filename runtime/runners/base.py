"""What every runner is, and what it can do (X9)."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Any, Literal

ErrorHandling = Literal["raise", "continue"]


@dataclass
class RunnerCapabilities:
    """What a runner supports (section 2.6).

    >>> RunnerCapabilities().supports_cycles, RunnerCapabilities().supports_interrupts
    (True, False)
    """

    supports_cycles: bool = True
    supports_async_nodes: bool = False
    supports_streaming: bool = False
    returns_coroutine: bool = False
    supports_interrupts: bool = False


class BaseRunner(ABC):
    """Base class of runners; use ``SyncRunner`` or ``AsyncRunner`` instead of subclassing."""

    __slots__ = ()

    @property
    @abstractmethod
    def capabilities(self) -> RunnerCapabilities:
        """What the runner supports."""

    @abstractmethod
    def run(self, graph: Any, values: dict[str, Any] | None = None, **options: Any) -> Any:
        """Execute a graph once."""

    @abstractmethod
    def map(self, graph: Any, values: dict[str, Any] | None = None, **options: Any) -> Any:
        """Execute a graph once per item."""
