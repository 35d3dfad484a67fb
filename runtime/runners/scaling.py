"""What a map was asked for, where its results are streamed or workers execute it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hypergraph.runtime.checks import ERROR_HANDLING, check_word
from hypergraph.runtime.errors import GraphConfigError, IncompatibleRunnerError
from hypergraph.runtime.program import Program
from hypergraph.runtime.runspan import RunSpan
from hypergraph.runtime.shapes import Request, Shape
from hypergraph.runtime.streams import Stream

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hypergraph.runtime.scale.job import Job


class Scaling:
    """What a map was told about workers: the ``executor``, if any, and how to use it.

    Raises ``ValueError`` for options that cannot be meant.
    """

    __slots__ = ("executor", "chunk_size", "max_in_flight", "stall_timeout", "ordered")

    def __init__(
        self,
        executor: Any = None,
        chunk_size: int | None = None,
        max_in_flight: int | None = None,
        stall_timeout: float | None = None,
        ordered: bool = True,
    ) -> None:
        named: dict[str, Any] = {
            "chunk_size": chunk_size,
            "max_in_flight": max_in_flight,
            "stall_timeout": stall_timeout,
        }
        for name, value in named.items():
            if value is None:
                continue
            if executor is None:
                raise ValueError(f"{name} is for maps on an executor.\nHow to fix: pass executor.")
            kinds = (int, float) if name == "stall_timeout" else int
            if not isinstance(value, kinds) or value <= 0:
                raise ValueError(f"{name} must be a positive number, got {value!r}.")
        self.executor = executor
        self.chunk_size = chunk_size
        self.max_in_flight = max_in_flight
        self.stall_timeout = stall_timeout
        self.ordered = ordered

    @property
    def options(self) -> dict[str, Any]:
        """How workers are to be used, as what streams their results takes it."""
        return {
            "stall_timeout": self.stall_timeout,
            "chunk_size": self.chunk_size,
            "max_in_flight": self.max_in_flight,
            "ordered": self.ordered,
        }

    def check(self, program: Program, cache: Any) -> None:
        """Refuse what workers have no way with: interrupts at any depth, and a cache over here."""
        if self.executor is None:
            return
        if program.interface.answers:
            raise IncompatibleRunnerError(
                f"'{program.name}' has InterruptNodes, which ask for "
                f"{list(program.interface.answers)}; workers have nobody to ask.\n"
                "How to fix: call run for each item here, and resume those that pause.",
                capability="supports_interrupts",
            )
        if cache is not None:
            raise GraphConfigError(
                "A runner with a cache cannot map on an executor: workers do not reach the cache.\n"
                "How to fix: use a runner without a cache."
            )


class Asked:
    """The options of one map, as they were given."""

    __slots__ = (
        "select",
        "on_missing",
        "on_internal_override",
        "entrypoint",
        "max_iterations",
        "error_handling",
        "event_processors",
        "item_key",
    )

    def __init__(
        self,
        select: Any,
        on_missing: str,
        on_internal_override: str,
        entrypoint: str | None,
        max_iterations: int | None,
        error_handling: str,
        event_processors: list[Any] | None,
        item_key: str | None,
    ) -> None:
        check_word("error_handling", error_handling, ERROR_HANDLING)
        self.select = select
        self.on_missing = on_missing
        self.on_internal_override = on_internal_override
        self.entrypoint = entrypoint
        self.max_iterations = max_iterations
        self.error_handling = error_handling
        self.event_processors = event_processors
        self.item_key = item_key

    def told_by(self, how: Scaling) -> list[Any] | None:
        """The processors that a program has to tell something, once it runs where it will.

        That an item of workers begins and ends is told for it.
        """
        if how.executor is None or not self.event_processors:
            return self.event_processors
        from hypergraph.runtime.scale.replay import ITEMS, wanted_by

        return None if wanted_by(self.event_processors) == ITEMS else self.event_processors

    def request(self, names: Mapping[str, Any], features: frozenset[str], policy: str) -> Request:
        """What the calls of the items ask for; ``policy`` is what their checks do about errors."""
        return Request(
            tuple(names),
            self.select,
            self.on_missing,
            self.on_internal_override,
            self.entrypoint,
            policy,
            features,
        )


def job_of(
    program: Program,
    shape: Shape,
    request: Request,
    items: Stream,
    asked: Asked,
    span: RunSpan,
    more: tuple[Any, ...] = (),
    awaited: bool = False,
) -> Job:
    """The map as it travels; ``span`` is who it is, and ``more`` is for its kind of worker."""
    from hypergraph.runtime.scale.job import Job
    from hypergraph.runtime.scale.replay import wanted_by

    wanted = wanted_by(asked.event_processors or ())
    return Job(
        shape,
        program.shipment_for(request),
        items.names,
        items.shared,
        span.run_id,
        on_missing=asked.on_missing,
        error_handling=asked.error_handling,
        max_iterations=asked.max_iterations,
        more=(*more, shape.graph, span.span_id, wanted) if shape.watched else more,
        awaited=awaited,
    )
