"""Interrupts: resume, handle or pause (section 21)."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

from hypergraph import FunctionNode
from tests.reference.calls import Produced, call_function, driven, signals_of
from tests.reference.observation import Pause
from tests.reference.recording import Paused


def ask(
    node: FunctionNode,
    arguments: dict[str, Any],
    answer: dict[str, Any] | None,
    note: Callable[[], None],
) -> Produced:
    """Take the answer that is there, or what the handler returns, or pause (X102 to X105)."""
    if answer is not None:
        return Produced(tuple(answer.items()) + signals_of(node))
    note()
    try:
        result = call_function(node.func, node.map_inputs_to_params(arguments))
        if inspect.isawaitable(result):
            result = driven(result)  # type: ignore[arg-type]
    except Exception as error:
        message = f"{node.name}: {type(error).__name__}: {error}"
        raise RuntimeError(message) from error
    if asks(node, result):
        if not node.data_outputs:
            raise RuntimeError(f"{node.name} asks, but has no output to take an answer")
        raise Paused(pause_of(node, arguments))
    return Produced(distributed(node, result) + signals_of(node))


def asks(node: FunctionNode, result: Any) -> bool:
    """Whether a handler left the answer to the caller (X105, K11)."""
    several = len(node.data_outputs)
    all_none = isinstance(result, tuple) and len(result) == several > 1 and set(result) == {None}
    return result is None or all_none


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


def pause_of(node: FunctionNode, arguments: dict[str, Any]) -> Pause:
    """What a paused run tells the caller (X105)."""
    outputs = node.data_outputs
    return Pause(
        node.name,
        outputs[0],
        next(iter(arguments.values()), None),
        outputs if len(outputs) > 1 else None,
        tuple(arguments.items()) if len(arguments) > 1 else None,
    )
