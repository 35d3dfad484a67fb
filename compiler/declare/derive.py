"""The checks that arguments of ``bind``, ``select`` and the like must pass (section 10)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from hypergraph.compiler.declare.gates import GateNode
from hypergraph.compiler.declare.places import declared_at
from hypergraph.compiler.diagnostics import graphs as catalogue
from hypergraph.compiler.diagnostics.problems import closest, problem
from hypergraph.compiler.diagnostics.together import Finding, finding, together
from hypergraph.runtime.errors import GraphConfigError

if TYPE_CHECKING:
    from hypergraph.compiler.declare.graph import Graph


def check_bindable(graph: Graph, values: Mapping[str, Any]) -> None:
    """Raise ``ValueError`` unless every key is an input in reach or a data output (G93)."""
    if findings := list(_unbindable(graph, values)):
        raise together(ValueError, findings, graph.place)


def check_still_bindable(graph: Graph, values: Mapping[str, Any]) -> None:
    """Raise ``ValueError`` if an added node made a bound name invalid (G99)."""
    stale = [each.facts["name"] for each in _unbindable(graph, values)]
    if stale:
        findings = [finding(catalogue.BIND_STALE, name=name) for name in stale]
        raise together(ValueError, findings, graph.place)


def check_selectable(graph: Graph, names: Sequence[str]) -> None:
    """Raise ``ValueError`` unless ``names`` are some outputs, each once (G97, L16)."""
    outputs = graph.outputs
    if not names:
        raise problem(ValueError, catalogue.SELECT_NOTHING, where=[graph.place])
    unknown = [name for name in names if name not in outputs]
    if unknown:
        raise problem(
            ValueError,
            catalogue.SELECT_UNKNOWN,
            where=[graph.place],
            near=closest(str(unknown[0]), outputs),
            names=unknown,
            valid=list(outputs),
        )
    repeated = sorted({name for name in names if names.count(name) > 1})
    if repeated:
        raise problem(ValueError, catalogue.SELECT_REPEATED, where=[graph.place], names=repeated)


def check_entrypoints(graph: Graph, names: Sequence[str]) -> None:
    """Raise unless ``names`` are some nodes that are no gates (G98, L16)."""
    if not names:
        raise problem(ValueError, catalogue.ENTRY_NOTHING, where=[graph.place])
    if findings := list(_not_entrypoints(graph, names)):
        raise together(GraphConfigError, findings, graph.place)


def check_extendable(graph: Graph) -> None:
    """Raise ``GraphConfigError`` if the edges of ``graph`` were listed (G99)."""
    if graph.explicit_edges:
        raise problem(GraphConfigError, catalogue.ADD_TO_EXPLICIT, where=[graph.place])


def _unbindable(graph: Graph, values: Mapping[str, Any]) -> Iterator[Finding]:
    produced = {name for node in graph.iter_nodes() for name in node.data_outputs}
    valid = produced.union(graph.scope.spec.all)
    signals = set(graph.outputs) - produced
    for name in values:
        if name in valid:
            continue
        if name in signals:
            yield finding(catalogue.BIND_EMIT, name=name)
        else:
            shown = sorted(valid)
            near = closest(name, shown)
            yield finding(catalogue.BIND_UNKNOWN, near=near, name=name, valid=shown)


def _not_entrypoints(graph: Graph, names: Sequence[str]) -> Iterator[Finding]:
    nodes = graph.nodes
    for name in names:
        if name not in nodes:
            near = closest(str(name), list(nodes))
            yield finding(catalogue.ENTRY_UNKNOWN, near=near, name=name, nodes=list(nodes))
        elif isinstance(nodes[name], GateNode):
            yield finding(catalogue.ENTRY_GATE, declared_at(nodes[name]), name=name)
