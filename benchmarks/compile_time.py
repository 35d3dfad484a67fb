"""`python -m benchmarks.compile_time`: what compiling takes as graphs grow."""

from __future__ import annotations

import gc
import importlib
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks import graphs, nodes
from benchmarks.report import shown, table
from hypergraph import END, FunctionNode, Graph, IfElseNode
from hypergraph.compiler.artifact import compile_graph
from hypergraph.compiler.in_memory import program_in_memory

SIZES = (100, 1_000, 10_000)
MIXED = 1_000
UNIT = 10
TARGET = """\
from benchmarks.compile_time import mixed

graph = mixed({size})
"""


class Compiled(NamedTuple):
    """One graph compiled: the best of some processor times, and the most memory it held."""

    nodes: int
    seconds: float
    megabytes: float


def measured_compile(samples: int) -> dict[str, Compiled]:
    """Chains of every size in memory, and a graph of all kinds of nodes in memory and to a file."""
    found = {
        f"chain of {size:,}, in memory": measured(size, graphs.chain, _in_memory, samples)
        for size in SIZES
    }
    found["mixed, in memory"] = measured(MIXED, mixed, _in_memory, samples)
    with tempfile.TemporaryDirectory() as folder:
        target = _written(Path(folder))
        found["mixed, to a file"] = measured(MIXED, lambda _: target, compile_graph, samples)
        sys.path.remove(folder)
    return found


def mixed(size: int) -> Graph:
    """Units of ten nodes one after the other: a chain, a branch, a loop and a nested graph."""
    members: list[Any] = []
    for number in range(1, size // UNIT + 1):
        members += unit(number)
    return Graph(members, name=f"mixed_{size}")


def unit(number: int) -> list[Any]:
    """Ten nodes that read `x<number - 1>` and produce `x<number>`."""
    here = {name: f"{name}{number}" for name in "abcdfy"}

    def step(name: str, function: Callable[..., Any], reads: str, gives: str) -> FunctionNode:
        renamed = {next(iter(FunctionNode(function, output_name="_").inputs)): reads}
        return FunctionNode(function, f"{name}_{number}", gives, rename_inputs=renamed)

    def gate(name: str, function: Callable[..., Any], reads: str, *targets: Any) -> IfElseNode:
        then, otherwise = (t if t is END else f"{t}_{number}" for t in targets)
        made = IfElseNode(function, when_true=then, when_false=otherwise, name=f"{name}_{number}")
        return made.with_inputs({made.inputs[0]: reads})

    inner = Graph([FunctionNode(nodes.add_one, output_name="out")], name="inner")
    return [
        step("first", nodes.add_one, f"x{number - 1}", here["a"]),
        step("second", nodes.add_one, here["a"], here["b"]),
        gate("which", nodes.is_even, here["b"], "halve", "triple"),
        step("halve", nodes.halve, here["b"], here["c"]),
        step("triple", nodes.triple, here["b"], here["c"]),
        step("start", nodes.negate, here["c"], here["d"]),
        inner.as_node(name=f"inner_{number}").with_inputs(x=here["d"]).with_outputs(out=here["y"]),
        gate("more", nodes.is_left, here["f"], "burn", END),
        step("burn", nodes.burn, here["f"], here["f"]),
        step("last", nodes.add_one, here["y"], f"x{number}"),
    ]


def measured(
    size: int, make: Callable[[int], Any], compiled: Callable[[Any], object], samples: int
) -> Compiled:
    """Compile a graph some times for the time, each time a new one, and once for the memory."""
    seconds = [_seconds(make(size), compiled) for _ in range(samples)]
    graph = make(size)
    tracemalloc.start()
    compiled(graph)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return Compiled(size, min(seconds), peak / 1e6)


def _seconds(graph: Any, compiled: Callable[[Any], object]) -> float:
    gc.collect()
    begin = time.process_time()
    compiled(graph)
    return time.process_time() - begin


def _in_memory(graph: Graph) -> object:
    return program_in_memory(graph, "sync")


def _written(folder: Path) -> str:
    """The target of a module that has the mixed graph; the folder is on the path from here on."""
    (folder / "mixed_graph.py").write_text(TARGET.format(size=MIXED), encoding="utf-8")
    sys.path.insert(0, str(folder))
    importlib.invalidate_caches()
    return "mixed_graph:graph"


def compile_table(figures: dict[str, Compiled]) -> str:
    """A row per graph: what compiling it takes, in all and per node."""
    rows = [
        [
            name,
            shown(taken.seconds),
            shown(taken.seconds / taken.nodes),
            f"{taken.megabytes:.0f} MB",
        ]
        for name, taken in figures.items()
    ]
    return table(["", "compiling", "per node", "peak memory"], rows)


if __name__ == "__main__":
    print(compile_table(measured_compile(samples=3)))
