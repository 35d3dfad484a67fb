"""One workload and the contenders that run it."""

from __future__ import annotations

import asyncio
import importlib
import importlib.util
import inspect
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any

from benchmarks.timing import Timed, repeated, repeated_async
from hypergraph import AsyncRunner, SyncRunner

FOLDER = Path(__file__).parent / "workloads"
HELPERS = {"__init__", "arithmetic"}
BASE = "hand-written"


@dataclass(frozen=True)
class Workload:
    """A module of `benchmarks.workloads`: a graph, and the same by hand and for the interpreter.

    The module has `graph`, `by_hand()`, `interpreted()` and `compiled(run)`, which all return the
    same final value and are coroutine functions if the graph is async. `METHOD` says whether `run`
    is the `run` or the `map` of a runner or program.
    """

    name: str
    module: ModuleType

    @property
    def title(self) -> str:
        """What the workload is, in a line."""
        return (self.module.__doc__ or self.name).splitlines()[0].rstrip(".")

    @property
    def is_async(self) -> bool:
        """Whether its functions are coroutine functions."""
        return inspect.iscoroutinefunction(self.module.by_hand)

    def contenders(self, program: Any) -> dict[str, Callable[[], Any]]:
        """What to call, by the name of who is measured; the base comes first."""
        runner = AsyncRunner() if self.is_async else SyncRunner()
        method = getattr(self.module, "METHOD", "run")
        with_runner = partial(getattr(runner, method), self.module.graph)
        with_program = getattr(program, method)
        return {
            BASE: self.module.by_hand,
            "interpreter": self.module.interpreted,
            type(runner).__name__: partial(self.module.compiled, with_runner),
            f"program.{method}": partial(self.module.compiled, with_program),
        }

    def timed(self, program: Any, loop: asyncio.AbstractEventLoop) -> dict[str, Timed]:
        """The contenders, ready to be measured.

        Raises ``AssertionError`` if one of them comes to another result than the base.
        """
        contenders = self.contenders(program)
        results = {name: self._result(call, loop) for name, call in contenders.items()}
        for name, result in results.items():
            assert result == results[BASE], f"{self.name}: {name} got {result}"
        if self.is_async:
            return {name: repeated_async(call, loop) for name, call in contenders.items()}
        return {name: repeated(call) for name, call in contenders.items()}

    def _result(self, call: Callable[[], Any], loop: asyncio.AbstractEventLoop) -> Any:
        return loop.run_until_complete(call()) if self.is_async else call()


def workload_names() -> list[str]:
    """All workloads, the sync ones first."""
    names = sorted(path.stem for path in FOLDER.glob("*.py") if path.stem not in HELPERS)
    return sorted(names, key=lambda name: name.startswith("async"))


def load(name: str) -> Workload:
    """The workload of this name."""
    return Workload(name, importlib.import_module(f"benchmarks.workloads.{name}"))


def compile_workload(workload: Workload, folder: Path, *options: str) -> Path:
    """Compile the workload's graph with the command a user would type."""
    path = folder / f"{workload.name}_program.py"
    mode = "async" if workload.is_async else "sync"
    target = f"{workload.module.__name__}:graph"
    command = ["-m", "hypergraph", "compile", target, "--mode", mode, "-o", str(path), *options]
    subprocess.run([sys.executable, *command], check=True, stdout=subprocess.DEVNULL)
    return path


def load_program(path: Path) -> Any:
    """The program that a generated module exports."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.program
