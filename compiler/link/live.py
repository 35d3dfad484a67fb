"""Linking in memory: the function objects themselves go into the module's namespace."""

from __future__ import annotations

from typing import Any

from hypergraph.compiler.declare.function import FunctionNode
from hypergraph.compiler.declare.gates import GateNode
from hypergraph.compiler.declare.graph import Graph
from hypergraph.compiler.declare.nested import GraphNode
from hypergraph.compiler.emit.namespace import Key
from hypergraph.compiler.plan import Call, Fallback, Plan

Path = tuple[str, ...]


def canonical_paths(graph: Graph, *plans: Plan) -> dict[Path, Path]:
    """For every call of a function, the path under which that function was met first."""
    first: dict[int, Path] = {}
    canonical: dict[Path, Path] = {}
    for plan in plans:
        for call in function_calls(plan):
            function = function_at(graph, call.path)
            canonical[call.path] = first.setdefault(id(function), call.path)
    return canonical


def function_calls(plan: Plan) -> list[Call]:
    """Every call of a user's function, in all functions of the program."""
    return [
        call for one in (*plan.functions, plan) for call in one.calls() if call.function is None
    ]


def live_objects(graph: Graph, plan: Plan, canonical: dict[Path, Path]) -> dict[Key, Any]:
    """The object behind every name that the program needs from the user."""
    objects: dict[Key, Any] = {
        ("node", *canonical[call.path]): function_at(graph, call.path)
        for call in function_calls(plan)
    }
    for fallback in fallbacks_of(plan):
        key = (fallback.kind, *fallback.owner, "|", fallback.parameter)
        objects[key] = fallback_object(graph, fallback)
    return objects


def fallbacks_of(plan: Plan) -> list[Fallback]:
    """Every binding and default that is used as an object."""
    found: list[Fallback | None] = []
    for one in (*plan.functions, plan):
        found += [argument.fallback for call in one.calls() for argument in call.arguments]
        found += [parameter.default for parameter in one.inputs]
    return [fallback for fallback in found if fallback is not None and fallback.literal is None]


def function_at(graph: Graph, path: Path) -> Any:
    """The function of the node at a path."""
    node = graph_at(graph, path[:-1]).node_named(path[-1])
    assert isinstance(node, (FunctionNode, GateNode))
    return node.func


def fallback_object(graph: Graph, fallback: Fallback) -> Any:
    """The bound object, or the default."""
    if fallback.kind == "binding":
        return graph_at(graph, fallback.owner).inputs.bound[fallback.parameter]
    owner = graph_at(graph, fallback.owner[:-1]).node_named(fallback.owner[-1])
    assert owner is not None
    return owner.get_default_for(fallback.parameter)


def graph_at(graph: Graph, path: Path) -> Graph:
    """The graph inside the graph nodes of a path."""
    for name in path:
        inner = graph.node_named(name)
        assert isinstance(inner, GraphNode)
        graph = inner.graph
    return graph
