"""The checks of a call before anything runs (execution.md 5 and 6)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from hypergraph import (
    FunctionNode,
    Graph,
    GraphConfigError,
    GraphNode,
    IfElseNode,
    IncompatibleRunnerError,
    InterruptNode,
    MissingInputError,
    RouteNode,
)

from .answers import check_answers, is_addressed
from .recording import warn
from .scope import Scope, scope_of

UNSET: Any = object()
POLICIES = ("ignore", "warn", "error")


@dataclass(frozen=True)
class Options:
    """The options of one run (X17 checks them in a fixed order).

    ``answers`` are names that reach a nested run from outside by dotted keys (K2). Where runs are
    ``limited``, a map that raises begins no item after one failed, at whatever time that is (X93).
    """

    concurrent: bool = False
    select: Any = UNSET
    on_missing: str = "ignore"
    on_internal_override: str = "warn"
    entrypoint: str | None = None
    max_iterations: int | None = None
    error_handling: str = "raise"
    nested: bool = False
    answers: frozenset[str] = frozenset()
    limited: bool = False


def check(graph: Graph, values: dict[str, Any], options: Options) -> tuple[str, ...] | None:
    """Refuse a call that cannot run, in the order of X17; the first failure is raised (X18).

    Returns the effective selection.
    """
    check_compatibility(graph, options.concurrent)
    check_node_types(graph, options.concurrent)
    selected = effective_selection(graph, options.select)
    check_word(options.on_internal_override, POLICIES, "on_internal_override")
    check_answers(graph, values)
    values = {name: value for name, value in values.items() if not is_addressed(graph, name)}
    scope = scope_of(graph, selected)
    check_injections(scope, values)
    unasked = {name: value for name, value in values.items() if name not in options.answers}
    check_unexpected(scope, unasked, options.on_internal_override)
    provided = supplied(scope, values)
    skipped = bypassed_inputs(scope, own_names(scope, values) - signal_names(scope))
    settled = graph.entrypoints_config if options.nested else None
    check_entries(scope, provided | skipped, options.entrypoint, settled or ())
    missing = sorted(set(scope.required) - skipped - provided)
    if missing:
        raise MissingInputError(missing, sorted(provided))
    check_word(options.on_missing, POLICIES, "on_missing")
    check_word(options.error_handling, ("raise", "continue"), "error_handling")
    return selected


def check_compatibility(graph: Graph, concurrent: bool) -> None:
    """What the sequential runner cannot do: async nodes, interrupts at any depth (X20, K29)."""
    if concurrent:
        return
    asynchronous = [name for name, node in graph.nodes.items() if node.is_async]
    if asynchronous:
        raise IncompatibleRunnerError(
            "async", node_name=asynchronous[0], capability="supports_async_nodes"
        )
    pausing = [name for name, node in graph.nodes.items() if holds_interrupt(node)]
    if pausing:
        raise IncompatibleRunnerError(
            "InterruptNode", node_name=pausing[0], capability="supports_interrupts"
        )


def holds_interrupt(node: Any) -> bool:
    """Whether a node is an interrupt or a graph with one at any depth (K29)."""
    if isinstance(node, GraphNode):
        return any(holds_interrupt(inner) for inner in node.graph.nodes.values())
    return bool(node.is_interrupt)


def check_node_types(graph: Graph, concurrent: bool) -> None:
    """Node types are matched by exact class (X21)."""
    known = {FunctionNode, GraphNode, IfElseNode, RouteNode} | (
        {InterruptNode} if concurrent else set()
    )
    for node in graph.nodes.values():
        if type(node) not in known:
            raise TypeError(f"does not support node type {type(node).__name__}")


def effective_selection(graph: Graph, select: Any) -> tuple[str, ...] | None:
    """The names to return, or ``None`` for all of them (X22, K33)."""
    if select is UNSET or select is None:
        return graph.selected
    if select == "**":
        return None
    names = (select,) if isinstance(select, str) else tuple(select)
    if set(names) - set(graph.outputs):
        raise GraphConfigError("Invalid select")
    return names


def check_word(word: str, legal: Sequence[str], option: str) -> None:
    """One of the legal words of an option (X17)."""
    if word not in legal:
        raise ValueError(f"Invalid {option}")


def signal_names(scope: Scope) -> set[str]:
    """Names that are emitted and carry no value anywhere in the graph."""
    nodes = scope.wiring.nodes.values()
    emitted = {name for node in nodes for name in node.outputs}
    return emitted - {name for node in nodes for name in node.data_outputs}


def supplied(scope: Scope, values: dict[str, Any]) -> set[str]:
    """The names that count as provided: bound or given, signals aside (X24, K30)."""
    return (set(scope.bound) | set(values)) - signal_names(scope)


def own_names(scope: Scope, values: dict[str, Any]) -> set[str]:
    """What this graph binds and this call gives.

    What is bound inside a graph node is a fallback of that node, and replaces no producer (K18).
    """
    return set(scope.own) | set(values)


def unexpected_names(scope: Scope, values: dict[str, Any]) -> set[str]:
    """Own names that nobody in scope expects (X25; K9 exempts the bound seeds of loops)."""
    expected = set(scope.all) | scope.interrupt_names | scope.bound_seeds
    return own_names(scope, values) - expected


def check_injections(scope: Scope, values: dict[str, Any]) -> None:
    """A value may only replace a node that could not run, and then all of its outputs (X27)."""
    provided = supplied(scope, values)
    internal = unexpected_names(scope, values) & scope.edge_names & provided
    for name in scope.active:
        node = scope.wiring.nodes[name]
        outputs = set(node.outputs) - scope.entry_names - scope.bound_seeds
        if not outputs & internal:
            continue
        if all(param in provided or node.has_default_for(param) for param in node.inputs):
            raise ValueError(f"Cannot mix compute and inject: {name}")
        if (outputs & consumed_from(scope, name, scope.active)) - provided:
            raise ValueError(f"partial inject outputs: {name}")


def check_unexpected(scope: Scope, values: dict[str, Any], policy: str) -> None:
    """Report names that nobody expects, as the policy says (X26)."""
    names = sorted(unexpected_names(scope, values))
    if not names or policy == "ignore":
        return
    if policy == "error":
        raise ValueError("internal parameters: " + ", ".join(names))
    warn("internal parameters", *names)


def consumed_from(scope: Scope, source: str, consumers: Iterable[str]) -> set[str]:
    """The outputs of a node that any of the others takes from it (X151)."""
    return {
        name
        for consumer in consumers
        for name in scope.wiring.nodes[consumer].inputs
        if source in scope.wiring.sources(consumer, name)
    }


def bypassed_inputs(scope: Scope, own: set[str]) -> set[str]:
    """Inputs that only nodes replaced by supplied values would need (X28)."""
    nodes = scope.wiring.nodes

    def replaced(outputs: set[str]) -> bool:
        relevant = outputs - scope.entry_names - scope.bound_seeds
        return bool(relevant) and relevant <= own

    bypassed = {name for name in nodes if replaced(consumed_from(scope, name, nodes))}
    if not bypassed:
        return set()
    bypassed |= {name for name, node in nodes.items() if replaced(set(node.outputs))}
    unused = {name for n in bypassed for name in nodes[n].inputs}
    return unused - {name for n in nodes if n not in bypassed for name in nodes[n].inputs}


def check_entries(
    scope: Scope, given: set[str], entrypoint: str | None, settled: Sequence[str]
) -> None:
    """Every loop that needs a seed has exactly one way in (X29, K32).

    A nested graph may have ``settled`` the way into a loop by one of its entry points (K19).
    """
    entries = scope.entrypoints
    if entrypoint is not None:
        if entrypoint not in entries:
            raise ValueError(f"{entrypoint} is not a valid entry point")
        if not set(entries[entrypoint]) <= given:
            raise ValueError(f"{entrypoint}: Missing {set(entries[entrypoint]) - given}")
    for loop in scope.loops():
        candidates = [node for node in loop.members if node in entries]
        chosen = [node for node in candidates if node in settled]
        if not candidates or entrypoint in candidates or len(chosen) == 1:
            continue
        satisfied = [node for node in candidates if set(entries[node]) <= given]
        if not satisfied:
            raise MissingInputError([], sorted(given), "No entry point for cycle")
        if len({entries[node] for node in satisfied}) > 1:
            raise ValueError("Ambiguous cycle entry")
