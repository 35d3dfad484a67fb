"""Where the loops of a run start, and what is still missing (X29, X31)."""

from __future__ import annotations

from functools import partial

from hypergraph.runtime import refusals as catalogue
from hypergraph.runtime.errors import MissingInputError
from hypergraph.runtime.problems import closest, problem

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from hypergraph.runtime.call_names import Given

    Entries = dict[str, tuple[str, ...]]


def check_entries(given: Given, entrypoint: str | None, settled: Collection[str] = ()) -> None:
    """Every loop is entered in exactly one way (X29, K32).

    ``settled`` are nodes at which a nested graph says that its loops are entered (K19). Raises
    ``ValueError`` for an entry that does not exist or lacks names, and when several are given, and
    ``MissingInputError`` when none is.
    """
    scope = given.scope
    if entrypoint is not None:
        _check_chosen(given, entrypoint)
    for component in scope.components:
        entries = {node: scope.entrypoints[node] for node in component}
        if entrypoint not in entries and len(entries.keys() & set(settled)) != 1:
            _check_component(given, entries)


def _check_chosen(given: Given, entrypoint: str) -> None:
    entries = given.scope.entrypoints
    if entrypoint not in entries:
        raise problem(
            ValueError,
            catalogue.ENTRY_UNKNOWN,
            where=given.where,
            near=closest(str(entrypoint), list(entries)),
            entry=entrypoint,
            valid=_listed(entries) or "none, as no loop of the graph needs a seed",
        )
    missing = _lacking(given, entries[entrypoint])
    if missing:
        raise problem(
            ValueError,
            catalogue.ENTRY_INCOMPLETE,
            where=given.where,
            entry=entrypoint,
            needed=_listed(entries[entrypoint]),
            missing=_listed(missing),
        )


def _check_component(given: Given, entries: Entries) -> None:
    satisfied = {node: names for node, names in entries.items() if not _lacking(given, names)}
    if not satisfied:
        raise problem(
            partial(MissingInputError, [], _provided(given)),
            catalogue.ENTRY_NONE,
            where=given.where,
            ways="\n".join(_ways(entries)),
        )
    if len(set(satisfied.values())) > 1:
        raise problem(
            ValueError,
            catalogue.ENTRY_AMBIGUOUS,
            where=given.where,
            ways="\n".join(_ways(satisfied)),
        )


def _lacking(given: Given, names: Iterable[str]) -> list[str]:
    return [name for name in names if name not in given.provided | given.bypassed]


def _ways(entries: Entries) -> Iterator[str]:
    for node, names in entries.items():
        yield f"  {node} → {', '.join(names)}"


def check_required(given: Given) -> None:
    """Raise ``MissingInputError`` for inputs that nothing supplies (X31)."""
    scope = given.scope
    missing = sorted(set(_lacking(given, scope.required)))
    if not missing:
        return
    provided = _provided(given)
    ways = list(_ways(scope.entrypoints))
    raise problem(
        partial(MissingInputError, missing, provided),
        catalogue.MISSING,
        where=given.where,
        missing=_listed(missing),
        provided=f"\nProvided: {_listed(provided)}" if provided else "",
        ways="\n".join(["\nLoops start at one of", *ways]) if ways else "",
        hint=_hint(given, missing),
    )


def _hint(given: Given, missing: list[str]) -> str:
    """A provided name, else an expected one, that is like a missing one."""
    for name in missing:
        found = closest(name, given.unexpected) or closest(name, sorted(given.provided))
        if found is not None:
            return f"\nDid you mean '{name}' where '{found}' is given?"
    absent = [name for name in given.scope.all if name not in given.provided]
    for name in missing:
        found = closest(name, [other for other in absent if other != name])
        if found is not None:
            return f"\nDid you mean '{found}'?"
    return ""


def _provided(given: Given) -> list[str]:
    supplied = [name for name in given.supplied if name in given.provided]
    return [*supplied, *sorted(given.provided.difference(supplied))]


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"'{name}'" for name in names)
