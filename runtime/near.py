"""Names in messages: listed, and likened to known ones."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any


def near_text(names: Iterable[Any], known: Iterable[str]) -> str:
    """`` Did you mean ...?`` for the first name that is like a known one.

    >>> near_text(["qery"], ["query"])
    " Did you mean 'query'?"
    """
    from difflib import get_close_matches

    found = [near for name in names for near in get_close_matches(str(name), list(known), n=1)]
    return f" Did you mean '{found[0]}'?" if found else ""


def quoted(names: Iterable[str]) -> str:
    """The names in quotes, or the word for none.

    >>> quoted("ab"), quoted([])
    ("'a', 'b'", 'none')
    """
    return ", ".join(f"'{name}'" for name in names) or "none"
