"""The committed files of the examples, where nothing is installed, beside the graphs in memory."""

from __future__ import annotations

import ast
import asyncio
import json
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from hypergraph import AsyncRunner, Graph, RunResult, SyncRunner
from tests.standalone.alone import FILES, ROOT, run_alone

DRAFT = {"title": "Lunch", "lines": ["It is ready."], "revision": 1, "remark": "first draft"}
INPUTS: dict[str, dict[str, Any]] = {
    "approval": {"draft": DRAFT, "verdict": "yes"},
    "docs_search": {"question": "join two paths", "modules": ["os.path"], "top_k": 1},
    "refine": {"text": "In order to commence the modification, individuals must utilize it."},
    "reports": {"folder": str(ROOT / "examples/reports/data")},
    "triage": {"ticket": "Refund!\nI was charged twice today; nothing was leaked."},
}


def in_memory(name: str, values: dict[str, Any]) -> RunResult:
    graph: Graph = import_module(f"examples.{name}.pipeline").graph
    if graph.has_async_nodes or name == "approval":
        return asyncio.run(AsyncRunner().run(graph, values))
    return SyncRunner().run(graph, values)


def test_every_example_has_one() -> None:
    assert [path.stem for path in FILES] == [f"{name}_standalone" for name in INPUTS]


@pytest.mark.parametrize("file", FILES, ids=[file.stem for file in FILES])
def test_it_gives_what_the_graph_gives(file: Path, tmp_path: Path) -> None:
    name = file.parent.name
    done = run_alone(file, "--values", json.dumps(INPUTS[name]), folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout) == dict(in_memory(name, INPUTS[name]).items())


def test_a_pause_is_answered_in_another_process(tmp_path: Path) -> None:
    file = ROOT / "examples/approval/approval_standalone.py"
    first = run_alone(file, f"draft={json.dumps(DRAFT)}", folder=tmp_path)
    assert first.returncode == 3 and "run again with verdict=..." in first.stderr
    pause = json.loads(first.stdout)["pause"]
    assert pause == {"node": "sign_off", "value": DRAFT, "resume_with": {"verdict": "verdict"}}
    values = json.dumps({"draft": pause["value"], "verdict": "yes"})
    second = run_alone(file, "--values", values, folder=tmp_path)
    assert json.loads(second.stdout)["notice"] == "Lunch\n=====\nIt is ready."


@pytest.mark.parametrize("file", FILES, ids=[file.stem for file in FILES])
def test_it_says_that_it_is_untouched(file: Path, tmp_path: Path) -> None:
    done = run_alone(file, "--verify", folder=tmp_path)
    assert done.returncode == 0
    assert done.stdout.endswith(f"{file.name}: untouched since it was generated\n")
    (tmp_path / file.name).write_bytes(file.read_bytes().replace(b"superstep 1", b"superstep 2", 1))
    assert run_alone(file, "--verify", folder=tmp_path).returncode == 1


@pytest.mark.parametrize("file", FILES, ids=[file.stem for file in FILES])
def test_it_imports_nothing_of_ours(file: Path) -> None:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    imported = {one.module for one in ast.walk(tree) if isinstance(one, ast.ImportFrom)}
    imported |= {a.name for one in ast.walk(tree) if isinstance(one, ast.Import) for a in one.names}
    assert {str(name).partition(".")[0] for name in imported} <= sys.stdlib_module_names
