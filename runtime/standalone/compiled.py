"""What standalone programs have in common, whichever way they run."""

from __future__ import annotations

from hypergraph.runtime.checks import checked
from hypergraph.runtime.errors import GraphConfigError
from hypergraph.runtime.expand import cloned, cloned_names, mapped_names, rows_of
from hypergraph.runtime.outcomes import check_wanted
from hypergraph.runtime.sentinels import ABSENT

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import Any

    from hypergraph.runtime.interface import Inputs

OPTIONS: dict[str, Any] = {
    **dict.fromkeys(("select", "entrypoint", "max_iterations", "event_processors")),
    **{"on_missing": "ignore", "on_internal_override": "warn", "error_handling": "raise"},
}


class Compiled:
    """A compiled graph: its entry function and what must be known to call it.

    The facts are those of ``Program``. Besides, ``check_answers`` and ``check_entries`` are there
    for graphs with interrupts and with loops, and ``command`` unless that was left out.
    """

    outputs: tuple[str, ...]
    variables: dict[str, str] = {}
    selected: tuple[str, ...] = ()
    overlap: str | None = None
    check_answers: Callable[[Inputs, Sequence[str]], None] | None = None
    check_entries: Callable[[Inputs, Sequence[str], Any], None] | None = None
    command: Callable[..., int] | None = None

    def __init__(self, entry: Callable[..., Any], inputs: Inputs, **facts: Any) -> None:
        self.entry, self.name, self.interface, self.inputs = entry, entry.__name__, inputs, inputs
        vars(self).update(facts)

    def main(self, argv: Sequence[str] | None = None) -> int:
        """Run from a command line and print the outputs as JSON; returns the exit code."""
        if self.command is None:
            raise GraphConfigError(f"The program '{self.name}' has no command line: --no-main.")
        return self.command(self, argv)

    def checked(self, supplied: Mapping[str, Any], options: dict[str, Any]) -> Sequence[str]:
        """Check a call, complete its options, and tell what to warn about on every run (X17)."""
        if options["event_processors"]:
            raise GraphConfigError(f"The program '{self.name}' was compiled without events.")
        warnings: Sequence[str]
        names, warnings = checked(self, tuple(supplied), options)
        options["wanted"] = self.selected if options["select"] is None else names or ()
        options["select"] = self.outputs if names is None else names
        return warnings

    def arguments(self, supplied: Mapping[str, Any], max_iterations: Any) -> dict[str, Any]:
        """What the entry is called with."""
        known, code = self.interface, self.entry.__code__
        given = {known.parameters.get(n, n): v for n, v in supplied.items() if n in known.names}
        if max_iterations and code.co_kwonlyargcount:
            given[code.co_varnames[code.co_argcount]] = max_iterations
        return given

    def found(self, cells: tuple[Any, ...], options: dict[str, Any]) -> dict[str, Any]:
        """The selected outputs among those that the entry gave (X68, X69)."""
        values = dict(zip(self.outputs, cells, strict=True))
        found = {name: values[name] for name in options["select"] if values[name] is not ABSENT}
        check_wanted(options["wanted"], found, options["on_missing"])
        return found


def items_of(supplied: Any, map_over: Any, map_mode: str, clone: Any) -> list[dict[str, Any]]:
    """The inputs of every item, before any of them runs (X88, X91)."""
    names = mapped_names(map_over)
    copied = cloned_names(clone, names, supplied)
    rows = rows_of(supplied, names, map_mode)
    items = [{**supplied, **dict(zip(names, row, strict=True))} for row in rows]
    return [{**one, **{name: cloned(one[name], name) for name in copied}} for one in items]
