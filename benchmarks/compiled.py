"""Programs that `hypergraph compile` wrote to files: what two of the contenders are made of."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.built import Built

ROOT = Path(__file__).parents[1]
IMPORTS = """\
from benchmarks.async_nodes import add_one_async, fetch
from benchmarks.graphs import branch, chain, loop, nested, wide

"""


@dataclass(frozen=True)
class Compiled:
    """The functions of a contender, for programs that import the functions or stand alone."""

    standalone: bool

    def chain(self, length: int) -> Built:
        run, last = self.program(f"chain({length})").run, f"x{length}"
        return lambda: run(x0=0)[last]

    def wide(self, width: int) -> Built:
        run, last = self.program(f"wide({width})").run, f"y{width}"
        return lambda: run(x=0)[last]

    def branch(self) -> Built:
        run = self.program("branch()").run
        return lambda: run(x=7)["z"]

    def loop(self, iterations: int) -> Built:
        run, most = self.program("loop()").run, 2 * iterations + 2
        return lambda: run(fuel=iterations, max_iterations=most)["fuel"]

    def nested(self) -> Built:
        run = self.program("nested()").run
        return lambda: run(x=0)["y1"]

    def map_chain(self, items: list[int]) -> Built:
        over = self.program("chain(5)").map
        return lambda: over(x0=items, map_over="x0")[-1]["x5"]

    def async_chain(self, length: int) -> Built:
        start, last = self.program(f"chain({length}, add_one_async)").run, f"x{length}"

        async def run() -> Any:
            return (await start(x0=0))[last]

        return run

    def async_wide(self, width: int) -> Built:
        start, last = self.program(f"wide({width}, fetch)").run, f"y{width}"

        async def run() -> Any:
            return (await start(x=0))[last]

        return run

    def async_map(self, items: list[int], limit: int) -> Built:
        over = self.program("wide(1, fetch)").map

        async def run() -> Any:
            return (await over(x=items, map_over="x", max_concurrency=limit))[-1]["y1"]

        return run

    def program(self, graph: str) -> Any:
        """The program of a graph, which is given by the expression that makes it."""
        with tempfile.TemporaryDirectory() as folder:
            return program_of(write_program(Path(folder), "measured", graph, self.standalone))

    def start(self, folder: Path) -> str:
        """The module of a chain of ten, compiled beforehand."""
        write_program(folder, "chain_10", "chain(10)", self.standalone)
        return 'from chain_10_program import program; answer = program.run(x0=0)["x10"]'


def write_program(folder: Path, name: str, graph: str, standalone: bool) -> Path:
    """Compile a graph with the command that a user would type."""
    source, path = folder / f"{name}.py", folder / f"{name}_program.py"
    source.write_text(f"{IMPORTS}graph = {graph}\n", encoding="utf-8")
    command = ["-m", "hypergraph", "compile", f"{source}:graph", "-o", str(path)]
    options = ["--standalone"] if standalone else []
    subprocess.run([sys.executable, *command, *options], check=True, cwd=ROOT, capture_output=True)
    return path


def program_of(path: Path) -> Any:
    """The program that a generated module exports."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.program
