"""The program of a standalone file that runs on an event loop."""

from __future__ import annotations

from hypergraph.runtime.checks import ERROR_HANDLING, check_word, merged
from hypergraph.runtime.errors import GraphConfigError
from hypergraph.runtime.limits import check_limit, limit_in_force, limited
from hypergraph.runtime.outcomes import partial_or_given, with_answers
from hypergraph.runtime.overlap import Failure, run_items
from hypergraph.runtime.pauses import Pause
from hypergraph.runtime.runners.calls import check_mappable
from hypergraph.runtime.standalone.compiled import MAP_OPTIONS, OPTIONS, Compiled, items_of
from hypergraph.runtime.standalone.results import RunResult

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any


class Program(Compiled):
    """A compiled graph: await ``run``, or ``map`` over lists of inputs.

    >>> import asyncio
    >>> async def double(x):
    ...     y = 2 * x
    ...     return (y,)
    >>> from hypergraph.runtime.interface import Inputs
    >>> program = Program(double, inputs=Inputs(required=("x",)), outputs=("y",))
    >>> asyncio.run(program.run(x=4))["y"]
    8
    >>> [result["y"] for result in asyncio.run(program.map(x=[1, 2], map_over="x"))]
    [2, 4]
    """

    mode = "async"
    overlap: str | None = None

    async def run(
        self,
        values: Mapping[str, Any] | None = None,
        *,
        max_concurrency: int | None = None,
        **given: Any,
    ) -> RunResult:
        """Run once; takes inputs by name, and what ``run`` of a runner takes besides the graph."""
        check_limit(max_concurrency)
        options = {name: given.pop(name, default) for name, default in OPTIONS.items()}
        supplied = merged(values, given, ("executor",))
        with limited(max_concurrency, self.overlap is None):
            return await self.outcome(supplied, options)

    async def map(
        self,
        values: Mapping[str, Any] | None = None,
        *,
        map_over: str | list[str],
        max_concurrency: int | None = None,
        **given: Any,
    ) -> list[RunResult]:
        """Run once per item; takes what ``map`` of a runner takes besides the graph."""
        check_limit(max_concurrency)
        options = {name: given.pop(name, default) for name, default in MAP_OPTIONS.items()}
        supplied = merged(values, given, ("executor",))
        check_mappable(self)
        check_word("error_handling", options["error_handling"], ERROR_HANDLING)
        items = items_of(supplied, map_over, options)
        with limited(max_concurrency, self.overlap is None):
            calls = (self.outcome(item, options) for item in items)
            ended = await run_items(calls, options["error_handling"] == "raise")
        return [
            RunResult({}, "failed", one.error) if type(one) is Failure else one for one in ended
        ]

    async def outcome(self, supplied: dict[str, Any], options: dict[str, Any]) -> RunResult:
        """Check a call and run it once; errors of the checks are raised in any case (X18, X71)."""
        if self.overlap == "free" and limit_in_force() is not None:
            raise GraphConfigError(
                f"The program '{self.name}' was compiled without limit.\n"
                "How to fix: compile it with --limit."
            )
        self.check(supplied, options)
        try:
            cells = await self.entry(**self.arguments(supplied, options))
            index = {name: place for place, name in enumerate(self.outputs)}
            found = self.found(with_answers(cells, index, supplied), options)
            return RunResult(found, "completed")
        except (Exception, Pause) as end:
            if isinstance(end, Exception) and options["error_handling"] == "raise":
                raise
            found = partial_or_given(end, self, options["names"], supplied)
            if isinstance(end, Pause):
                return RunResult(found, "paused", pause=end.info)
            return RunResult(found, "failed", end)
