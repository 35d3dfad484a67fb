"""Everything that looks wrong in a graph that is valid, and in the graphs inside it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from hypergraph.compiler.check.finding import Finding, Level, level_of
from hypergraph.compiler.check.finding_idle import able, idle_findings, input_findings
from hypergraph.compiler.check.finding_loops import loop_findings
from hypergraph.compiler.check.finding_values import cache_findings, edge_findings, unused_findings
from hypergraph.compiler.declare.graph import Graph
from hypergraph.compiler.declare.nested import GraphNode
from hypergraph.compiler.schedule.supply import answer_keys, own_supply


def findings_of(graph: Graph) -> tuple[Finding, ...]:
    """What is worth a second look in a graph, in order of the nodes, outermost graphs first.

    It holds for any run that gives the graph what it asks for.

    >>> from hypergraph import Graph, node
    >>> first = node(lambda x: x, "y", emit="done").with_name("first")
    >>> late = node(lambda z: z, "w", wait_for="done").with_name("late")
    >>> findings_of(Graph([first, late]))
    ()
    >>> [one.code for one in findings_of(Graph([first, late]).select("w"))]
    ['HG506']
    """
    supply = own_supply(graph)
    return tuple(_findings(level_of(graph, (), supply.certain | supply.maybe, {})))


def _findings(level: Level) -> Iterator[Finding]:
    admitted = able(level)
    yield from idle_findings(level, admitted)
    yield from input_findings(level, admitted)
    yield from loop_findings(level, admitted)
    yield from cache_findings(level, admitted)
    yield from edge_findings(level)
    yield from unused_findings(level, admitted)
    for node in level.graph.iter_nodes():
        if isinstance(node, GraphNode) and node.name in level.graph.active:
            yield from _findings(_inner_level(level, node))


def _inner_level(level: Level, node: GraphNode) -> Level:
    """A graph node supplies all of its inputs, and answers reach everything inside (X83)."""
    outer = node.map_inputs_to_params({name: name for name in node.inputs})
    supplied = {*outer, *answer_keys(node.graph)}
    return level_of(node.graph, (*level.path, node.name), supplied, _given(level, node, outer))


def _given(level: Level, node: GraphNode, outer: dict[str, str]) -> dict[str, Any]:
    """The values bound outside that reach the graph inside as they are."""
    mapped = () if node.map_config is None else node.map_config[0]
    return {
        inner: level.held[name]
        for inner, name in outer.items()
        if name in level.held and name not in mapped and (node.name, name) not in level.feeds
    }
