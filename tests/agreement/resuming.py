"""Runs that pause and are resumed, each time in a new process.

``python -m tests.agreement.resuming`` reads runs as JSON from its input, makes each of them
under ``AsyncRunner``, and writes as JSON how they ended: a pause with what it asks for.
"""

from __future__ import annotations

import json
import subprocess
import sys
import warnings
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

from hypergraph import AsyncRunner, Graph, GraphNode
from tests.differential.engines import observed, options_of
from tests.differential.event_loop import run_permuted
from tests.differential.source import literal, source
from tests.differential.spec import Case
from tests.reference.observation import Observation
from tests.reference.planning import plan

Told = dict[str, Any]

ROOT = Path(__file__).parents[2]


def asks_at_most_once(graph: Graph) -> bool:
    """Whether no interrupt is in a loop, at any depth."""
    planned = plan(graph)
    inside = {name for one in planned.generations for r in one if r.is_loop for name in r.members}
    return all(
        not _asks(node) or (name not in inside and _inside_asks_at_most_once(node))
        for name, node in graph.nodes.items()
    )


def _asks(node: Any) -> bool:
    if isinstance(node, GraphNode):
        return any(_asks(one) for one in node.graph.nodes.values())
    return bool(node.is_interrupt)


def _inside_asks_at_most_once(node: Any) -> bool:
    return not isinstance(node, GraphNode) or asks_at_most_once(node.graph)


def answered(case: Case, answers: dict[str, str]) -> Case:
    """The case with the answers among its inputs, and with no others."""
    given = [(name, value) for name, value in case.call.values if name not in answers]
    told = [(key, repr(answer)) for key, answer in answers.items()]
    call = replace(case.call, values=(*given, *told), error_handling="continue")
    return replace(case, call=call)


def told_of(seen: Observation) -> Told:
    """How a run ended, as JSON has it."""
    pause = seen.pause
    return {
        "status": "raised" if seen.status == "rejected" else seen.status,
        "values": [f"{name}={value!r}" for name, value in seen.values],
        "error": None if seen.error is None else seen.error[0],
        "pause": None if pause is None else [pause.node_name, repr(pause.value)],
    }


def run_of(case: Case, seed: int) -> Told:
    """All that a process needs to know to make the run of a case."""
    options = {**options_of(case.call), "max_concurrency": case.call.max_concurrency}
    values = dict(case.call.values)
    return {"module": source(case.graph, seed), "values": values, "options": options, "seed": seed}


def in_a_new_process(runs: Sequence[Told]) -> list[Told]:
    """How the runs end; a pause comes with the ``keys`` that answer it."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.agreement.resuming"],
        cwd=ROOT,
        input=json.dumps(runs),
        capture_output=True,
        encoding="utf-8",
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    ends: list[Told] = json.loads(done.stdout)
    return ends


def made(run: Told) -> Told:
    """Make one run, in the process that was told of it."""
    module = ModuleType("drawn")
    exec(compile(run["module"], "<drawn>", "exec"), module.__dict__)
    inputs = {name: literal(text) for name, text in run["values"].items()}
    try:
        start = AsyncRunner().run(module.graph, inputs, **run["options"])
        result = run_permuted(start, run["seed"])
    except Exception as error:
        return {"status": "raised", "values": [], "error": type(error).__name__, "pause": None}
    told = told_of(observed(result))
    if result.pause is not None:
        told["keys"] = list(result.pause.response_keys.values())
    return told


if __name__ == "__main__":
    warnings.simplefilter("ignore", UserWarning)
    print(json.dumps([made(run) for run in json.load(sys.stdin)]))
