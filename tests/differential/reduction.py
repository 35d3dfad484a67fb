"""Make a case that goes wrong as small as it gets while it goes wrong in the same way."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import MISSING, fields, is_dataclass, replace
from typing import Any, TypeVar

from .spec import Call, Case, Fn, Gate, GraphSpec, Sub

T = TypeVar("T")


def reduced(case: Case, still_wrong: Callable[[Case], bool]) -> Case:
    """The smallest case that removing one thing after the other leads to.

    ``still_wrong`` must be false, rather than raise, for what is no valid case.
    """
    while True:
        smaller = next((one for one in simpler_cases(case) if still_wrong(one)), None)
        if smaller is None:
            return case
        case = smaller


def simpler_cases(case: Case) -> Iterator[Case]:
    """The case with one thing less, the largest things first."""
    for graph in simpler_graphs(case.graph):
        yield replace(case, graph=graph)
    for call in simpler_calls(case.call):
        yield replace(case, call=call)


def simpler_calls(call: Call) -> Iterator[Call]:
    """The call without an option or a value, or with a simpler value."""
    yield from defaulted(call, ("values",))
    for values in shorter(call.values):
        yield replace(call, values=values)
    for i, (name, text) in enumerate(call.values):
        for plain in ("0", "[]", "[0]", "[[]]"):
            if len(plain) < len(text) or (plain < text and len(plain) == len(text)):
                yield replace(call, values=(*call.values[:i], (name, plain), *call.values[i + 1 :]))


def simpler_graphs(graph: GraphSpec) -> Iterator[GraphSpec]:
    """The graph without a node or a narrowing, or with a simpler node."""
    for node in graph.nodes:
        yield without(graph, node.name)
    yield from defaulted(graph, ("nodes",))
    for bound in shorter(graph.bound):
        yield replace(graph, bound=bound)
    for entrypoints in shorter(graph.entrypoints):
        yield replace(graph, entrypoints=entrypoints)
    for selected in shorter(graph.selected):
        yield replace(graph, selected=selected)
    for edges in shorter(graph.edges or ()):
        yield replace(graph, edges=edges)
    for i, node in enumerate(graph.nodes):
        for simpler in simpler_nodes(node):
            yield replace(graph, nodes=(*graph.nodes[:i], simpler, *graph.nodes[i + 1 :]))


def without(graph: GraphSpec, name: str) -> GraphSpec:
    """The graph without a node and all that names it."""
    nodes = [
        (
            replace(node, targets=tuple(t for t in node.targets if t != name))
            if isinstance(node, Gate)
            else node
        )
        for node in graph.nodes
        if node.name != name
    ]
    edges = graph.edges and tuple(edge for edge in graph.edges if name not in edge[:2])
    entrypoints = tuple(entry for entry in graph.entrypoints if entry != name)
    return replace(graph, nodes=tuple(nodes), edges=edges, entrypoints=entrypoints)


def untargeted(gate: Gate, name: str) -> Gate:
    """The gate without a target, which it does not decide for either."""

    def kept(decision: Any) -> Any:
        if isinstance(decision, (list, tuple)):
            return type(decision)(kept(one) for one in decision if one != name)
        return None if decision == name else decision

    body = replace(gate.body, told=tuple(kept(part) for part in gate.body.told))
    fallback = None if gate.fallback == name else gate.fallback
    targets = tuple(target for target in gate.targets if target != name)
    return replace(gate, targets=targets, body=body, fallback=fallback)


def simpler_nodes(node: Any) -> Iterator[Any]:
    """The node with something left out or by default."""
    if isinstance(node, Sub):
        for graph in simpler_graphs(node.graph):
            yield replace(node, graph=graph)
        for inputs in shorter(node.inputs):
            yield replace(node, inputs=inputs)
    kept = ("name", "graph", "inputs", "targets", "params", "outputs")
    yield from defaulted(node, (*kept, "body") if isinstance(node, Gate) else kept)
    if isinstance(node, Gate):
        for target in node.targets:
            yield untargeted(node, target)
    if isinstance(node, Fn):
        for outputs in shorter(node.outputs):
            yield replace(node, outputs=outputs)
    if not isinstance(node, Sub):
        for params in shorter(node.params):
            yield replace(node, params=params)
        for i, param in enumerate(node.params):
            plain = replace(param, kind="normal", name=param.shown)
            if plain != param and param.shown.isidentifier():
                yield replace(node, params=(*node.params[:i], plain, *node.params[i + 1 :]))


def defaulted(thing: T, kept: tuple[str, ...]) -> Iterator[T]:
    """The thing with one of its other fields at the default."""
    assert is_dataclass(thing) and not isinstance(thing, type)
    for field in fields(thing):
        has_default = field.default is not MISSING
        if has_default and field.name not in kept and getattr(thing, field.name) != field.default:
            yield replace(thing, **{field.name: field.default})


def shorter(items: tuple[Any, ...]) -> Iterator[tuple[Any, ...]]:
    """The items without one of them."""
    for i in range(len(items)):
        yield (*items[:i], *items[i + 1 :])
