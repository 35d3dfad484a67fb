"""All problems that can be reported, by code; collected from the modules beside this one."""

from __future__ import annotations

import pkgutil
import string
from collections.abc import Iterator, Mapping
from importlib import import_module
from types import MappingProxyType

import hypergraph.compiler.diagnostics as area
from hypergraph.compiler.diagnostics.problems import Entry, MissingKey, closest


def explain(code: str) -> str:
    """Everything there is to read about a problem, from its code.

    Raises ``KeyError`` for an unknown code.

    >>> print(explain("HG106"))
    HG106  repeated-names
    <BLANKLINE>
    Node '<node>' lists a name more than once in its <option>: <names>
    <BLANKLINE>
    Why: Each output of a node needs a name of its own, or one value would replace the other.
    How to fix: Give each a different name.
    """
    if code not in CATALOGUE:
        near = closest(code, list(CATALOGUE))
        hint = f" Did you mean '{near}'?" if near else ""
        raise MissingKey(f"There is no problem with the code '{code}'.{hint}")
    entry = CATALOGUE[code]
    return (
        f"{entry.code}  {entry.name}\n\n{shown(entry.message)}\n\n"
        f"Why: {entry.why}\nHow to fix: {entry.fix}"
    )


def render_markdown() -> str:
    """The whole catalogue as a Markdown page, in order of the codes."""
    sections = [_section(entry) for entry in CATALOGUE.values()]
    return "\n\n".join(["# Problems", *sections]) + "\n"


def shown(template: str) -> str:
    """A message as one reads it when the facts of a case are not at hand.

    >>> shown("'{name}' not found")
    "'<name>' not found"
    """
    parts = string.Formatter().parse(template)
    return "".join(text + (f"<{field}>" if field else "") for text, field, _, _ in parts)


def _section(entry: Entry) -> str:
    return (
        f"## {entry.code} {entry.name}\n\n```text\n{shown(entry.message)}\n```\n\n"
        f"{entry.why}\n\n**How to fix:** {entry.fix}"
    )


def _entries() -> Iterator[Entry]:
    for module in pkgutil.iter_modules(area.__path__, f"{area.__name__}."):
        if module.name != __name__:
            yield from _entries_of(module.name)


def _entries_of(module: str) -> Iterator[Entry]:
    return (value for value in vars(import_module(module)).values() if isinstance(value, Entry))


def _collected(entries: Iterator[Entry]) -> Mapping[str, Entry]:
    by_code: dict[str, Entry] = {}
    for entry in sorted(entries, key=lambda entry: entry.code):
        other = by_code.setdefault(entry.code, entry)
        if other is not entry:
            raise RuntimeError(f"{entry.code} is both '{other.name}' and '{entry.name}'")
    return MappingProxyType(by_code)


CATALOGUE: Mapping[str, Entry] = _collected(_entries())
