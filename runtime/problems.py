"""From a catalogue entry and the facts of a case to an exception that says what, where and how."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from typing import Any, TypeVar

    E = TypeVar("E", bound=BaseException)


class Entry:
    """One kind of problem: its stable code and everything a user can read about it.

    ``message`` is a ``str.format`` template over the facts of a case.
    """

    __slots__ = ("code", "name", "message", "why", "fix")

    def __init__(self, code: str, name: str, message: str, why: str, fix: str) -> None:
        self.code, self.name, self.message, self.why, self.fix = code, name, message, why, fix


def problem(
    kind: Callable[[str], E],
    entry: Entry,
    /,
    *,
    where: Iterable[Any] = (),
    near: str | None = None,
    **facts: Any,
) -> E:
    """The exception of class ``kind`` for one case of ``entry``, with ``code`` and ``places``.

    ``kind`` may be anything that makes an exception of a message. ``where`` are places in the
    user's source, those that are known; ``near`` is the closest existing name when one was probably
    mistyped.

    >>> odd = Entry("HG000", "odd", "{n} is odd", "why", "Add one.")
    >>> print(problem(ValueError, odd, n=3))
    3 is odd
    How to fix: Add one.  [HG000]
    """
    places = tuple(place for place in where if place is not None)
    error = kind(told(entry, where=places, near=near, **facts))
    error.code = entry.code  # type: ignore[attr-defined]
    error.places = places  # type: ignore[attr-defined]
    return error


def told(
    entry: Entry, /, *, where: Iterable[Any] = (), near: str | None = None, **facts: Any
) -> str:
    """One case of ``entry`` as a user reads it."""
    lines = [entry.message.format(**facts)]
    lines += [f"  {place}" for place in where]
    if near is not None:
        lines.append(f"Did you mean '{near}'?")
    lines.append(f"How to fix: {entry.fix}  [{entry.code}]")
    return "\n".join(lines)


def closest(name: str, known: Sequence[str], cutoff: float = 0.6) -> str | None:
    """The known name most like ``name``, if one is at all like it; case is ignored.

    >>> closest("Done", ["start", "done"])
    'done'
    """
    from difflib import get_close_matches

    by_folded = {other.casefold(): other for other in reversed(known)}
    found = get_close_matches(name.casefold(), list(by_folded), n=1, cutoff=cutoff)
    return by_folded[found[0]] if found else None
