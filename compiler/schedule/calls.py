"""How a node is called: its arguments, where each comes from, and what its results are called.

Arguments go by position up to the first gap, then by keyword (X59). A gap is an immutable default
of the function's own that nothing replaces: leaving it out is the same as passing it.
"""

from __future__ import annotations

import inspect
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from hypergraph.compiler.declare.function import FunctionNode
from hypergraph.compiler.declare.gates import GateNode, IfElseNode, RouteNode
from hypergraph.compiler.declare.graph import Graph
from hypergraph.compiler.declare.nested import GraphNode
from hypergraph.compiler.declare.node import HyperNode
from hypergraph.compiler.literals import is_immutable, literal_text
from hypergraph.compiler.plan import Argument, Fallback, Flavour, Gate, Mapping, Passing, Slot
from hypergraph.compiler.schedule.channels import Channels
from hypergraph.runtime.sentinels import END

_PASSING: dict[Any, Passing] = {
    inspect.Parameter.POSITIONAL_ONLY: "position",
    inspect.Parameter.POSITIONAL_OR_KEYWORD: "position",
    inspect.Parameter.VAR_POSITIONAL: "spread",
    inspect.Parameter.KEYWORD_ONLY: "keyword",
    inspect.Parameter.VAR_KEYWORD: "spread by name",
}


@dataclass(frozen=True)
class Level:
    """One graph of the nesting, as far as all of its calls need it."""

    graph: Graph
    path: tuple[str, ...]
    channels: Channels
    supplied: frozenset[str]
    maybe: frozenset[str]
    nodes: dict[str, HyperNode]
    controlled_by: dict[str, list[str]]
    cache: bool = False

    def may_hold(self, slot: Slot) -> bool:
        """Whether anything could ever put a value there."""
        name = slot.name
        return (
            name in self.supplied or name in self.maybe or bool(self.channels.producers.get(slot))
        )


def fallback_of(level: Level, node: HyperNode, name: str) -> Fallback | None:
    """What stands in for an input without a value: a binding, then the node's default (X58)."""
    bound = level.graph.inputs.bound
    if name in bound:
        value = bound[name]
        inherited = isinstance(node, GraphNode) and node.has_default_for(name)
        if not inherited or node.get_default_for(name) is not value:
            literal = literal_text(value) if is_immutable(value) else None
            return Fallback("binding", level.path, name, literal, shared=True)
    if not node.has_default_for(name):
        return None
    value = node.get_default_for(name)
    # What is bound further inside is shared on purpose, and is to stay the one object (X59).
    bound_inside = isinstance(node, GraphNode) and name in node.inner_bindings()
    immutable = is_immutable(value)
    literal = literal_text(value) if immutable or not bound_inside else None
    owner = (*level.path, node.name)
    return Fallback("default", owner, name, literal, shared=immutable or bound_inside)


def arguments_of(level: Level, node: HyperNode) -> tuple[Argument, ...]:
    """The arguments of a function-based node, in the order they are written.

    Those of a call that is looked up in a cache are complete: all of them are in its key (X119). So
    are those of an interrupt, which a pause shows (X105).
    """
    assert isinstance(node, (FunctionNode, GateNode))
    parameters = node.parameters
    last_fixed = _last_fixed(parameters)
    arguments: list[Argument] = []
    by_keyword = False
    complete = node.is_interrupt or (level.cache and node.cache)
    for index, (name, parameter) in enumerate(parameters):
        slot: Slot | None = level.channels.reads[node.name, name]
        slot = slot if slot is not None and level.may_hold(slot) else None
        fallback = fallback_of(level, node, name)
        own = fallback is not None and fallback.kind == "default" and fallback.shared
        if slot is None and own and index > last_fixed and not complete:
            by_keyword = True
            continue
        passing = _PASSING[parameter.kind]
        if passing == "position" and by_keyword:
            passing = "keyword"
        arguments.append(Argument(name, parameter.name, passing, slot, fallback))
    return tuple(arguments)


def _last_fixed(parameters: Sequence[tuple[str, inspect.Parameter]]) -> int:
    """Up to here no argument may be left out: what follows can only be passed by position."""
    fixed = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.VAR_POSITIONAL)
    return max((i for i, (_, one) in enumerate(parameters) if one.kind in fixed), default=-1)


def nested_arguments_of(level: Level, node: GraphNode) -> tuple[Argument, ...]:
    """The arguments of a graph node: those the nested function always takes come first.

    An input that only the nested graph itself can fill in is left out; one that may turn out to
    have no value is passed as it is, and the nested function fills it in. What is mapped over is
    always filled in here: the function gets one element of it.
    """
    mapped = () if node.map_config is None else node.map_config[0]
    inner = node.map_inputs_to_params({name: name for name in node.inputs})
    inner_name = {outer: name for name, outer in inner.items()}
    taken: list[Argument] = []
    optional: list[Argument] = []
    for name in node.inputs:
        slot: Slot | None = level.channels.reads[node.name, name]
        slot = slot if slot is not None and level.may_hold(slot) else None
        fallback = None if name in level.supplied else fallback_of(level, node, name)
        inside = fallback is not None and fallback.kind == "default" and name not in mapped
        if inside and slot is None:
            continue
        argument = Argument(
            name, inner_name[name], "keyword" if inside else "position", slot, fallback
        )
        (optional if inside else taken).append(argument)
    return (*taken, *optional)


def gate_of(node: HyperNode) -> Gate | None:
    """What a gate may decide; ``None`` for nodes that are no gates."""
    if isinstance(node, IfElseNode):
        return Gate(
            targets=tuple(_spell(target) for target in node.targets),
            when_true=_spell(node.when_true),
            default_open=node.default_open,
        )
    if isinstance(node, RouteNode):
        return Gate(
            targets=tuple(_spell(target) for target in node.targets),
            fallback=None if node.fallback is None else _spell(node.fallback),
            multi=node.multi_target,
            default_open=node.default_open,
        )
    return None


def _spell(target: Any) -> str:
    return "END" if target is END else str(target)


def flavour_of(node: HyperNode) -> Flavour:
    """What calling the function gives: a value, an iterator, an awaitable, or an async iterator."""
    if node.is_async:
        return "async generator" if node.is_generator else "async"
    return "generator" if node.is_generator else "plain"


def mapping_of(node: GraphNode) -> Mapping | None:
    """The settings of ``map_over``, in the outer names; ``None`` where nothing is mapped."""
    if node.map_config is None:
        return None
    inputs, mode, on_error = node.map_config
    clone = node.clone
    return Mapping(
        inputs=tuple(inputs),
        mode=mode,
        on_error=on_error,
        clone=clone if isinstance(clone, bool) else tuple(clone),
    )
