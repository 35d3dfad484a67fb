"""The program of a standalone file that needs no event loop."""

from __future__ import annotations

from hypergraph.runtime.checks import ERROR_HANDLING, check_word, merged
from hypergraph.runtime.outcomes import partial_values
from hypergraph.runtime.standalone.compiled import MAP_OPTIONS, OPTIONS, Compiled, items_of
from hypergraph.runtime.standalone.results import RunResult

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any


class Program(Compiled):
    """A compiled graph: ``run`` it, or ``map`` it over lists of inputs.

    >>> def double(x):
    ...     y = 2 * x
    ...     return (y,)
    >>> from hypergraph.runtime.interface import Inputs
    >>> program = Program(double, inputs=Inputs(required=("x",)), outputs=("y",))
    >>> program.run(x=4)["y"], [result["y"] for result in program.map(x=[1, 2], map_over="x")]
    (8, [2, 4])
    """

    mode = "sync"

    def run(self, values: Mapping[str, Any] | None = None, **given: Any) -> RunResult:
        """Run once; takes inputs by name, and what ``run`` of a runner takes besides the graph."""
        options = {name: given.pop(name, default) for name, default in OPTIONS.items()}
        return self.outcome(merged(values, given, ("max_concurrency", "executor")), options)

    def map(
        self, values: Mapping[str, Any] | None = None, *, map_over: str | list[str], **given: Any
    ) -> list[RunResult]:
        """Run once per item; takes what ``map`` of a runner takes besides the graph."""
        options = {name: given.pop(name, default) for name, default in MAP_OPTIONS.items()}
        supplied = merged(values, given, ("max_concurrency", "executor"))
        check_word("error_handling", options["error_handling"], ERROR_HANDLING)
        items = items_of(supplied, map_over, options)
        try:
            return [self.outcome(item, options) for item in items]
        except Exception as error:  # checks refuse all items alike
            if options["error_handling"] == "raise":
                raise
            return [RunResult({}, "failed", error) for _ in items]

    def outcome(self, supplied: dict[str, Any], options: dict[str, Any]) -> RunResult:
        """Check a call and run it once; errors of the checks are raised in any case (X18, X71)."""
        self.check(supplied, options)
        try:
            cells = self.entry(**self.arguments(supplied, options))
            return RunResult(self.found(cells, options), "completed")
        except Exception as error:
            if options["error_handling"] == "raise":
                raise
            return RunResult(partial_values(error, self, options["names"]), "failed", error)
