"""Algorithms on directed graphs of names, all linear and none recursive.

A graph is a mapping from each name to the names that follow it; a name without an entry has no
successors. They are written here, and not taken from networkx, so that building a ``Graph`` does
not pay for importing it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

Successors = Mapping[str, Collection[str]]


def successors_of(pairs: Iterable[tuple[str, str]]) -> dict[str, dict[str, None]]:
    """The graph with these edges; successors keep the order in which they were first seen.

    >>> successors_of([("a", "c"), ("a", "b"), ("a", "c")])
    {'a': {'c': None, 'b': None}}
    """
    graph: dict[str, dict[str, None]] = {}
    for source, target in pairs:
        graph.setdefault(source, {})[target] = None
    return graph


def reachable(starts: Iterable[str], graph: Successors) -> set[str]:
    """``starts`` and everything that can be reached from them.

    >>> sorted(reachable(["b"], {"a": ["b"], "b": ["c"]}))
    ['b', 'c']
    """
    found = set(starts)
    pending = list(found)
    while pending:
        for target in graph.get(pending.pop(), ()):
            if target not in found:
                found.add(target)
                pending.append(target)
    return found


def strong_components(names: Iterable[str], graph: Successors) -> list[tuple[str, ...]]:
    """The strongly connected components, each after every component that it leads to (Tarjan).

    Edges to names outside of ``names`` must not exist.

    >>> strong_components("abcd", {"a": ["b"], "b": ["c"], "c": ["b", "d"]})
    [('d',), ('b', 'c'), ('a',)]
    """
    search = _Search(graph)
    for name in names:
        if name not in search.index:
            search.visit(name)
    return search.components


class _Search:
    """The state of one depth-first search for strongly connected components."""

    def __init__(self, graph: Successors) -> None:
        self.graph = graph
        self.index: dict[str, int] = {}
        self.low: dict[str, int] = {}
        self.open: dict[str, None] = {}
        self.components: list[tuple[str, ...]] = []

    def visit(self, root: str) -> None:
        path: list[tuple[str, Iterator[str]]] = [self._enter(root)]
        while path:
            name, rest = path[-1]
            following = next(rest, None)
            if following is None:
                path.pop()
                self._leave(name, path[-1][0] if path else None)
            elif following not in self.index:
                path.append(self._enter(following))
            elif following in self.open:
                self.low[name] = min(self.low[name], self.index[following])

    def _enter(self, name: str) -> tuple[str, Iterator[str]]:
        self.index[name] = self.low[name] = len(self.index)
        self.open[name] = None
        return name, iter(self.graph.get(name, ()))

    def _leave(self, name: str, parent: str | None) -> None:
        if parent is not None:
            self.low[parent] = min(self.low[parent], self.low[name])
        if self.low[name] == self.index[name]:
            members: list[str] = []
            while not members or members[-1] != name:
                members.append(self.open.popitem()[0])
            self.components.append(tuple(reversed(members)))


def levels(names: Iterable[str], graph: Successors) -> dict[str, int]:
    """For each name the length of the longest way to it, where a cycle counts as one step.

    No edge leads to a lower level, which lets a search for a name stop at the name's level.

    >>> levels("abcd", {"a": ["b", "d"], "b": ["c"], "c": ["b", "d"]})
    {'a': 0, 'b': 1, 'c': 1, 'd': 2}
    """
    components = strong_components(names, graph)
    level: dict[str, int] = {}
    reached = [0] * len(components)
    home = {name: at for at, members in enumerate(components) for name in members}
    for at in reversed(range(len(components))):
        for name in components[at]:
            level[name] = reached[at]
            for target in graph.get(name, ()):
                if home[target] != at:
                    reached[home[target]] = max(reached[home[target]], reached[at] + 1)
    return level


def is_cyclic(names: Collection[str], graph: Successors) -> bool:
    """Whether there is a cycle, an edge from a name to itself included.

    >>> is_cyclic("ab", {"a": ["b"], "b": ["b"]})
    True
    """
    if any(name in graph.get(name, ()) for name in names):
        return True
    return len(strong_components(names, graph)) < len(names)
