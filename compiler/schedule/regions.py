"""Regions and their order: strongly connected components, in generations (design, rules 1-3).

Input: node names in definition order and the directed edges between them. Output: generations of
regions. Invariants: every node is in exactly one region; an edge between two regions goes from an
earlier generation to a later one; inside a region and a generation, definition order rules.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import networkx as nx


@dataclass(frozen=True)
class Region:
    """Nodes that must be planned together; a *loop* when something in it feeds back."""

    members: tuple[str, ...]
    is_loop: bool


def generations_of(
    names: Sequence[str], edges: Iterable[tuple[str, str]]
) -> tuple[tuple[Region, ...], ...]:
    """The topological generations of the regions of the graph.

    >>> generations_of(["c", "a", "b"], [("a", "b"), ("b", "a"), ("b", "c")])
    ((Region(members=('a', 'b'), is_loop=True),), (Region(members=('c',), is_loop=False),))
    """
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(names)
    graph.add_edges_from(edges)
    position = {name: index for index, name in enumerate(names)}
    condensed = nx.condensation(graph)
    return tuple(
        tuple(
            sorted(
                (
                    _region(graph, condensed.nodes[number]["members"], position)
                    for number in numbers
                ),
                key=lambda region: position[region.members[0]],
            )
        )
        for numbers in nx.topological_generations(condensed)
    )


def _region(graph: nx.DiGraph[str], members: set[str], position: dict[str, int]) -> Region:
    ordered = tuple(sorted(members, key=position.__getitem__))
    is_loop = len(ordered) > 1 or graph.has_edge(ordered[0], ordered[0])
    return Region(ordered, is_loop)
