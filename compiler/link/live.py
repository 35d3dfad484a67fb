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
    """For every call of a function, the path by which that function is known in the module.

    That is the path under which it was met first. A function that serves nodes of several names
    goes by its own name there: none of theirs would be right where the others call it.
    """
    calls = {call.path: None for plan in plans for call in function_calls(plan)}
    paths: dict[int, list[Path]] = {}
    for path in calls:
        paths.setdefault(id(function_at(graph, path)), []).append(path)
    taken = set(calls)
    canonical: dict[Path, Path] = {}
    for shared in paths.values():
        known = _known(function_at(graph, shared[0]), shared, taken)
        taken.add(known)
        canonical.update(dict.fromkeys(shared, known))
    return canonical


def _known(function: Any, paths: list[Path], taken: set[Path]) -> Path:
    first, name = paths[0], getattr(function, "__name__", "")
    own = (*first[:-1], name)
    several = len({path[-1] for path in paths}) > 1
    free = own in paths or (name.isidentifier() and own not in taken)
    return own if several and free else first


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
