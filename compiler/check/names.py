"""Names of graphs, nodes and outputs (G69-G72)."""

from __future__ import annotations

import keyword
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from hypergraph.compiler.declare.nested import GraphNode
from hypergraph.compiler.declare.node import HyperNode
from hypergraph.compiler.declare.places import declared_at
from hypergraph.compiler.diagnostics import graphs as catalogue
from hypergraph.compiler.diagnostics.problems import Entry
from hypergraph.compiler.diagnostics.together import Finding, finding

if TYPE_CHECKING:
    from hypergraph.compiler.declare.graph import Graph


def check_graph_name(graph: Graph) -> Iterator[Finding]:
    """A graph's name is a string without ``.`` and ``/`` (G69)."""
    name = graph.name
    if name is not None and not isinstance(name, str):
        yield finding(catalogue.GRAPH_NAME_TYPE, name=repr(name))
        return
    for character in "./":
        if name is not None and character in name:
            yield finding(catalogue.GRAPH_NAME, name=repr(name), character=character)


def check_reserved(graph: Graph) -> Iterator[Finding]:
    """No node is called ``END`` (G70)."""
    for name, node in graph.nodes.items():
        if name == "END":
            yield finding(catalogue.RESERVED_NODE_NAME, declared_at(node))


def check_identifiers(graph: Graph) -> Iterator[Finding]:
    """Nodes other than nested graphs, and their outputs, have names that can be variables (G71)."""
    for name, node in graph.nodes.items():
        if not isinstance(node, GraphNode):
            yield from _node_name(name, node)
            for output in node.outputs:
                yield from _output_name(output, node)


def check_collisions(graph: Graph) -> Iterator[Finding]:
    """A nested graph is not called what another node produces (G72)."""
    for name, node in graph.nodes.items():
        if not isinstance(node, GraphNode):
            continue
        for other in sorted(graph.self_producers.get(name, set()) - {name}):
            where = declared_at(node), declared_at(graph.nodes[other])
            yield finding(catalogue.NAME_COLLIDES, *where, name=name, node=other)


def _node_name(name: Any, node: HyperNode) -> Iterator[Finding]:
    entry = _unfit(name, catalogue.NODE_NAME_IDENTIFIER, catalogue.NODE_NAME_KEYWORD)
    if entry is not None:
        # The label is not the name, which the message would then repeat however long it is (G81).
        yield finding(entry, declared_at(node, "declared"), name=repr(name))


def _output_name(output: Any, node: HyperNode) -> Iterator[Finding]:
    entry = _unfit(output, catalogue.OUTPUT_NAME_IDENTIFIER, catalogue.OUTPUT_NAME_KEYWORD)
    if entry is not None:
        yield finding(entry, declared_at(node, "declared"), name=repr(output), node=node.name)


def _unfit(name: Any, not_identifier: Entry, is_keyword: Entry) -> Entry | None:
    if not isinstance(name, str) or not name.isidentifier():
        return not_identifier
    return is_keyword if keyword.iskeyword(name) else None
