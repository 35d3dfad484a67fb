"""One map on workers: what is sent for a chunk, and what becomes of the reply."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, repeat
from types import MappingProxyType
from typing import Any

from hypergraph.runtime.outcomes import check_wanted, with_answers
from hypergraph.runtime.results import Layout, RunResult, RunStatus, all_completed, completed
from hypergraph.runtime.runners.calls import warn_about
from hypergraph.runtime.scale.boot import chunk_call
from hypergraph.runtime.scale.chunks import Chunk, Row
from hypergraph.runtime.scale.errors import RemoteError, RemoteTraceback, Unpicklable, WorkerLost
from hypergraph.runtime.scale.shipment import Shipment
from hypergraph.runtime.scale.wire import packed_into, unpacked_from
from hypergraph.runtime.shapes import Shape
from hypergraph.runtime.uncollected import uncollected


class Failed:
    """An item that gave nothing: of what ``kind``, and what is known about it."""

    __slots__ = ("kind", "type", "message", "text", "frames", "error", "values")

    def __init__(
        self,
        kind: str,
        type: str = "",
        message: str = "",
        text: str = "",
        frames: Sequence[tuple[str, int]] = (),
        error: bytes | None = None,
        values: Mapping[str, bytes] | None = None,
    ) -> None:
        self.kind, self.type, self.message, self.text = kind, type, message, text
        self.frames, self.error, self.values = frames, error, values or {}


Outcome = Row | Failed


class Reply:
    """What came back for a chunk; ``outcomes`` is ``None`` if the worker could not read it."""

    __slots__ = ("seconds", "outcomes", "failures", "events", "size", "why")

    def __init__(self, data: bytes, known: Mapping[tuple[str, str], Any]) -> None:
        self.seconds, found, failed, events = unpacked_from(data, known)
        self.outcomes: list[Any] | None = None
        self.size = len(data)
        self.events = events
        self.failures = [Failed(*told) for _, *told in failed]
        self.why = self.failures[0] if found is None else None
        if found is not None:
            self.outcomes = unpacked_from(found, known)
            for (place, *_), one in zip(failed, self.failures, strict=True):
                self.outcomes.insert(place, one)  # in the order of their places


class Back:
    """A chunk that came back: what became of its items, and what was recorded of each.

    The ``failures`` are among the outcomes. ``times`` holds calls, failures and seconds by graph
    and node, where somebody wants just those.
    """

    __slots__ = ("chunk", "outcomes", "failures", "events", "times")

    def __init__(
        self,
        chunk: Chunk,
        outcomes: list[Any],
        failures: Sequence[Failed] = (),
        events: Sequence[Any] = (),
        times: Mapping[Any, list[Any]] = MappingProxyType({}),
    ) -> None:
        self.chunk, self.outcomes, self.failures = chunk, outcomes, failures
        self.events, self.times = events, times


class Job:
    """One map: its program, the way each item is called, and what is made of the outcomes.

    ``names`` are the inputs in a row of values, ``shared`` those that all items get. ``awaited``
    tells that the runner is the one of the event loop, which knows answers of interrupts.

    Raises ``Unpicklable`` for a value that all items get and that cannot be sent.
    """

    def __init__(
        self,
        shape: Shape,
        shipment: Shipment,
        names: tuple[str, ...],
        shared: Mapping[str, Any],
        run_id: str,
        *,
        on_missing: str,
        error_handling: str,
        max_iterations: int | None = None,
        more: tuple[Any, ...] = (),
        awaited: bool = False,
    ) -> None:
        self.shape, self.shipment, self.run_id = shape, shipment, run_id
        self.names, self.shared, self.awaited = names, shared, awaited
        self.on_missing = on_missing
        self.raises = error_handling == "raise"
        self.layout = Layout(tuple(shape.layout.names))
        self.answers = awaited and not self.layout.index.keys().isdisjoint((*names, *shared))
        self.plain = not (shape.warnings or self.answers) and on_missing == "ignore"
        taken = self._taken()
        columns = tuple(self._parameter(name) for name in names if name in taken)
        given = {self._parameter(name): shared[name] for name in shared if name in taken}
        if shipment.limit is not None and max_iterations:
            given[shipment.limit] = max_iterations
        self.places = [place for place, name in enumerate(names) if name in taken]
        wanted = tuple(shape.layout.index.values())
        cells = None if wanted == tuple(range(len(shipment.outputs))) else wanted
        head = (columns, given, cells, self.layout.names, self.raises, *more)
        self.head = self._packed_head(head, shared)

    def _taken(self) -> frozenset[str]:
        """The supplied names that the entry takes."""
        if self.shape.arguments is None:
            return frozenset((*self.names, *self.shared))
        return frozenset(name for name, _ in self.shape.arguments)

    def _parameter(self, name: str) -> str:
        return self.shipment.parameters.get(name, name)

    def _packed_head(self, head: tuple[Any, ...], shared: Mapping[str, Any]) -> bytes:
        try:
            return packed_into(head)
        except Exception as error:
            for name, value in shared.items():
                _check_input(name, value, None)
            raise Unpicklable(f"The inputs cannot be pickled: {error}") from error

    def call(self, chunk: Chunk, token: int) -> tuple[tuple[Any, ...], int]:
        """What to submit for a chunk, and how many bytes of items that sends.

        Raises whatever pickling the inputs raises.
        """
        rows = chunk.rows
        columns = [[row[place] for row in rows] for place in self.places]
        blob = packed_into((self.head, len(rows), columns))
        once = (self.run_id, chunk.first, token)
        sent = len(blob) - len(self.head)
        return chunk_call(self.shipment.module, self.shipment.source, blob, once), sent

    def unpicklable(self, chunk: Chunk) -> tuple[int, Unpicklable] | None:
        """Which item of a chunk cannot be sent, counted from its first, and why."""
        for place, row in enumerate(chunk.rows):
            try:
                for column in self.places:
                    _check_input(self.names[column], row[column], chunk.first + place)
            except Unpicklable as error:
                return place, error
        return None

    def results(self, back: Back) -> Iterable[RunResult]:
        """The results of a chunk that came back; the error of an item may be raised instead."""
        if self.plain and not back.failures and not back.events:
            with uncollected():
                return all_completed(back.outcomes, self.layout)
        return self._results(back)

    def _results(self, back: Back) -> Iterator[RunResult]:
        told: Iterator[Any] = chain(back.events, repeat(None))
        chunk = back.chunk
        for place, row, outcome in zip(chunk.places, chunk.rows, back.outcomes, strict=False):
            result, records = self.result(place, row, outcome), next(told)
            if records:
                result.run_id = records[0][1]
            yield result

    def result(self, place: int, row: Row, outcome: Outcome) -> RunResult:
        """The result of an item, or its error raised, as the local map has it (X89, X92)."""
        warn_about(self.shape)
        if isinstance(outcome, Failed):
            error = self.error(place, outcome)
            if self.raises or outcome.kind == "ended" or not isinstance(error, Exception):
                raise error
            return RunResult(self._values(outcome, row), RunStatus.FAILED, error=error)
        if self.answers:
            outcome = with_answers(outcome, self.layout.index, self._supplied(row))
        result = completed(outcome, self.layout)
        if self.on_missing != "ignore":
            try:
                check_wanted(self.shape.wanted, result, self.on_missing)
            except ValueError as error:
                if self.raises:
                    raise
                return RunResult({}, RunStatus.FAILED, error=error)
        return result

    def _supplied(self, row: Row) -> dict[str, Any]:
        return {**self.shared, **dict(zip(self.names, row, strict=True))}

    def _values(self, failed: Failed, row: Row) -> dict[str, Any]:
        """The outputs that there were when an item failed (X71, X68)."""
        known = self.shipment.known
        found = {name: unpacked_from(data, known) for name, data in failed.values.items()}
        if self.awaited and failed.kind == "failed":
            found = {**self._supplied(row), **found}
        return {name: found[name] for name in self.layout.names if name in found}

    def error(self, place: int, failed: Failed) -> BaseException:
        """The error of an item: that of its node, if it could be sent, and what is known of it."""
        if failed.kind == "lost":
            return WorkerLost(f"Item {place}: {failed.message}", [place])
        if failed.kind == "input":
            return Unpicklable(failed.message, place, failed.type or None)
        if failed.kind == "output":
            return self._unpicklable_output(place, failed)
        error = self._sent(failed)
        error.__cause__ = RemoteTraceback(failed.text)
        node = self.shipment.node_of(failed.frames)
        where = f"item {place} of the map" if node is None else f"node '{node}', item {place}"
        notes = [*getattr(error, "__notes__", ()), f"on a worker: {where}"]
        error.__notes__ = notes  # type: ignore[attr-defined]
        return error

    def _sent(self, failed: Failed) -> BaseException:
        if failed.error is not None:
            try:
                error = unpacked_from(failed.error, self.shipment.known)
                if isinstance(error, BaseException):
                    return error
            except Exception:  # its class is not known here
                pass
        return RemoteError(self.shipment.told(failed.type), failed.message, failed.text)

    def _unpicklable_output(self, place: int, failed: Failed) -> Unpicklable:
        name = self._cell_name(failed.text)
        what = f"output '{name}', a {failed.type}," if name else "the outputs together"
        text = f"Item {place}: {what} cannot be pickled: {failed.message}"
        fix = "have the node give plain data, or leave the output out with select."
        return Unpicklable(f"{text}\nHow to fix: {fix}", place, name)

    def _cell_name(self, cell: str) -> str | None:
        names = {place: name for name, place in self.layout.index.items()}
        return names.get(int(cell)) if cell else None


def _check_input(name: str, value: Any, item: int | None) -> None:
    try:
        packed_into(value)
    except Exception as error:
        which = ", which all items get," if item is None else f" of item {item}"
        kind, why = type(value).__qualname__, f"{type(error).__name__}: {error}"
        raise Unpicklable(
            f"Input '{name}'{which} cannot be pickled: a {kind} ({why}).\n"
            "How to fix: pass what it is made from, and make it inside a node.",
            item,
            name,
        ) from error
