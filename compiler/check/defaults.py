"""All consumers of a name must agree on its default (G82-G84)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from hypergraph.compiler.declare.node import HyperNode
from hypergraph.compiler.declare.places import declared_at
from hypergraph.compiler.diagnostics import graphs as catalogue
from hypergraph.compiler.diagnostics.together import Finding, finding

if TYPE_CHECKING:
    from hypergraph.compiler.declare.graph import Graph


def check_defaults(graph: Graph) -> Iterator[Finding]:
    """Names for which some consumers have a default and others none, or another one."""
    consumers: dict[str, list[HyperNode]] = {}
    for node in graph.iter_nodes():
        for name in node.inputs:
            consumers.setdefault(name, []).append(node)
    for name, nodes in consumers.items():
        if len(nodes) > 1:
            yield from _disagreement(name, nodes)


def same_default(first: Any, second: Any) -> bool:
    """Whether two defaults are one object or equal; array-likes are compared element by element.

    Whatever a comparison raises means that they differ (L29).

    >>> same_default(1, True), same_default(float("nan"), float("nan"))
    (True, False)
    """
    if first is second:
        return True
    try:
        equal = first == second
        return all(equal) if isinstance(equal, Iterable) else bool(equal)
    except Exception:
        return False


def _disagreement(name: str, nodes: list[HyperNode]) -> Iterator[Finding]:
    having: list[HyperNode] = []
    lacking: list[HyperNode] = []
    for node in nodes:
        (having if node.has_signature_default_for(name) else lacking).append(node)
    if not having:
        return
    if lacking:
        where = (declared_at(node) for node in (having[0], lacking[0]))
        yield finding(
            catalogue.DEFAULTS_MIXED,
            *where,
            name=name,
            having=_names(having),
            lacking=_names(lacking),
        )
        return
    value = having[0].get_signature_default_for(name)
    for node in having[1:]:
        other = node.get_signature_default_for(name)
        if not same_default(value, other):
            yield finding(
                catalogue.DEFAULTS_DIFFER,
                declared_at(having[0]),
                declared_at(node),
                name=name,
                first=having[0].name,
                second=node.name,
                value=shown(value),
                other=shown(other),
            )
            return


def shown(value: Any) -> str:
    """``repr(value)``, or what stands for it when that fails."""
    try:
        return repr(value)
    except Exception:
        return f"<{type(value).__name__} object>"


def _names(nodes: list[HyperNode]) -> str:
    return ", ".join(f"'{node.name}'" for node in nodes)
