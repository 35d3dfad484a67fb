"""What starting costs: seconds and modules loaded, in fresh processes."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from benchmarks.workload import compile_workload, load

BARE = "python -c pass"
PROLOGUE = "import sys; before = len(sys.modules); "
EPILOGUE = "; print(len(sys.modules) - before)"


def statements(folder: Path) -> dict[str, str]:
    """What each process runs; one of them imports a module generated from `chain_10`."""
    compile_workload(load("chain_10"), folder)
    place = "sys.path.insert(0, {!r}); import chain_10_program"
    return {
        BARE: "pass",
        "import hypergraph": "import hypergraph",
        "import hypergraph.runtime.program": "import hypergraph.runtime.program",
        "import a generated module": place.format(str(folder)),
    }


def measure_startup(rounds: int) -> dict[str, tuple[float, int]]:
    """Median seconds of the whole process and modules loaded, by what the process does."""
    with tempfile.TemporaryDirectory() as folder:
        what = statements(Path(folder))
        figures: dict[str, list[float]] = {name: [] for name in what}
        modules: dict[str, int] = {}
        for _ in range(rounds):
            for name, statement in what.items():
                seconds, modules[name] = _run(statement)
                figures[name].append(seconds)
    return {name: (median(figures[name]), modules[name]) for name in what}


def _run(statement: str) -> tuple[float, int]:
    begin = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", PROLOGUE + statement + EPILOGUE],
        check=True,
        capture_output=True,
        text=True,
    )
    return time.perf_counter() - begin, int(done.stdout)
