"""Arguments of a call, the call itself, and what it puts out."""

from __future__ import annotations

import copy
import inspect
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any

from hypergraph import FunctionNode, GateNode, Graph, GraphConfigError, GraphNode, HyperNode

from .gates import decision_of
from .scope import inner_bindings
from .state import NOTHING, SIGNAL

NO_DECISION: Any = object()


@dataclass(frozen=True)
class Produced:
    """What an execution put out, in output order; gates decide as well."""

    outputs: tuple[tuple[str, Any], ...]
    decision: Any = NO_DECISION
    cached: bool = False

    @property
    def is_told(self) -> bool:
        """Whether there is a decision to tell of: not of a cached ``None`` (X130)."""
        return self.decision is not NO_DECISION and not (self.cached and self.decision is None)


def has_fallback(graph: Graph, node: HyperNode, param: str) -> bool:
    """Whether an input without a value in the state is available all the same (X38)."""
    return param in graph.inputs.bound or node.has_default_for(param)


def resolve(graph: Graph, node: HyperNode, param: str, value: Any) -> Any:
    """The argument for one input: the state's value, a binding, or a fresh default (X58, X59)."""
    if value is not NOTHING:
        return value
    if param in graph.inputs.bound:
        return graph.inputs.bound[param]
    if isinstance(node, GraphNode) and param in inner_bindings(node):
        return inner_bindings(node)[param]
    if node.has_signature_default_for(param):
        return fresh_default(node, param)
    raise KeyError(param)


def fresh_default(node: HyperNode, param: str) -> Any:
    """A copy of a signature default, made every time it is used (X59)."""
    try:
        return copy.deepcopy(node.get_signature_default_for(param))
    except Exception as error:
        raise GraphConfigError(f"the default of {param} cannot be safely copied") from error


def call_function(func: Callable[..., Any], given: dict[str, Any]) -> Any:
    """Call by position or keyword as each parameter's kind requires; spread the rest (X59)."""
    args: list[Any] = []
    kwargs: dict[str, Any] = {}
    spread: dict[str, Any] = {}
    for name, parameter in inspect.signature(func).parameters.items():
        if parameter.kind is parameter.VAR_POSITIONAL:
            args.extend(given[name])
        elif parameter.kind is parameter.VAR_KEYWORD:
            spread = given[name]
        elif parameter.kind is parameter.KEYWORD_ONLY:
            kwargs[name] = given[name]
        else:
            args.append(given[name])
    return func(*args, **kwargs, **spread)


def finished(node: FunctionNode, result: Any) -> Any:
    """A node's result: generators become lists, coroutines are awaited (X66)."""
    if inspect.isasyncgenfunction(node.func):
        return driven(listed(result))
    if node.is_generator:
        return list(result)
    if inspect.iscoroutine(result):
        return driven(result)
    return result


async def listed(items: Any) -> list[Any]:
    """Everything an async generator yields."""
    return [item async for item in items]


def driven(coroutine: Coroutine[Any, Any, Any]) -> Any:
    """Run a coroutine to its end without an event loop; it may only yield control."""
    try:
        while True:
            coroutine.send(None)
    except StopIteration as stop:
        return stop.value


def outputs_of(node: HyperNode, result: Any) -> tuple[tuple[str, Any], ...]:
    """A function node's outputs: its result, distributed, and its signals (X65)."""
    names = node.data_outputs
    if not names:
        values: list[Any] = []
    elif len(names) == 1:
        values = [result]
    else:
        if len(result) != len(names):
            raise ValueError(
                f"{node.name} has {len(names)} data outputs but returned {len(result)} values"
            )
        values = list(result)
    return tuple(zip(names, values, strict=True)) + signals_of(node)


def signals_of(node: HyperNode) -> tuple[tuple[str, Any], ...]:
    """The signals a node emits on every execution (X64, X65)."""
    return tuple((name, SIGNAL) for name in node.outputs[len(node.data_outputs) :])


def called(node: FunctionNode | GateNode, arguments: dict[str, Any]) -> Any:
    """What a node's function returns, once it is finished (section 12)."""
    result = call_function(node.func, node.map_inputs_to_params(arguments))
    return finished(node, result) if isinstance(node, FunctionNode) else result


def produced_from(node: FunctionNode | GateNode, result: Any) -> Produced:
    """What a result means for the node that has it, which is what a cache keeps (K4, K5)."""
    if isinstance(node, GateNode):
        return Produced(signals_of(node), decision_of(node, result))
    if node.is_interrupt:
        return Produced(distributed(node, result) + signals_of(node))
    return Produced(outputs_of(node, result))


def distributed(node: FunctionNode, result: Any) -> tuple[tuple[str, Any], ...]:
    """A handler's result, spread over the outputs (X104, K11)."""
    names = node.data_outputs
    if len(names) < 2:
        return tuple((name, result) for name in names)
    if isinstance(result, dict):
        if set(result) != set(names):
            raise ValueError(f"{node.name}: expected {names}, got {tuple(result)}")
        return tuple((name, result[name]) for name in names)
    if isinstance(result, tuple) and len(result) == len(names):
        return tuple(zip(names, result, strict=True))
    return ((names[0], result),)
