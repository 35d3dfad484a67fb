"""The skeleton of a graph: what the checks of its calls look at."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING, Any

from hypergraph.compiler.check.cycles import cycles_of
from hypergraph.compiler.check.nesting import asks
from hypergraph.compiler.declare.gates import GateNode
from hypergraph.compiler.declare.nested import GraphNode
from hypergraph.compiler.declare.node import HyperNode
from hypergraph.compiler.declare.places import declared_at
from hypergraph.compiler.declare.wiring import targets_of
from hypergraph.runtime.skeleton import Part, Skeleton

if TYPE_CHECKING:
    from hypergraph.compiler.declare.graph import Graph

Question = tuple[str, tuple[str, ...], bool]


def skeleton_of(graph: Graph, placed: bool = True) -> Skeleton:
    """The skeleton of a graph; ``placed`` is whether errors may tell places in the user's source.

    >>> from hypergraph import Graph, node
    >>> skeleton_of(Graph([node(lambda x, y=1: x, "z").with_name("f")])).scope(None).optional
    ('y',)
    """
    active = graph.active
    nodes = {node.name: node for node in graph.iter_nodes()}
    links = [(one.source, one.target, _carried(one.kind, one.names)) for one in graph.wiring.full]
    among = {name: node for name, node in nodes.items() if name in active}
    inner = [k for k in graph.wiring.full if k.source in active and k.target in active]
    return Skeleton(
        {name: part_of(node, name in active) for name, node in nodes.items()},
        links,
        cycles_of(among, inner, graph.branches),
        graph.bindings,
        graph.selected,
        tuple(questions_of(graph)),
        [name for name, node in nodes.items() if isinstance(node, GraphNode)],
        (lambda path: _place(graph, path)) if placed else (lambda path: None),
    )


def skeleton_facts(skeleton: Skeleton) -> dict[str, Any]:
    """A skeleton as plain data: the arguments of ``Partial`` that describe it."""
    return {
        "nodes": {name: part_facts(part) for name, part in skeleton.nodes.items()},
        "links": tuple(skeleton.links),
        "cycles": tuple(
            (one.members, sorted_names(one.fed), sorted_names(one.supplied))
            for one in skeleton.cycles
        ),
        "bindings": sorted_names(skeleton.bindings),
        "selected": skeleton.selected,
        "questions": tuple(skeleton.questions),
        "graphs": tuple(skeleton.graphs),
    }


def part_facts(part: Part) -> dict[str, Any]:
    """A node as plain data, without what is not so by default."""
    facts: dict[str, Any] = {
        "inputs": part.inputs,
        "outputs": part.data,
        "defaults": tuple(name for name in part.inputs if name in part.defaults),
        "signals": part.outputs[len(part.data) :],
        "bound": part.bound,
    }
    facts = {name: names for name, names in facts.items() if names}
    if part.targets is not None:
        facts["targets"] = part.targets
    if part.asks:
        facts["asks"] = True
    if not part.active:
        facts["active"] = False
    return facts


def sorted_names(names: Collection[str]) -> tuple[str, ...]:
    """Names of a set, always in the same order."""
    return tuple(sorted(names))


def _carried(kind: str, names: tuple[str, ...]) -> tuple[str, ...]:
    return names if kind == "data" else ()


def part_of(node: HyperNode, active: bool) -> Part:
    """A node as part of a skeleton."""
    inner = tuple(node.inner_bindings()) if isinstance(node, GraphNode) else ()
    return Part(
        inputs=node.inputs,
        outputs=node.data_outputs,
        defaults=tuple(name for name in node.inputs if node.has_default_for(name)),
        signals=node.outputs[len(node.data_outputs) :],
        targets=targets_of(node) if isinstance(node, GateNode) else None,
        asks=node.is_interrupt,
        bound=inner,
        active=active,
    )


def questions_of(
    graph: Graph, prefix: str = "", path: str = "", active: bool = True
) -> Iterator[Question]:
    """Every interrupt of a graph, by its path, with the keys that answer it (X6).

    The ways down double with each level that nests a graph twice, so those without one are left.
    """
    for node in graph.iter_nodes():
        reached = active and node.name in graph.active
        if node.is_interrupt:
            keys = tuple(prefix + name for name in node.data_outputs)
            yield path + node.name, keys, reached
        elif isinstance(node, GraphNode) and asks(node.graph):
            inner = f"{prefix}{node.name}.", f"{path}{node.name}/"
            yield from questions_of(node.graph, *inner, reached)


def _place(graph: Graph, path: str | None) -> Any:
    """Where a node, or the graph, is in the user's source."""
    if path is None:
        return graph.place
    *outer, name = path.split("/")
    for one in outer:
        inside = graph.nodes[one]
        assert isinstance(inside, GraphNode)
        graph = inside.graph
    return declared_at(graph.nodes[name])
