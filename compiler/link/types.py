"""The types of what goes into the functions of a program and comes out of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from hypergraph.compiler.declare.graph import Graph
from hypergraph.compiler.declare.nested import accepted_type
from hypergraph.compiler.link.live import graph_at
from hypergraph.compiler.plan import Plan


@dataclass(frozen=True)
class Types:
    """Declared types by name; ``None`` where nothing is declared, or nothing that holds for all.

    ``several`` are names that different nodes produce with different types.
    """

    inputs: Mapping[str, Any]
    outputs: Mapping[str, Any]
    several: frozenset[str]

    def all(self) -> Iterator[Any]:
        """Every type."""
        yield from self.inputs.values()
        yield from self.outputs.values()


UNKNOWN = Types({}, {}, frozenset())


def types_of(graph: Graph, plans: Iterable[Plan]) -> dict[str, Types]:
    """The types of every function of the plans, by its key."""
    found: dict[str, Types] = {}
    for plan in plans:
        found[plan.key] = _types(graph, plan)
        functions = {one.key: one for one in plan.functions}
        for one in (*plan.functions, plan):
            for call in one.calls():
                if call.function is not None and call.function not in found:
                    inner = graph_at(graph, call.path)
                    found[call.function] = _types(inner, functions[call.function])
    return found


def _types(graph: Graph, plan: Plan) -> Types:
    made: dict[str, list[Any]] = {}
    read: dict[str, list[Any]] = {}
    for node in graph.iter_nodes():
        for name in node.outputs:
            made.setdefault(name, []).append(node.get_output_type(name))
        for name in node.inputs:
            read.setdefault(name, []).append(accepted_type(node, name))
    inputs = {
        one.name: _input(read.get(one.name, []), made.get(one.name, [])) for one in plan.inputs
    }
    outputs = {one.name: _same(made.get(one.name, [])) for one in plan.outputs}
    several = frozenset(
        name for name, types in made.items() if any(one != types[0] for one in types)
    )
    return Types(inputs, outputs, several.difference(inputs))


def _input(read: list[Any], made: list[Any]) -> Any:
    """What the first reader takes, unless the program goes on with values of another type."""
    if not read:
        return _same(made)
    return read[0] if not made else _same([*read, *made])


def _same(types: list[Any]) -> Any:
    return types[0] if types and all(one == types[0] for one in types) else None
