"""What becomes of a run when its entry function has returned, or has raised (X68 to X71)."""

from __future__ import annotations

from hypergraph.runtime.sentinels import ABSENT, Nothing
from hypergraph.runtime.warnings import warn_caller

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from typing import Any


def entry_trace(error: BaseException, entry: Any) -> Any:
    """The traceback from the entry function on; ``None`` if that had come to its end."""
    trace = error.__traceback__
    while trace is not None and trace.tb_frame.f_code is not entry.__code__:
        trace = trace.tb_next
    return trace


def partial_values(error: BaseException, shape: Any, names: Iterable[str]) -> dict[str, Any]:
    """The outputs that the entry had assigned, read from its frame in the traceback (X71).

    ``shape`` has the ``entry`` and the ``variables`` of outputs that could not keep their name. A
    run whose entry came to its end, and that failed for lack of an output, has none (X69).
    """
    trace = entry_trace(error, shape.entry)
    assigned = {} if trace is None else trace.tb_frame.f_locals
    found = {name: assigned.get(shape.variables.get(name, name), ABSENT) for name in names}
    return {name: value for name, value in found.items() if type(value) is not Nothing}


def partial_or_given(
    error: BaseException, shape: Any, names: Iterable[str], supplied: Mapping[str, Any]
) -> dict[str, Any]:
    """The same, with what was given of an output's name and nothing has produced yet (X68)."""
    if entry_trace(error, shape.entry) is None:
        return {}
    found = {**supplied, **partial_values(error, shape, names)}
    return {name: found[name] for name in names if name in found}


def check_wanted(wanted: Iterable[str], found: Collection[str], on_missing: str) -> None:
    """Selected outputs that were not produced are left out, warned about or refused (X69)."""
    missing = [name for name in wanted if name not in found]
    if missing and on_missing != "ignore":
        text = f"Requested outputs not found: {missing}. Available: {list(found)}."
        if on_missing == "error":
            raise ValueError(text)
        warn_caller(text)


def with_answers(
    cells: tuple[Any, ...], index: Mapping[str, int], supplied: Mapping[str, Any]
) -> tuple[Any, ...]:
    """The cells, with the answers to interrupts that were not reached (X68)."""
    for name in supplied:
        place = index.get(name)
        if place is not None and cells[place] is ABSENT:
            cells = (*cells[:place], supplied[name], *cells[place + 1 :])
    return cells
