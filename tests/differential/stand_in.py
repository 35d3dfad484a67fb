"""A graph's stand-in: the same graph with other functions, which digest what they are given.

Nothing of the user's is called. The bodies, decisions, failures and questions are drawn.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Mapping
from typing import Any

import networkx

from hypergraph import END, FunctionNode, GateNode, Graph, GraphNode, IfElseNode, RouteNode
from hypergraph.compiler.diagnostics import artifacts as catalogue
from hypergraph.compiler.diagnostics.artifacts import CompileError
from hypergraph.compiler.diagnostics.problems import problem
from hypergraph.compiler.literals import literal_text

from .sketch import Kind, Sketch
from .spec import Ask, Body, Edge, Fn, FunctionKind, Gate, GraphSpec, NodeSpec, Param, Sub

_KINDS: dict[Any, Any] = {
    inspect.Parameter.POSITIONAL_ONLY: "positional",
    inspect.Parameter.KEYWORD_ONLY: "keyword",
    # A stand-in is given values of any kind, which could not all be spread.
    inspect.Parameter.VAR_POSITIONAL: "keyword",
    inspect.Parameter.VAR_KEYWORD: "keyword",
}
_OURS = frozenset({"TRACE", "SEED", "_hg", "_bodies"})
_LISTS: tuple[Kind, ...] = ("list", "lists")


def stand_in(sketch: Sketch, graph: Graph, listed: Iterable[str] = ()) -> GraphSpec:
    """The description of a graph that is declared as ``graph`` is, with drawn functions.

    ``listed`` are outputs that somebody outside maps over. The sketch learns the names. Raises
    ``CompileError`` for a node of a class that only the user knows.
    """
    kinds = kinds_of(graph, listed)
    sketch.kinds.update(kinds)
    circling = members_of_cycles(graph)
    nodes = tuple(
        _node(sketch, node, kinds, node.name in circling) for node in graph.nodes.values()
    )
    return GraphSpec(
        nodes,
        graph.name,
        _declared_edges(graph),
        tuple((name, _literal(value)) for name, value in graph.bindings.items()),
        graph.entrypoints_config or (),
        graph.selected or (),
    )


def kinds_of(graph: Graph, listed: Iterable[str] = ()) -> dict[str, Kind]:
    """Every value name of the graph, with whether it has to be a list."""
    names = {name for node in graph.iter_nodes() for name in (*node.inputs, *node.data_outputs)}
    lists = {name for node in graph.iter_nodes() for name in _mapped(node)}
    return {name: "list" if name in lists | set(listed) else "any" for name in sorted(names)}


def _mapped(node: Any) -> Iterable[str]:
    """Inputs of a graph node that it, or a node inside, maps over."""
    if not isinstance(node, GraphNode):
        return
    if node.map_config is not None:
        yield from node.map_config[0]
    inside = kinds_of(node.graph)
    for outer in node.inputs:
        if inside[_inner(node, outer)] in _LISTS:
            yield outer


def members_of_cycles(graph: Graph) -> frozenset[str]:
    """The nodes that may run more than once."""
    found = set(networkx.nodes_with_selfloops(graph.nx_graph))
    for component in networkx.strongly_connected_components(graph.nx_graph):
        found |= component if len(component) > 1 else set()
    return frozenset(found)


def _node(sketch: Sketch, node: Any, kinds: Mapping[str, Kind], circling: bool) -> NodeSpec:
    if isinstance(node, GraphNode):
        return _graph_node(sketch, node, kinds)
    if isinstance(node, GateNode):
        return _gate(sketch, node)
    if not isinstance(node, FunctionNode):
        raise problem(CompileError, catalogue.NO_STAND_IN, node=node.name, kind=type(node).__name__)
    signals = {"emit": node.outputs[len(node.data_outputs) :], "wait_for": node.wait_for}
    if node.is_interrupt:
        asks = Body("ask", (sketch.number(0, 2),))
        return Ask(node.name, _params(node), node.data_outputs, asks, **signals)
    body = _body(sketch, [kinds[name] for name in node.data_outputs], circling)
    return Fn(
        node.name,
        _params(node),
        node.data_outputs,
        body,
        _function_kind(node),
        cache=node.cache,
        **signals,
    )


def _function_kind(node: FunctionNode) -> FunctionKind:
    if node.is_generator:
        return "async generator" if node.is_async else "generator"
    return "async" if node.is_async else "plain"


def _params(node: Any) -> tuple[Param, ...]:
    return tuple(
        Param(
            parameter.name + "_" * (parameter.name in _OURS),
            shown,
            _KINDS.get(parameter.kind, "normal"),
            None if parameter.default is parameter.empty else _literal(parameter.default),
        )
        for shown, parameter in node.parameters
    )


def _literal(value: Any) -> str:
    """The value as text, or what stands for it: the same for values of one type."""
    if isinstance(value, (list, tuple)):
        return literal_text(value) or repr([0] * len(value))
    return literal_text(value) or repr(f"some {type(value).__qualname__}")


def _body(sketch: Sketch, kinds: list[Kind], circling: bool) -> Body:
    """What a function does; where it may be called again, its values come to rest."""
    if sketch.has("failures", 5):
        return Body("fail", (sketch.number(1, 4),))
    if any(kind in _LISTS for kind in kinds):
        return Body("items", (sketch.number(0, 3),))
    if circling:
        return Body(sketch.one_of(("level", "level", "down", "echo")))
    if sketch.has("falsy", 4):
        return Body("falsy")
    return Body(sketch.one_of(("digest", "level")))


def _gate(sketch: Sketch, gate: GateNode) -> Gate:
    targets = tuple(str(_target(target)) for target in gate.targets)
    multi = isinstance(gate, RouteNode) and gate.multi_target
    fallback = _target(gate.fallback) if isinstance(gate, RouteNode) else None
    return Gate(
        gate.name,
        _params(gate),
        targets,
        Body("pick", (_decisions(sketch, gate, targets, multi),)),
        isinstance(gate, IfElseNode),
        fallback,
        multi,
        gate.default_open,
        emit=gate.outputs[len(gate.data_outputs) :],
        wait_for=gate.wait_for,
        cache=gate.cache,
    )


def _target(target: Any) -> str | None:
    return "END" if target is END else target


def _decisions(
    sketch: Sketch, gate: GateNode, targets: tuple[str, ...], multi: bool
) -> tuple[Any, ...]:
    """What the gate may say, among them now and then nothing or something wrong."""
    if isinstance(gate, IfElseNode):
        return (True, False, *([1] if sketch.has("bad decisions", 8) else []))
    wrong = ("nowhere",) if sketch.has("bad decisions", 8) else ()
    if multi:
        return (*(sketch.some_of(targets, len(targets)) for _ in range(3)), None, *wrong)
    return (*targets, *([None] if sketch.chance(3) else []), *wrong)


def _graph_node(sketch: Sketch, node: GraphNode, kinds: Mapping[str, Kind]) -> Sub:
    within = Sketch(sketch.draw, sketch.features)
    pairs = _outputs(node)
    mapped, mode, on_error = node.map_config or ([], "zip", "raise")
    needed = [] if mapped else [inner for inner, outer in pairs if kinds[outer] in _LISTS]
    return Sub(
        node.name,
        stand_in(within, node.graph, needed),
        tuple((_inner(node, outer), outer) for outer in node.inputs),
        tuple(pairs),
        tuple(outer for _, outer in pairs),
        tuple(mapped),
        mode,
        on_error,
        node.clone if isinstance(node.clone, bool) else tuple(node.clone),
    )


def _inner(node: GraphNode, outer: str) -> str:
    (inner,) = node.map_inputs_to_params({outer: None})
    return inner


def _outputs(node: GraphNode) -> list[tuple[str, str]]:
    """Pairs of an output's name inside and outside."""
    names = [name for inner in node.graph.iter_nodes() for name in inner.data_outputs]
    shown = {inner: tuple(node.map_outputs_from_original({inner: None})) for inner in names}
    return [(inner, outer) for inner, (outer,) in shown.items() if outer in node.data_outputs]


def _declared_edges(graph: Graph) -> tuple[Edge, ...] | None:
    if not graph.explicit_edges:
        return None
    found: list[Edge] = []
    for source, target, facts in graph.nx_graph.edges(data=True):
        if facts["edge_type"] == "data":
            found.append((source, target, tuple(facts["value_names"])))
        elif facts["edge_type"] == "ordering":
            found.append((source, target, ()))
    return tuple(found)
