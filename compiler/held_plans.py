"""The plans of the functions that a file holds: which there are, and what is built into each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from hypergraph.compiler.declare.graph import Graph
from hypergraph.compiler.declare.nested import GraphNode
from hypergraph.compiler.emit.held import PARTIAL, PARTIAL_WATCHED, PLAIN, WATCHED
from hypergraph.compiler.options import Options
from hypergraph.compiler.plan import Mode, Plan
from hypergraph.compiler.schedule.layout import schedule
from hypergraph.compiler.schedule.simplify import simplified
from hypergraph.compiler.schedule.supply import own_supply, partial_supply
from hypergraph.compiler.schedule.verify import verify


def plans_of(graph: Graph, mode: Mode, options: Options) -> dict[str, Plan]:
    """The plans of a file's functions, by the word that ends their names; the plain one first.

    The plain one does not depend on what the others have in them.
    """
    limited = options.limit and mode == "async"
    plans = {PLAIN: file_plan(graph, mode, limited)}
    features = features_of(graph, options)
    built_in = ("events" in features, "cache" in features)
    if features:
        plans[WATCHED] = file_plan(graph, mode, limited, *built_in)
    if options.partial:
        plans[PARTIAL] = partial_plan(graph, mode, limited)
        if features:
            plans[PARTIAL_WATCHED] = partial_plan(graph, mode, limited, *built_in)
    if options.standalone:
        return {word: with_late_defaults(plan) for word, plan in plans.items()}
    return plans


def with_late_defaults(plan: Plan) -> Plan:
    """The plan with no default in a signature but literals.

    In a file that stands alone the graph comes before what it calls: whatever else is a default is
    defined after the signatures, and so is looked up when the function is called.
    """
    inputs = tuple(
        (
            replace(one, by_sentinel=True)
            if one.default is not None and one.default.literal is None
            else one
        )
        for one in plan.inputs
    )
    return replace(plan, inputs=inputs, functions=tuple(map(with_late_defaults, plan.functions)))


def features_of(graph: Graph, options: Options) -> tuple[str, ...]:
    """What the watched function has in it; a cache only where a node is for it.

    >>> from hypergraph import Graph, node
    >>> graph = Graph([node(lambda x: x, "y").with_name("same")])
    >>> features_of(graph, Options(events=True, cache=True))
    ('events',)
    """
    wanted = {"events": options.events, "cache": options.cache and bool(cacheable_nodes(graph))}
    return tuple(name for name, asked in wanted.items() if asked)


def cacheable_nodes(graph: Graph) -> tuple[str, ...]:
    """The paths of the nodes that are declared ``cache=True`` and can be reached."""
    return tuple(_cacheable(graph, ""))


def _cacheable(graph: Graph, prefix: str) -> Iterator[str]:
    for node in graph.iter_nodes():
        if node.name not in graph.active:
            continue
        if isinstance(node, GraphNode):
            yield from _cacheable(node.graph, f"{prefix}{node.name}/")
        elif node.cache:
            yield f"{prefix}{node.name}"


def file_plan(
    graph: Graph, mode: Mode, limited: bool = False, events: bool = False, cache: bool = False
) -> Plan:
    """The plan of the graph's own shape, giving the outputs that the graph selects."""
    plan = schedule(graph, own_supply(graph), mode, limited, events, cache)
    if graph.selected is not None:
        given = {one.name: one for one in plan.outputs}
        plan = replace(plan, outputs=tuple(given[one] for one in graph.selected if one in given))
    return verify(simplified(plan))


def partial_plan(
    graph: Graph, mode: Mode, limited: bool = False, events: bool = False, cache: bool = False
) -> Plan:
    """The plan in which every name may be missing; it gives all outputs, whatever is selected."""
    supply = partial_supply(graph)
    plan = schedule(graph, supply, mode, limited, events, cache)
    return verify(simplified(plan))
