"""Several problems of one kind, reported in one exception."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from hypergraph.compiler.diagnostics.problems import Entry, Place

E = TypeVar("E", bound=BaseException)

SHOWN = 20


@dataclass(frozen=True)
class Finding:
    """One case of a catalogue entry, not raised yet."""

    entry: Entry
    facts: Mapping[str, Any]
    where: tuple[Place | None, ...] = ()
    near: str | None = None

    def lines(self) -> list[str]:
        """The case as it is shown to the user."""
        lines = [self.entry.message.format(**self.facts)]
        lines += [f"  {place}" for place in self.where if place is not None]
        if self.near is not None:
            lines.append(f"Did you mean '{self.near}'?")
        return lines


def finding(entry: Entry, *where: Place | None, near: str | None = None, **facts: Any) -> Finding:
    """A case of ``entry`` with these facts, found at these places."""
    return Finding(entry, facts, where, near)


def together(kind: type[E], findings: Sequence[Finding], built: Place | None = None) -> E:
    """The exception for the first finding and all others of its entry.

    It carries ``code`` and ``places`` as those of :func:`problem` do. ``built`` is where the graph
    was put together.

    >>> odd = Entry("HG000", "odd", "{n} is odd", "why", "Add one.")
    >>> print(together(ValueError, [finding(odd, n=3), finding(odd, n=5)]))
    3 is odd
    5 is odd
    How to fix: Add one.  [HG000]
    """
    entry = findings[0].entry
    alike = [each for each in findings if each.entry is entry]
    lines = [line for each in alike[:SHOWN] for line in each.lines()]
    if len(alike) > SHOWN:
        lines.append(f"... and {len(alike) - SHOWN} more of this kind")
    if built is not None:
        lines.append(f"  {built}")
    lines.append(f"How to fix: {entry.fix}  [{entry.code}]")
    error = kind("\n".join(lines))
    places = (*(place for each in alike for place in each.where), built)
    error.code = entry.code  # type: ignore[attr-defined]
    error.places = tuple(place for place in places if place)  # type: ignore[attr-defined]
    return error


def all_together(kind: type[E], findings: Sequence[Finding]) -> E:
    """The exception for several findings, whatever their entries are.

    Its ``code`` is that of the first; the findings of one entry stand together, in the order in
    which the entries were met.
    """
    entries = list(dict.fromkeys(each.entry for each in findings))
    each_kind = [
        together(kind, [one for one in findings if one.entry is entry]) for entry in entries
    ]
    error = kind("\n".join(str(one) for one in each_kind))
    error.code = entries[0].code  # type: ignore[attr-defined]
    places = (place for each in findings for place in each.where)
    error.places = tuple(place for place in places if place)  # type: ignore[attr-defined]
    return error
