"""Answers to interrupts among the inputs of a call."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from hypergraph import Graph, GraphNode

from .planning import active_nodes
from .wiring import wiring_of


def is_addressed(graph: Graph, key: str) -> bool:
    """Whether a dotted key is meant for the inside of a graph node (K2); else dots say nothing."""
    head, dot, _ = key.partition(".")
    return bool(dot) and isinstance(graph.nodes.get(head), GraphNode)


def keys_of(graph: Graph, prefix: str = "") -> Iterator[tuple[tuple[str, ...], bool]]:
    """The response keys of every interrupt at any depth, and whether it is active (X6)."""
    active = active_nodes(wiring_of(graph), graph.entrypoints_config)
    for name, node in graph.nodes.items():
        if isinstance(node, GraphNode):
            for keys, reached in keys_of(node.graph, f"{prefix}{name}."):
                yield keys, reached and name in active
        elif node.is_interrupt:
            yield tuple(prefix + output for output in node.data_outputs), name in active


def check_answers(graph: Graph, given: Iterable[str]) -> None:
    """A dotted key names an interrupt, and an interrupt is answered whole (X106)."""
    names = set(given)
    questions = list(keys_of(graph))
    known = {key for keys, _ in questions for key in keys}
    for key in names:
        if is_addressed(graph, key) and key not in known:
            raise ValueError(f"{key} answers no interrupt")
    for keys, active in questions:
        if active and set(keys) & names and not set(keys) <= names:
            raise ValueError(f"{set(keys) - names} is missing from an answer")
