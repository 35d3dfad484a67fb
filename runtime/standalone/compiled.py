"""What standalone programs have in common, whichever way they run."""

from __future__ import annotations

from hypergraph.runtime.checks import check_call
from hypergraph.runtime.errors import GraphConfigError
from hypergraph.runtime.expand import cloned, cloned_names, rows_of
from hypergraph.runtime.outcomes import check_wanted
from hypergraph.runtime.sentinels import ABSENT
from hypergraph.runtime.warnings import warn_caller

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import Any

    from hypergraph.runtime.interface import Inputs

OPTIONS: dict[str, Any] = {
    **dict.fromkeys(("select", "entrypoint", "max_iterations", "event_processors")),
    **{"on_missing": "ignore", "on_internal_override": "warn", "error_handling": "raise"},
}
MAP_OPTIONS = {**OPTIONS, "map_mode": "zip", "clone": False}


class Compiled:
    """A compiled graph: its entry function and what must be known to call it.

    The facts are those of ``Program``. Besides, ``check_answers`` and ``check_entries`` are there
    for graphs with interrupts and with loops, and ``command`` unless that was left out.
    """

    outputs: tuple[str, ...]
    variables: Mapping[str, str] = {}
    selected: tuple[str, ...] = ()
    command: Callable[..., int]

    def __init__(self, entry: Callable[..., Any], inputs: Inputs, **facts: Any) -> None:
        self.entry, self.name, self.interface, self.inputs = entry, entry.__name__, inputs, inputs
        vars(self).update(facts)

    def main(self, argv: Sequence[str] | None = None) -> int:
        """Run from a command line and print the outputs as JSON; returns the exit code."""
        return self.command(self, argv)

    def check(self, supplied: Mapping[str, Any], options: dict[str, Any]) -> None:
        """Check a call; ``wanted`` and ``names`` become options: outputs that must, and may, be."""
        if options["event_processors"]:
            raise GraphConfigError(f"The program '{self.name}' was compiled without events.")
        names = check_call(self, tuple(supplied), options, warn_caller)
        options["wanted"] = self.selected if options["select"] is None else names or ()
        options["names"] = self.outputs if names is None else names

    def arguments(self, supplied: Mapping[str, Any], options: dict[str, Any]) -> dict[str, Any]:
        """What the entry is called with."""
        known, code = self.interface, self.entry.__code__
        given = {known.parameters.get(n, n): v for n, v in supplied.items() if n in known.names}
        if options["max_iterations"] and code.co_kwonlyargcount:
            given[code.co_varnames[code.co_argcount]] = options["max_iterations"]
        return given

    def found(self, cells: tuple[Any, ...], options: dict[str, Any]) -> dict[str, Any]:
        """The selected outputs among those that the entry gave (X68, X69)."""
        values = dict(zip(self.outputs, cells, strict=True))
        found = {name: values[name] for name in options["names"] if values[name] is not ABSENT}
        check_wanted(options["wanted"], found, options["on_missing"])
        return found


def items_of(supplied: Any, map_over: Any, options: dict[str, Any]) -> list[dict[str, Any]]:
    """The inputs of every item, before any of them runs (X88, X91)."""
    names = [map_over] if isinstance(map_over, str) else list(dict.fromkeys(map_over))
    copied = cloned_names(options["clone"], names, supplied)
    rows = rows_of(supplied, names, options["map_mode"])
    items = [{**supplied, **dict(zip(names, row, strict=True))} for row in rows]
    return [{**one, **{name: cloned(one[name], name) for name in copied}} for one in items]
