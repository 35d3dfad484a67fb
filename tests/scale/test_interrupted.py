"""Ctrl-C ends a map and leaves no worker behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.docs.markdown import ROOT

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks processes up in /proc"),
]


def is_running(pid: int) -> bool:
    """Whether there is such a process that has not ended."""
    try:
        status = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
    except OSError:
        return False
    return status.rpartition(")")[2].split()[0] not in "ZX"


@pytest.mark.parametrize(
    ("way", "terminal"),
    [("factory", True), ("factory", False), ("pool", True), ("asyncio", False)],
    ids=lambda value: {True: "everybody is told", False: "one is told"}.get(value, value),
)
def test_no_worker_is_left_behind(way: str, terminal: bool) -> None:
    """A terminal interrupts all processes in it, others only the one they mean."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.scale.interrupted", way],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    workers: set[int] = set()
    assert process.stdout is not None
    for _ in range(50):
        line = process.stdout.readline()
        assert line, process.communicate()[1]
        workers.add(int(line.removeprefix("worker ")))
        if len(workers) == 2:
            break
    assert len(workers) == 2 and process.pid not in workers
    if terminal:
        os.killpg(process.pid, signal.SIGINT)
    else:
        os.kill(process.pid, signal.SIGINT)
    _, told = process.communicate(timeout=30)
    assert process.returncode in (1, -signal.SIGINT, 128 + signal.SIGINT)
    assert told.rstrip().endswith("KeyboardInterrupt")
    until = time.monotonic() + 10
    while any(map(is_running, workers)) and time.monotonic() < until:
        time.sleep(0.05)
    assert not any(map(is_running, workers))
