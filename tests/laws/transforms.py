"""Descriptions of graphs made into others that must mean the same."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from tests.differential.spec import Call, Case, Fn, Gate, GraphSpec, NodeSpec, Param, Sub, inputs_of

Rename = Callable[[str], str]


# ------------------------------------------------------------------ names


def renamed(case: Case, new: Rename) -> Case:
    """The case with every value name of its outermost graph changed, and nothing else."""
    graph = case.graph
    nodes = tuple(_renamed_node(node, new) for node in graph.nodes)
    edges = graph.edges and tuple(
        (source, target, names and tuple(map(new, names))) for source, target, names in graph.edges
    )
    bound = tuple((new(name), value) for name, value in graph.bound)
    selected = tuple(map(new, graph.selected))
    changed = replace(graph, nodes=nodes, edges=edges, bound=bound, selected=selected)
    return replace(case, graph=changed, call=_renamed_call(case.call, new))


def _renamed_node(node: NodeSpec, new: Rename) -> NodeSpec:
    if isinstance(node, Sub):
        return replace(
            node,
            inputs=tuple((inner, new(outer)) for inner, outer in node.inputs),
            renamed_outputs=tuple((inner, new(outer)) for inner, outer in node.renamed_outputs),
            outputs=tuple(map(new, node.outputs)),
            map_over=tuple(map(new, node.map_over)),
            clone=node.clone if isinstance(node.clone, bool) else tuple(map(new, node.clone)),
        )
    changes: dict[str, Any] = {
        "params": tuple(replace(param, shown=new(param.shown)) for param in node.params),
        "emit": tuple(map(new, node.emit)),
        "wait_for": tuple(map(new, node.wait_for)),
    }
    if not isinstance(node, Gate):
        changes["outputs"] = tuple(map(new, node.outputs))
    return replace(node, **changes)


def _renamed_call(call: Call, new: Rename) -> Call:
    """Keys that answer a question inside a graph node keep their names, as the inside does."""

    def key(name: str) -> str:
        return name if "." in name or name == "misspelt" else new(name)

    over = call.map_over
    if over is not None:
        clone = over.clone if isinstance(over.clone, bool) else tuple(map(key, over.clone))
        over = replace(over, names=tuple(map(key, over.names)), clone=clone)
    select = tuple(map(new, call.select)) if isinstance(call.select, tuple) else call.select
    values = tuple((key(name), value) for name, value in call.values)
    return replace(call, values=values, select=select, map_over=over)


# ------------------------------------------------------------------ order and nesting


def followers(graph: GraphSpec) -> Mapping[str, set[str]]:
    """Every node with all that come after it, by values, signals, gates and declared edges."""
    nodes = {node.name: node for node in graph.nodes}
    direct = {one: {other for other in nodes if _leads(nodes[one], nodes[other])} for one in nodes}
    for source, target, _ in graph.edges or ():
        direct[source].add(target)
    found: dict[str, set[str]] = {}
    for name in nodes:
        seen: set[str] = set()
        frontier = direct[name]
        while frontier:
            seen |= frontier
            frontier = {later for one in frontier for later in direct[one]} - seen
        found[name] = seen
    return found


def _leads(one: NodeSpec, other: NodeSpec) -> bool:
    given = {*one.outputs, *one.emit}
    chosen = isinstance(one, Gate) and other.name in one.targets
    return chosen or bool(given & {*inputs_of(other), *other.wait_for})


def swapped(graph: GraphSpec, first: int) -> GraphSpec:
    """The graph with two neighbouring declarations in each other's place."""
    nodes = list(graph.nodes)
    nodes[first], nodes[first + 1] = nodes[first + 1], nodes[first]
    return replace(graph, nodes=tuple(nodes))


def nested(graph: GraphSpec, names: set[str]) -> GraphSpec:
    """The graph with some of its nodes in a graph of their own."""
    inside = tuple(node for node in graph.nodes if node.name in names)
    read = tuple(dict.fromkeys(name for node in inside for name in inputs_of(node)))
    made = tuple(dict.fromkeys(name for node in inside for name in node.outputs))
    inputs = tuple((name, name) for name in read if name not in made)
    outputs = tuple((name, name) for name in made)
    node = Sub("nested_part", GraphSpec(inside), inputs, outputs, made)
    rest = [one for one in graph.nodes if one.name not in names]
    place = next(i for i, one in enumerate(graph.nodes) if one.name in names)
    before = sum(one.name not in names for one in graph.nodes[:place])
    return replace(graph, nodes=(*rest[:before], node, *rest[before:]))


# ------------------------------------------------------------------ inputs and additions


def bound(case: Case, names: set[str]) -> Case:
    """The case with some of the call's values bound to the graph instead."""
    moved = tuple(pair for pair in case.call.values if pair[0] in names)
    kept = tuple(pair for pair in case.call.values if pair[0] not in names)
    graph = replace(case.graph, bound=(*case.graph.bound, *moved))
    return replace(case, graph=graph, call=replace(case.call, values=kept))


def with_unrelated(graph: GraphSpec) -> GraphSpec:
    """The graph with one more node, which has to do with none of the others."""
    extra = Fn("unrelated", (Param("apart", "apart", default="0"),), ("unrelated_value",))
    return replace(graph, nodes=(*graph.nodes, extra))
