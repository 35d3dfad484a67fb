"""What starting a program loads: nothing that is slow to load."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SLOW = ("asyncio", "dataclasses", "inspect", "logging", "typing")


def slow_modules_after(code: str) -> list[str]:
    program = (
        f"import sys; sys.path.insert(0, {str(ROOT)!r}); {code}; "
        f"print(*[name for name in {SLOW!r} if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", program], capture_output=True, text=True, check=True
    )
    return done.stdout.split()


@pytest.mark.parametrize("module", ["results", "expand", "sentinels", "errors"])
def test_importing_the_hot_path_loads_no_slow_module(module: str) -> None:
    assert slow_modules_after(f"import hypergraph.runtime.{module}") == []


def test_reading_and_showing_a_result_loads_no_slow_module() -> None:
    code = "from hypergraph.runtime.results import *; r = RunResult({}, RunStatus.COMPLETED)"
    assert slow_modules_after(f"{code}; repr(r), r.run_id, list(r.items())") == []
