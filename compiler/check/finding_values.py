"""Values that keep a node from being cached, that nobody uses, or that no edge brings."""

from __future__ import annotations

import pickle
from collections.abc import Iterator

from hypergraph.compiler.check.finding import Finding, Level, listed
from hypergraph.compiler.declare.node import HyperNode
from hypergraph.compiler.declare.places import declared_at
from hypergraph.compiler.diagnostics import findings as catalogue

_PROTOCOL = 5


def cache_findings(level: Level, admitted: frozenset[str]) -> Iterator[Finding]:
    """Cached nodes that get a value which cannot be pickled, unless a caller gives another (X120).

    Of a value that a node produces there is nothing to know in advance.
    """
    for name, node in level.nodes.items():
        if not node.cache or name not in admitted:
            continue
        for value in node.inputs:
            error = None if (name, value) in level.feeds else _refusal(level, node, value)
            if error is not None:
                facts = {"node": name, "name": value, "error": error}
                yield level.found(catalogue.KEYLESS_CACHE, name, declared_at(node), **facts)


def unused_findings(level: Level, admitted: frozenset[str]) -> Iterator[Finding]:
    """Values that are produced, and neither read nor among the selected outputs."""
    graph = level.graph
    if graph.selected is None:
        return
    sent = {(source, value) for (_, value), sources in level.feeds.items() for source in sources}
    for name, node in graph.nodes.items():
        if name not in admitted:
            continue
        for value in node.data_outputs:
            if value not in graph.selected and (name, value) not in sent:
                entry, place = catalogue.UNUSED_VALUE, declared_at(node)
                yield level.found(entry, value, place, node=name, name=value)


def edge_findings(level: Level) -> Iterator[Finding]:
    """Names that declared edges carry, and that reach further nodes undeclared (X151)."""
    graph = level.graph
    if not graph.explicit_edges:
        return
    declared = [link for link in graph.wiring.drawn if link.kind == "data"]
    brought = {(link.target, value) for link in declared for value in link.names}
    carried = {value for _, value in brought}
    for name, node in graph.nodes.items():
        if name not in graph.active:
            continue
        for value in node.inputs:
            sources = level.feeds.get((name, value), ())
            if sources and value in carried and (name, value) not in brought:
                facts = {"node": name, "name": value, "sources": listed(sources)}
                yield level.found(catalogue.UNDECLARED_FLOW, name, declared_at(node), **facts)


def _refusal(level: Level, node: HyperNode, value: str) -> str | None:
    """Why the value known to be used for an input cannot be pickled."""
    if value not in level.held and not node.has_default_for(value):
        return None
    used = level.held[value] if value in level.held else node.get_default_for(value)
    try:
        pickle.dumps(used, _PROTOCOL)
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return None
