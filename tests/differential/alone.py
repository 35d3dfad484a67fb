"""Cases run by files that stand alone, in a process that cannot import this package."""

from __future__ import annotations

import atexit
import json
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

from hypergraph.compiler.artifact import compile_graph
from hypergraph.compiler.diagnostics.artifacts import CompileError

from ..reference.observation import Batch, Observation, Pause, Warned
from . import bodies
from .artifacts import module_of, refused
from .engines import Seen, calls_of, options_of
from .spec import Case

WORKER = Path(__file__).with_name("alone_worker.py")


class Shown:
    """A value of another process, of which there is just the ``repr``."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __repr__(self) -> str:
        return self.text


def alone(case: Case, *, concurrent: bool) -> Seen:
    """The case as a program that has everything in its file."""
    with module_of(case.graph) as module:
        try:
            artifact = compile_graph(
                f"{module.__name__}:graph",
                mode="async" if concurrent else "sync",
                standalone=True,
                inline=[bodies.__name__],
                no_main=True,
                limit=concurrent and case.call.max_concurrency is not None,
            )
        except CompileError as error:
            return refused(case, error)
    options = options_of(case.call)
    if concurrent:
        options["max_concurrency"] = case.call.max_concurrency
    asked = {
        "name": module.__name__,
        "text": artifact.text,
        "method": "run" if case.call.map_over is None else "map",
        "values": case.call.values,
        "options": options,
    }
    return _seen(_asked(json.dumps(asked)))


@cache
def _worker() -> subprocess.Popen[str]:
    """One process for all cases: each of them is a module of its own there."""
    worker = subprocess.Popen(
        [sys.executable, "-I", "-S", "-X", "utf8", str(WORKER)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )
    atexit.register(worker.__exit__, None, None, None)
    return worker


def _asked(line: str) -> dict[str, Any]:
    worker = _worker()
    assert worker.stdin is not None and worker.stdout is not None
    worker.stdin.write(line + "\n")
    worker.stdin.flush()
    told: dict[str, Any] = json.loads(worker.stdout.readline())
    return told


def _seen(told: dict[str, Any]) -> Seen:
    calls = calls_of([(path, _pairs(arguments)) for path, arguments in told["calls"]])
    warned = tuple(Warned(category, (text,)) for category, text in told["warnings"])
    if "items" in told:
        items = tuple(Observation(**_end(one)) for one in told["items"])
        return Batch("completed", items, calls=calls, warnings=warned)
    return Observation(**_end(told), calls=calls, warnings=warned)


def _end(told: dict[str, Any]) -> dict[str, Any]:
    return {
        "status": told["status"],
        "values": _shown(told.get("values") or ()),
        "error": _frozen(told["error"]),
        "pause": _pause(told.get("pause")),
    }


def _pause(told: dict[str, Any] | None) -> Pause | None:
    if told is None:
        return None
    names, several = told["output_params"], told["values"]
    return Pause(
        told["node_name"],
        told["output_param"],
        Shown(told["value"]),
        None if names is None else tuple(names),
        None if several is None else _shown(several),
    )


def _shown(pairs: Any) -> tuple[tuple[str, Any], ...]:
    return tuple((name, Shown(text)) for name, text in pairs)


def _pairs(listed: Any) -> tuple[tuple[str, str], ...]:
    return tuple((name, text) for name, text in listed)


def _frozen(value: Any) -> Any:
    return tuple(map(_frozen, value)) if isinstance(value, list) else value
