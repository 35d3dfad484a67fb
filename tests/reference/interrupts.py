"""Interrupts: resume, handle or pause (section 21)."""

from __future__ import annotations

import inspect
from typing import Any

from hypergraph import FunctionNode, HyperNode

from .calls import Produced, call_function, driven, signals_of
from .observation import Pause
from .recording import Paused


def answered(node: HyperNode, answer: dict[str, Any]) -> Produced:
    """Resume: the answer that is there becomes the outputs, and nothing is called (X103)."""
    return Produced(tuple(answer.items()) + signals_of(node))


def asked(node: FunctionNode, arguments: dict[str, Any], path: str) -> Any:
    """What the handler returns; ``None`` pauses (X104, X105)."""
    try:
        result = call_function(node.func, node.map_inputs_to_params(arguments))
        if inspect.isawaitable(result):
            result = driven(result)  # type: ignore[arg-type]
    except Exception as error:
        message = f"{node.name}: {type(error).__name__}: {error}"
        raise RuntimeError(message) from error
    if not asks(node, result):
        return result
    if not node.data_outputs:
        raise RuntimeError(f"{node.name} asks, but has no output to take an answer")
    raise Paused(pause_of(node, arguments, path))


def asks(node: FunctionNode, result: Any) -> bool:
    """Whether a handler left the answer to the caller (X105, K11)."""
    several = len(node.data_outputs)
    all_none = isinstance(result, tuple) and len(result) == several > 1 and set(result) == {None}
    return result is None or all_none


def pause_of(node: FunctionNode, arguments: dict[str, Any], path: str) -> Pause:
    """What a paused run tells the caller (X105)."""
    outputs = node.data_outputs
    return Pause(
        path,
        outputs[0],
        next(iter(arguments.values()), None),
        outputs if len(outputs) > 1 else None,
        tuple(arguments.items()) if len(arguments) > 1 else None,
    )
