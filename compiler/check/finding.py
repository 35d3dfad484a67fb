"""One thing that looks wrong in a valid graph, and the level of nesting it is looked for at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from hypergraph.compiler.declare.graph import Graph
from hypergraph.compiler.declare.node import HyperNode
from hypergraph.compiler.diagnostics.findings import UNUSED_VALUE
from hypergraph.compiler.diagnostics.problems import Entry, Place

Severity = Literal["warning", "info"]


@dataclass(frozen=True)
class Finding:
    """A case of a catalogue entry about ``subject``, a node or a name.

    ``path`` holds the names of the graph nodes that lead to the graph it was found in.
    """

    code: str
    level: Severity
    path: tuple[str, ...]
    subject: str
    message: str
    why: str
    fix: str
    place: Place | None = None

    def text(self) -> str:
        """The finding as a paragraph."""
        inside = f" (in {'/'.join(self.path)})" if self.path else ""
        where = f"\n  {self.place}" if self.place is not None else ""
        title = f"{self.level} {self.code}: {self.message}{inside}{where}"
        return f"{title}\nWhy: {self.why}\nHow to fix: {self.fix}"

    def facts(self) -> dict[str, Any]:
        """The finding for another program, in values that JSON has."""
        return {
            "code": self.code,
            "level": self.level,
            "path": list(self.path),
            "subject": self.subject,
            "message": self.message,
            "why": self.why,
            "fix": self.fix,
            "file": None if self.place is None else self.place.file,
            "line": None if self.place is None else self.place.line,
        }


@dataclass(frozen=True)
class Level:
    """A graph as it is run: what it is supplied with, and the values known to come from outside.

    ``feeds`` has, for a node and a name it reads or waits for, the nodes it comes from, and
    ``controllers`` the gates of every target.
    """

    graph: Graph
    nodes: Mapping[str, HyperNode]
    path: tuple[str, ...]
    supplied: frozenset[str]
    held: Mapping[str, Any]
    feeds: Mapping[tuple[str, str], tuple[str, ...]]
    controllers: Mapping[str, list[str]]

    def found(
        self,
        entry: Entry,
        subject: str,
        place: Place | None,
        **facts: Any,
    ) -> Finding:
        """A case of ``entry`` in this graph."""
        message = entry.message.format(**facts)
        level: Severity = "info" if entry is UNUSED_VALUE else "warning"
        return Finding(entry.code, level, self.path, subject, message, entry.why, entry.fix, place)


def level_of(
    graph: Graph, path: tuple[str, ...], supplied: Iterable[str], given: Mapping[str, Any]
) -> Level:
    """The level of a graph whose caller supplies these names, and is known to give these values."""
    feeds: dict[tuple[str, str], list[str]] = {}
    for link in graph.wiring.full:
        if link.source in graph.active:
            for name in link.names:
                feeds.setdefault((link.target, name), []).append(link.source)
    return Level(
        graph=graph,
        nodes=graph.nodes,
        path=path,
        supplied=frozenset(supplied),
        held={**graph.inputs.bound, **given},
        feeds={key: tuple(dict.fromkeys(sources)) for key, sources in feeds.items()},
        controllers=graph.controlled_by,
    )


def listed(names: Iterable[str]) -> str:
    """Names in quotes, as they are listed in messages.

    >>> listed(["a", "b"])
    "'a', 'b'"
    """
    return ", ".join(f"'{name}'" for name in names)
