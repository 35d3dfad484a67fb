"""From starting a process to its first result: seconds, modules, peak memory, and megabytes."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks.contender import BASE, Contender
from benchmarks.driver import Figures, summary
from benchmarks.installed import megabytes_of
from benchmarks.timing import Samples

ROOT = Path(__file__).parents[1]
PROCESS = """\
import sys
sys.path.insert(0, {folder!r})
before = len(sys.modules)
{start}
print(answer, len(sys.modules) - before)
try:
    with open("/proc/self/status") as status:
        print(*[line.split()[1] for line in status if line.startswith("VmHWM")])
except OSError:
    pass
"""
ANSWER = "10"


class Started(NamedTuple):
    """What one process took; the kilobytes of its peak are unknown but on Linux."""

    seconds: float
    modules: int
    kilobytes: int | None


def measured_cold(contenders: Sequence[Contender], rounds: int) -> Figures:
    """What each contender takes from nothing to the end of a chain of ten.

    The first process of each is not counted: it is the one that writes compiled bytecode. Raises
    `ValueError` for a process that comes to another result.
    """
    with tempfile.TemporaryDirectory() as name:
        texts = {each.name: _text(each, Path(name)) for each in (BASE, *contenders)}
        last = {name: _started(name, text) for name, text in texts.items()}
        seconds: dict[str, Samples] = {name: {} for name in texts}
        for number in range(rounds):
            for name, text in texts.items():
                last[name] = _started(name, text)
                seconds[name][number] = last[name].seconds
    base = seconds[BASE.name]
    sizes = {each.name: _size(each) for each in (BASE, *contenders)}
    return {
        name: {**summary(seconds[name], base), **_footprint(last[name]), **sizes[name]}
        for name in texts
    }


def _text(contender: Contender, folder: Path) -> str:
    own = folder / contender.name
    own.mkdir(exist_ok=True)
    return PROCESS.format(folder=str(own), start=contender.start(own))


def _started(name: str, text: str) -> Started:
    begin = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", text], check=True, cwd=ROOT, capture_output=True, text=True
    )
    seconds = time.perf_counter() - begin
    answer, modules, *kilobytes = done.stdout.split()
    if answer != ANSWER:
        raise ValueError(f"A process of {name} came to {answer} instead of {ANSWER}.")
    return Started(seconds, int(modules), int(kilobytes[0]) if kilobytes else None)


def _footprint(started: Started) -> dict[str, float]:
    found: dict[str, float] = {"modules": started.modules}
    if started.kilobytes is not None:
        found["peak"] = started.kilobytes / 1000
    return found


def _size(contender: Contender) -> dict[str, float]:
    size = megabytes_of(contender.distribution) if contender.distribution else 0.0
    return {} if size is None else {"installed": size}
