"""The checks a graph must pass to exist, in order (section 8.7)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from hypergraph.compiler.check.contested import check_contested
from hypergraph.compiler.check.defaults import check_defaults
from hypergraph.compiler.check.gates import (
    check_joint_targets,
    check_self_targets,
    check_targets_exist,
)
from hypergraph.compiler.check.names import (
    check_collisions,
    check_graph_name,
    check_identifiers,
    check_reserved,
)
from hypergraph.compiler.check.nesting import check_cached_graphs, check_mapped_interrupts
from hypergraph.compiler.check.types import check_types
from hypergraph.compiler.check.waits import check_waits
from hypergraph.compiler.declare.node import HyperNode
from hypergraph.compiler.declare.places import declared_at
from hypergraph.compiler.diagnostics import graphs as catalogue
from hypergraph.compiler.diagnostics.problems import Place, place_of
from hypergraph.compiler.diagnostics.together import Finding, finding, together
from hypergraph.runtime.errors import GraphConfigError

if TYPE_CHECKING:
    from hypergraph.compiler.declare.graph import Graph

Check = Callable[["Graph"], Iterator[Finding]]

CHECKS: tuple[Check, ...] = (
    check_contested,
    check_graph_name,
    check_reserved,
    check_identifiers,
    check_collisions,
    check_defaults,
    check_targets_exist,
    check_self_targets,
    check_joint_targets,
    check_mapped_interrupts,
    check_cached_graphs,
    check_waits,
    check_types,
)


def validate(graph: Graph) -> None:
    """Raise ``GraphConfigError`` for the first check that finds something, with all it found."""
    for check in CHECKS:
        if findings := list(check(graph)):
            raise together(GraphConfigError, findings, graph.place)


def named(nodes: Iterable[Any], built: Place | None = None) -> dict[str, HyperNode]:
    """``nodes`` by name, in order; an iterator is read once (L24).

    Raises ``GraphConfigError`` for what is no node (L25) and for names used twice (G66).
    """
    by_name: dict[str, HyperNode] = {}
    findings = []
    for node in _members(nodes, built):
        if node.name in by_name:
            findings.append(_duplicate(by_name[node.name], node))
        else:
            by_name[node.name] = node
    if findings:
        raise together(GraphConfigError, findings, built)
    return by_name


def _members(nodes: Iterable[Any], built: Place | None) -> list[HyperNode]:
    if not isinstance(nodes, Iterable) or isinstance(nodes, str):
        raise together(GraphConfigError, [_misplaced(nodes, "a list of nodes")], built)
    members = list(nodes)
    findings = [_misplaced(each, "a node") for each in members if not isinstance(each, HyperNode)]
    if findings:
        raise together(GraphConfigError, findings, built)
    return members


def _misplaced(element: Any, expected: str) -> Finding:
    name = getattr(element, "__qualname__", None)
    shown = f"{type(element).__name__} '{name}'" if name else repr(element)
    place = place_of("written", element)
    return finding(catalogue.NOT_A_NODE, place, element=shown, expected=expected)


def _duplicate(first: HyperNode, second: HyperNode) -> Finding:
    return finding(
        catalogue.DUPLICATE_NODE_NAME,
        declared_at(first),
        declared_at(second),
        name=first.name,
        first=repr(first),
        second=repr(second),
    )
