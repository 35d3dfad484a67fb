"""Runs programs that stand alone, in a process with nothing but Python.

Started as a script. Each line on standard input asks for one run, as JSON; the line it answers with
tells values by their ``repr``.
"""

from __future__ import annotations

import ast
import asyncio
import json
import sys
import warnings
from collections.abc import Callable
from types import ModuleType
from typing import Any


def answered(asked: dict[str, Any]) -> dict[str, Any]:
    """What one run shows to the outside."""
    module = ModuleType(asked["name"])
    program = compile(asked["text"], f"<{asked['name']}>", "exec", dont_inherit=True)
    try:
        exec(program, vars(module))
    except Exception as error:
        unloaded = ("the file cannot be loaded", (repr(error),))
        return {"status": "raised", "error": unloaded, "calls": [], "warnings": []}
    start: Callable[..., Any] = getattr(module.program, asked["method"])
    values = {name: ast.literal_eval(text) for name, text in asked["values"]}
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            result = start(values, **asked["options"])
            seen = ended(asyncio.run(result) if module.program.mode == "async" else result)
        except Exception as error:
            seen = {"status": "raised", "error": facts_of(error)}
        told = [(one.category.__name__, str(one.message)) for one in caught]
    return {**seen, "calls": vars(module).get("TRACE", []), "warnings": told}


def ended(result: Any) -> dict[str, Any]:
    """A result, or those of all items."""
    if isinstance(result, list):
        return {"items": [ended(one) for one in result]}
    pause = result.pause
    return {
        "status": result.status.value,
        "values": [(name, repr(value)) for name, value in result.items()],
        "error": None if result.error is None else facts_of(result.error),
        "pause": None if pause is None else shown(pause),
    }


def shown(pause: Any) -> dict[str, Any]:
    """A pause, its values by their ``repr``."""
    several = pause.values
    return {
        "node_name": pause.node_name,
        "output_param": pause.output_param,
        "value": repr(pause.value),
        "output_params": pause.output_params,
        "values": several and [(name, repr(value)) for name, value in several.items()],
    }


def facts_of(error: BaseException) -> tuple[str, tuple[Any, ...]]:
    """An exception's class, and its arguments where they are not a matter of wording."""
    kind = type(error).__name__
    if kind == "InfiniteLoopError":
        return kind, (getattr(error, "max_iterations", None),)
    if kind == "MissingInputError":
        return kind, (getattr(error, "missing", None),)
    if kind == "IncompatibleRunnerError":
        return kind, (getattr(error, "node_name", None), getattr(error, "capability", None))
    return kind, error.args if kind == "NodeFailure" else ()


if __name__ == "__main__":
    for line in sys.stdin:
        print(json.dumps(answered(json.loads(line))), flush=True)
