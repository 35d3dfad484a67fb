"""Graphs that workers cannot run are refused before anything is sent, with the place and remedy."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable
from concurrent.futures import Executor
from pathlib import Path
from typing import Any

import pytest

from hypergraph import (
    AsyncRunner,
    Graph,
    GraphConfigError,
    IncompatibleRunnerError,
    InMemoryCache,
    SyncRunner,
    WorkerMismatch,
    interrupt,
    node,
)
from hypergraph.compiler.diagnostics.artifacts import CompileError
from tests.scale.state import counting


def never() -> Executor:
    """An executor that nobody should ask for."""
    raise AssertionError("something was sent")


@interrupt(output_name="verdict")
def approval(draft: str) -> None:
    """Ask somebody."""


@node(output_name="draft")
def write(topic: str) -> str:
    """A draft."""
    return topic


@pytest.mark.parametrize("depth", [0, 1, 2])
def test_an_interrupt_at_any_depth_is_refused(depth: int) -> None:
    graph = Graph([write, approval], name="desk")
    for place in range(depth):
        graph = Graph([graph.as_node()], name=f"desk{place}")
    with pytest.raises(IncompatibleRunnerError, match="InterruptNodes"):
        AsyncRunner().map_iter(graph, topic=["a"], map_over="topic", executor=never)


def closed_over(factor: int) -> Callable[[int], int]:
    def scaled(x: int) -> int:
        return factor * x

    return scaled


class Scale:
    """Something with a state."""

    def __init__(self, factor: int) -> None:
        self.factor = factor

    def by(self, x: int) -> int:
        """A method of an object that is alive."""
        return self.factor * x


@pytest.mark.parametrize(
    ("function", "code"),
    [(closed_over(3), "HG420"), (lambda x: x, "HG421"), (Scale(3).by, "HG423")],
)
def test_functions_that_cannot_be_sent_are_refused_with_their_place(
    function: Any, code: str
) -> None:
    graph = Graph([node(function, "y").with_name("odd")], name="odd")
    with pytest.raises(CompileError, match=code) as raised:
        SyncRunner().map_iter(graph, x=[1], map_over="x", executor=never)
    assert __file__ in str(raised.value)
    assert "How to fix" in str(raised.value)


def test_code_with_state_of_its_module_is_imported_by_workers(threads: Executor) -> None:
    graph = Graph([counting], name="counted")
    results = SyncRunner().map(graph, x=[1, 2, 3], map_over="x", executor=threads)
    assert [one["at"][0] for one in results] == [1, 2, 3]
    assert sorted(one["at"][1] for one in results) == [1, 2, 3]


def test_code_that_can_neither_be_sent_nor_imported_is_refused_for_both_reasons(
    processes: Executor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    processes.submit(len, "").result()  # it begins without the folder
    text = Path(__file__).with_name("state.py").read_text(encoding="utf-8")
    (tmp_path / "kept_here_alone.py").write_text(text, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    here: Any = importlib.import_module("kept_here_alone")
    with pytest.raises(WorkerMismatch, match="module 'kept_here_alone' is missing") as raised:
        SyncRunner().map(Graph([here.counting]), x=[1], map_over="x", executor=processes)
    assert "of module 'kept_here_alone' is changed while the program runs" in str(raised.value)
    assert "[HG424]" in str(raised.value)


def test_a_cache_here_is_none_there() -> None:
    graph = Graph([write], name="desk")
    with pytest.raises(GraphConfigError, match="workers do not reach the cache"):
        SyncRunner(InMemoryCache()).map_iter(graph, topic=["a"], map_over="topic", executor=never)


def test_nothing_of_this_is_loaded_without_an_executor() -> None:
    import subprocess

    text = (
        "import sys; from hypergraph import Graph, SyncRunner, node\n"
        "def f(x): return x\n"
        "SyncRunner().map(Graph([node(f, 'y')]), x=[1], map_over='x')\n"
        "print([name for name in sys.modules if 'runtime.scale' in name or 'streaming' in name])"
    )
    told = subprocess.run([sys.executable, "-c", text], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"
