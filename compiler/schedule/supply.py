"""Which names the caller of a function gives: the part of a shape that planning depends on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hypergraph.compiler.declare.graph import Graph
from hypergraph.compiler.declare.nested import GraphNode
from hypergraph.compiler.plan import Argument
from hypergraph.compiler.schedule.calls import Level


@dataclass(frozen=True)
class Supply:
    """Names that every call gives, and names that a call may give."""

    certain: frozenset[str]
    maybe: frozenset[str] = frozenset()


def own_supply(graph: Graph) -> Supply:
    """The graph's own shape: what it requires, and any of what it can do without.

    A loop that can be entered in one way has its seeds required; otherwise each seed is optional,
    and so are the answers to interrupts, at any depth.

    >>> from hypergraph import Graph, node
    >>> @node(output_name="c")
    ... def add(a, b=1): return a + b
    >>> own = own_supply(Graph([add]))
    >>> sorted(own.certain), sorted(own.maybe)
    (['a'], ['b'])
    """
    spec = graph.inputs
    certain, maybe = set(spec.required), set(spec.optional) | set(answer_keys(graph))
    for component in graph.scope.components:
        entries = [set(spec.entrypoints[node]) for node in component]
        shared = set.intersection(*entries)
        certain |= shared
        maybe |= set.union(*entries) - shared
    return Supply(frozenset(certain), frozenset(maybe - certain))


def partial_supply(graph: Graph) -> Supply:
    """Any subset of what can matter to a run: inputs, values of nodes, and answers.

    >>> from hypergraph import Graph, node
    >>> @node(output_name="c")
    ... def add(a, b=1): return a + b
    >>> sorted(partial_supply(Graph([add])).maybe)
    ['a', 'b', 'c']
    """
    nodes = tuple(graph.iter_nodes())
    read = {name for node in nodes if node.name in graph.active for name in node.inputs}
    data = {name for node in nodes for name in node.data_outputs}
    signals = {name for node in nodes for name in node.outputs} - data
    return Supply(frozenset(), frozenset(read.union(data, answer_keys(graph)) - signals))


def loops_of(graph: Graph) -> tuple[dict[str, tuple[str, ...]], ...]:
    """For each loop that needs seeds, the nodes at which it is entered and the names they need."""
    entries = graph.scope.spec.entrypoints
    return tuple({node: entries[node] for node in loop} for loop in graph.scope.components)


def answer_keys(graph: Graph) -> tuple[str, ...]:
    """The keys that answer interrupts of the graph, dotted for those inside graph nodes (X6)."""
    return tuple(key for keys in answers_of(graph) for key in keys)


def together_of(graph: Graph) -> tuple[tuple[str, ...], ...]:
    """The keys of each interrupt that asks for several values, which it takes only at once."""
    return tuple(keys for keys in answers_of(graph) if len(keys) > 1)


def answers_of(graph: Graph) -> tuple[tuple[str, ...], ...]:
    """For each interrupt that may be reached the keys that answer it."""
    found: list[tuple[str, ...]] = []
    for node in graph.iter_nodes():
        if node.name not in graph.active:
            continue
        if node.is_interrupt:
            found.append(node.data_outputs)
        elif isinstance(node, GraphNode):
            inner = answers_of(node.graph)
            found += [tuple(f"{node.name}.{key}" for key in keys) for keys in inner]
    return tuple(found)


def nested_supply(
    node: GraphNode, arguments: Sequence[Argument], level: Level, answers: Sequence[Argument]
) -> Supply:
    """A nested graph is given all of its inputs (X83), and the answers meant for it."""
    inner = node.map_inputs_to_params({name: name for name in node.inputs})
    given = {one.parameter for one in answers if one.input in level.supplied}
    perhaps = {one.parameter for one in answers} - given
    return Supply(frozenset(inner) | given, frozenset(perhaps))
