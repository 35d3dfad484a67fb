"""Names with several producers: every two of them must exclude each other or be ordered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import TYPE_CHECKING

from hypergraph.compiler.declare.places import declared_at
from hypergraph.compiler.declare.wiring import producers_of, targets_of
from hypergraph.compiler.diagnostics import graphs as catalogue
from hypergraph.compiler.diagnostics.together import Finding, finding

if TYPE_CHECKING:
    from hypergraph.compiler.declare.graph import Graph


def check_contested(graph: Graph) -> Iterator[Finding]:
    """The first pair of producers of one name that are neither exclusive nor ordered (G65)."""
    nodes = graph.nodes
    contested = {n: names for n, names in producers_of(nodes).items() if len(names) > 1}
    if not contested or _has_unknown_target(graph):
        return
    order = Order(graph)
    entry = catalogue.CONTESTED_EXPLICIT if graph.explicit_edges else catalogue.CONTESTED_INFERRED
    for name, producers in contested.items():
        pair = _unrelated(graph, order, producers)
        if pair is not None:
            where = (declared_at(nodes[node]) for node in pair)
            yield finding(entry, *where, name=name, first=pair[0], second=pair[1])
            return


class Order:
    """The relation "runs before" in which producers of one name may be ordered (G63, G64)."""

    def __init__(self, graph: Graph) -> None:
        wiring = graph.wiring
        self.level = graph.branches.level
        self._nodes = graph.nodes
        self._explicit = wiring.explicit
        self._following: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
        for link in wiring.drawn if wiring.explicit else wiring.full:
            names = link.names if link.kind == "data" else ()
            self._following.setdefault(link.source, []).append((link.target, names))

    def shared_by(self, producers: Sequence[str]) -> frozenset[str]:
        """The names that cannot prove an order among ``producers``, since several produce them."""
        if self._explicit:
            return frozenset()
        outputs = Counter(name for node in producers for name in self._nodes[node].outputs)
        return frozenset(name for name, count in outputs.items() if count > 1)

    def related(self, first: str, second: str, shared: frozenset[str]) -> bool:
        """Whether one of the two always comes before the other."""
        return self._leads(first, second, shared) or self._leads(second, first, shared)

    def _leads(self, start: str, goal: str, shared: frozenset[str]) -> bool:
        # No way leads from a level to a lower one, so that the search stays between the two.
        ceiling = self.level[goal]
        seen, pending = {start}, [start]
        while pending:
            for target, names in self._following.get(pending.pop(), ()):
                if target in seen or self.level[target] > ceiling:
                    continue
                if names and shared.issuperset(names):
                    continue
                if target == goal:
                    return True
                seen.add(target)
                pending.append(target)
        return False


def _unrelated(graph: Graph, order: Order, producers: Sequence[str]) -> tuple[str, str] | None:
    shared = order.shared_by(producers)
    separated = graph.branches.separated(producers)
    for first, second in combinations(producers, 2):
        related = (
            (graph.branches.siblings(first, second) and separated(first, second))
            or order.related(first, second, shared)
            or separated(first, second)
        )
        if not related:
            return first, second
    return None


def _has_unknown_target(graph: Graph) -> bool:
    """Whether a later check will report a target, without which the branches are not known (L1)."""
    nodes = graph.nodes
    return any(name not in nodes for node in nodes.values() for name in targets_of(node))
