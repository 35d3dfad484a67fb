"""Reading the edges that a user listed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from hypergraph.compiler.declare.node import HyperNode
from hypergraph.compiler.declare.places import declared_at
from hypergraph.compiler.declare.wiring import Declared
from hypergraph.compiler.diagnostics import graphs as catalogue
from hypergraph.compiler.diagnostics.problems import Place, closest
from hypergraph.compiler.diagnostics.together import Finding, finding, together
from hypergraph.runtime.errors import GraphConfigError

Nodes = Mapping[str, HyperNode]


def read_edges(
    nodes: Nodes, edges: Iterable[Any], built: Place | None = None
) -> tuple[Declared, ...]:
    """The ``edges`` with names for nodes and all values spelled out (G54, G55).

    Raises ``GraphConfigError`` for edges of the wrong shape, unknown nodes, and values that the
    source does not produce or the target does not read (G57).
    """
    findings: list[Finding] = []
    declared: list[Declared] = []
    for edge in edges:
        found = list(_problems(nodes, edge))
        findings += found
        if not found:
            declared.append(_read(nodes, edge))
    if findings:
        raise together(GraphConfigError, findings, built)
    return tuple(declared)


def _read(nodes: Nodes, edge: tuple[Any, ...]) -> Declared:
    source, target = _name(edge[0]), _name(edge[1])
    if len(edge) == 3:
        return Declared(source, target, tuple(dict.fromkeys(_values(edge[2]))))
    outputs = set(nodes[source].outputs)
    return Declared(source, target, tuple(n for n in nodes[target].inputs if n in outputs))


def _problems(nodes: Nodes, edge: Any) -> Iterator[Finding]:
    if not isinstance(edge, tuple) or len(edge) not in (2, 3):
        yield finding(catalogue.EDGE_SHAPE, edge=_shown(edge))
        return
    source, target = _name(edge[0]), _name(edge[1])
    for end, entry in ((source, catalogue.EDGE_SOURCE), (target, catalogue.EDGE_TARGET)):
        if end not in nodes:
            near = closest(end, list(nodes))
            yield finding(entry, near=near, edge=_shown(edge), name=end, nodes=list(nodes))
    if len(edge) == 3 and source in nodes and target in nodes:
        for value in _values(edge[2]):
            yield from _value_problems(nodes[source], nodes[target], source, target, value)


def _value_problems(
    source: HyperNode, target: HyperNode, source_name: str, target_name: str, value: str
) -> Iterator[Finding]:
    ends = (
        (catalogue.EDGE_OUTPUT, source, source_name, source.outputs),
        (catalogue.EDGE_INPUT, target, target_name, target.inputs),
    )
    for entry, node, name, known in ends:
        if value not in known:
            place = declared_at(node)
            near = closest(value, known)
            yield finding(entry, place, near=near, name=value, node=name, known=list(known))


def _name(end: Any) -> str:
    return end.name if isinstance(end, HyperNode) else str(end)


def _values(values: Any) -> list[str]:
    return [str(value) for value in values] if isinstance(values, (list, tuple)) else [str(values)]


def _shown(edge: Any) -> str:
    if isinstance(edge, tuple):
        return repr(tuple(_name(e) if isinstance(e, HyperNode) else e for e in edge))
    return repr(edge)
