"""``Program``: what a generated module exports and what a graph compiles to in memory."""

from __future__ import annotations

from hypergraph.runtime.checks import check_answers, check_entries
from hypergraph.runtime.interface import Inputs
from hypergraph.runtime.results import Layout, completed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import Any

    from hypergraph.runtime.inputs import InputSpec
    from hypergraph.runtime.scale.shipment import Shipment
    from hypergraph.runtime.shapes import Request, Shape
    from hypergraph.runtime.variants import Partial, Watched

    Resolve = Callable[["Program", Request], Shape]
    Ship = Callable[[Request], Shipment]

_OPTIONS = frozenset(
    {
        "select",
        "on_missing",
        "on_internal_override",
        "entrypoint",
        "max_iterations",
        "max_concurrency",
        "error_handling",
        "event_processors",
    }
)
_COROUTINE = 0x80  # inspect.CO_COROUTINE, without importing inspect


class Program:
    """A compiled graph: call ``run`` or ``map``, or give it to a runner.

    ``entry`` is the plain function: graph inputs in, a tuple of outputs out; ``mode`` tells whether
    it is ``"sync"`` or ``"async"``. ``outputs`` names the
    cells of that tuple, and ``variables`` the entry's variables where an output could not keep its
    name. ``selected`` are outputs that every result should have, though some may be missing.
    ``watched`` is the entry for runs with processors or a cache, and ``cacheable`` are the nodes
    that a cache is for. ``overlap`` tells of calls of one run that may be executing at once: they
    are ``"free"`` to, or ``"held"`` back by a limit. ``partial`` is the entry for any subset of
    names.

    >>> def double(x):
    ...     y = 2 * x
    ...     return (y,)
    >>> from hypergraph.runtime.interface import Inputs
    >>> program = Program(double, inputs=Inputs(required=("x",)), outputs=("y",))
    >>> program.run(x=4)["y"]
    8
    """

    check_answers = staticmethod(check_answers)
    check_entries = staticmethod(check_entries)
    __slots__ = (
        "entry",
        "mode",
        "name",
        "outputs",
        "variables",
        "selected",
        "watched",
        "cacheable",
        "overlap",
        "partial",
        "fingerprint",
        "interface",
        "shapes",
        "direct",
        "awaited",
        "_resolve",
        "_ship",
        "_source",
        "_inputs",
    )

    def __init__(
        self,
        entry: Callable[..., Any],
        *,
        inputs: Inputs,
        outputs: tuple[str, ...],
        name: str | None = None,
        variables: Mapping[str, str] | None = None,
        selected: tuple[str, ...] = (),
        watched: Watched | None = None,
        cacheable: tuple[str, ...] = (),
        overlap: str | None = None,
        partial: Partial | None = None,
        fingerprint: str | None = None,
        source: str | None = None,
        resolve: Resolve | None = None,
        ship: Ship | None = None,
    ) -> None:
        self.entry = entry
        self.mode = "async" if entry.__code__.co_flags & _COROUTINE else "sync"
        self.name = name if name is not None else entry.__name__
        self.outputs = outputs
        self.variables = dict(variables or {})
        self.selected = selected
        self.watched = watched
        self.cacheable = cacheable
        self.overlap = overlap
        self.partial = partial
        self.fingerprint = fingerprint
        self.interface = inputs
        self.shapes: dict[tuple[Any, ...], Shape] = {}
        self.direct: dict[tuple[str, ...], Shape] = {}
        self.awaited: dict[tuple[str, ...], Callable[[dict[str, Any]], Any]] = {}
        self._resolve = resolve
        self._ship = ship
        self._source = source
        self._inputs: InputSpec | None = None

    def __repr__(self) -> str:
        return f"Program({self.name!r}, mode={self.mode!r})"

    @property
    def inputs(self) -> InputSpec:
        """What a caller must or may supply."""
        if self._inputs is None:
            from hypergraph.runtime.inputs import InputSpec

            own = self.interface
            self._inputs = InputSpec(own.required, own.optional, own.entrypoints, dict(own.bound))
        return self._inputs

    @property
    def source(self) -> str:
        """The text of the module."""
        if self._source is None:
            from pathlib import Path

            self._source = Path(self.entry.__code__.co_filename).read_text(encoding="utf-8")
        return self._source

    def shape_for(self, request: Request) -> Shape:
        """The way to run this kind of call; raises why there is none (X17, X18)."""
        if self._resolve is not None:
            return self._resolve(self, request)
        from hypergraph.runtime.shapes import own_shape

        return own_shape(self, request)

    def shipment_for(self, request: Request) -> Shipment:
        """What travels to the workers of a map with this kind of call."""
        if self._ship is not None:
            return self._ship(request)
        from hypergraph.runtime.scale.files import shipment_of_file

        return shipment_of_file(self, request)

    def keep(
        self,
        supplied: tuple[str, ...],
        shape: Shape,
        start: Callable[[dict[str, Any]], Any] | None = None,
    ) -> None:
        """Remember the shape of a call that gave no option but these inputs.

        Those that need nothing but a call of the entry are kept apart as ``direct``: looking up the
        names of its inputs is then all there is to do for a run. For an asyncio program ``start``
        makes the coroutine of such a run.
        """
        self.shapes[supplied] = shape
        if shape.direct and _OPTIONS.isdisjoint(supplied):
            if self.mode == "sync":
                self.direct[supplied] = shape
            elif start is not None:
                self.awaited[supplied] = start

    def run(self, values: dict[str, Any] | None = None, **options: Any) -> Any:
        """Run once; takes what ``run`` of a runner takes after the graph."""
        if values is None or not options:
            supplied = options if values is None else values
            names = tuple(supplied)
            shape = self.direct.get(names)
            if shape is not None:
                return completed(shape.entry(**supplied), shape.layout)
            start = self.awaited.get(names)
            if start is not None:
                return start(supplied if values is None else {**values})
        return self._runner().run(self, values, **options)

    def map(self, values: dict[str, Any] | None = None, **options: Any) -> Any:
        """Run once per item; takes what ``map`` of a runner takes after the graph."""
        return self._runner().map(self, values, **options)

    def map_iter(self, values: dict[str, Any] | None = None, **options: Any) -> Any:
        """Run once per item as results are asked for; takes what ``map_iter`` of a runner takes."""
        return self._runner().map_iter(self, values, **options)

    def _runner(self) -> Any:
        if self.mode == "async":
            from hypergraph.runtime.runners.asynchronous import AsyncRunner

            return AsyncRunner()
        from hypergraph.runtime.runners.sync import PLAIN

        return PLAIN

    def main(self, argv: Sequence[str] | None = None) -> int:
        """Run from a command line and print the outputs as JSON; returns the exit code."""
        from hypergraph.runtime.main_asking import main_asking

        return main_asking(self, argv)

    def layout(self, names: tuple[str, ...] | None = None) -> Layout:
        """Where the selected outputs stand among the cells."""
        chosen = self.outputs if names is None else tuple(n for n in names if n in self.outputs)
        return Layout(self.outputs, chosen)
