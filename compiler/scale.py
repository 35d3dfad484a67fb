"""From a graph and a plan to what travels to the workers of a map."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from types import ModuleType

from hypergraph.compiler.declare.graph import Graph
from hypergraph.compiler.diagnostics.artifacts import CompileError
from hypergraph.compiler.diagnostics.together import Finding, all_together
from hypergraph.compiler.emit.held import PLAIN, Held, held_by
from hypergraph.compiler.emit.shipped import Shipped, shipped_text
from hypergraph.compiler.held_plans import with_late_defaults
from hypergraph.compiler.link.inline.inlining import Inlined, inline
from hypergraph.compiler.link.inline.live import Wanted
from hypergraph.compiler.link.inline.owned import Own, own_code
from hypergraph.compiler.link.live import canonical_paths, function_at, function_calls
from hypergraph.compiler.link.standalone import Constant, Default, roots_of
from hypergraph.compiler.plan import Plan
from hypergraph.compiler.target import Target, root_of
from hypergraph.runtime.scale.shipment import Shipment

MAIN = "__main__"


def shipment_of(graph: Graph, plan: Plan) -> Shipment:
    """The program of a plan as a text that needs none of the user's modules, if that is possible.

    Where code cannot be taken out of its module but functions can be imported from it, the text
    imports them, and the workers must have the module.

    Raises ``CompileError`` for functions that are neither here nor there: closures, lambdas.
    """
    plan = with_late_defaults(plan)
    target, tops = _target(graph), frozenset(_tops(graph, plan))
    try:
        return _shipment(target, plan, own_code(target.module, (MAIN,)))
    except CompileError as error:
        imported = tops - {MAIN}
        if not imported:
            raise
        try:
            own = own_code(target.module, (MAIN,), imported)
            return _shipment(target, plan, own, str(error))
        except CompileError:
            raise error from None


def _shipment(target: Target, plan: Plan, own: Own, reason: str = "") -> Shipment:
    canonical = canonical_paths(target.graph, plan)
    held = held_by({PLAIN: plan}, canonical, linked=False)[PLAIN]
    found = roots_of(target, [plan], canonical, own)
    refused = [one for one in found.values() if isinstance(one, Finding)]

    def taken_out(wanted: Mapping[Wanted, str], taken: frozenset[str]) -> Inlined:
        return inline(wanted, own, taken, refused, target.root)

    if refused and reason:
        raise all_together(CompileError, refused)
    shipped = shipped_text(
        held,
        {key: one for key, one in found.items() if isinstance(one, Wanted)},
        {key: one for key, one in found.items() if isinstance(one, (Constant, Default))},
        taken_out,
    )
    return _travelling(target.graph, held, shipped, reason)


def _travelling(graph: Graph, held: Held, shipped: Shipped, reason: str) -> Shipment:
    calls: dict[str, set[str]] = {}
    functions = set()
    for one in (*held.plan.functions, held.plan):
        names = held.names[one.key]
        functions.add(names.function(one.key).text)
        for call in one.calls():
            called = names.node(call) if call.function is None else names.function(call.function)
            calls.setdefault(called.text, set()).add(call.node)
    return Shipment(
        graph.name or "graph",
        shipped.text,
        tuple(one.name for one in held.plan.outputs),
        held.parameters,
        shipped.limit,
        shipped.homes,
        shipped.imports,
        shipped.requires,
        {name: tuple(sorted(nodes)) for name, nodes in calls.items()},
        frozenset(functions),
        reason,
    )


def _target(graph: Graph) -> Target:
    """The module in which the graph was built, or that of its first function."""
    module = next(_modules(graph), sys.modules[MAIN])
    return Target(graph, module.__name__, "graph", root_of(module))


def _modules(graph: Graph) -> Iterator[ModuleType]:
    built = graph.place.file if graph.place is not None else None
    for name in sorted(sys.modules):
        module = sys.modules[name]
        file = getattr(module, "__file__", None)
        if isinstance(module, ModuleType) and file is not None and file == built:
            yield module


def _tops(graph: Graph, plan: Plan) -> Iterable[str]:
    """The packages that the functions of the graph are in."""
    for call in function_calls(plan):
        module = getattr(function_at(graph, call.path), "__module__", None)
        if isinstance(module, str):
            yield module.partition(".")[0]
