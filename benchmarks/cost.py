"""What a run is made of: the bytecodes that are executed, and the processor's instructions."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import CodeType
from typing import Any

from benchmarks import interpreter, nodes
from benchmarks.built import Built
from benchmarks.contender import BASE, Contender
from benchmarks.contenders import hand_written
from benchmarks.workload import WORKLOADS

ROOT = Path(__file__).parents[1]
COUNTED = ("chain-100", "wide-50", "branch", "loop-1000", "nested-3")
IN_VALGRIND = ("chain-100", "branch")  # the others would add minutes and no insight
CONTENDERS = ("hand_written", "naive_loop", "product_module")
BETWEEN = {"<string>", hand_written.__file__, interpreter.__file__}
RUNS = (100, 600)
PROCESS = """\
from benchmarks.contender import CONTENDERS
from benchmarks.workload import WORKLOADS
workload = next(each for each in WORKLOADS if each.name == {workload!r})
run = workload.build(next(each for each in CONTENDERS if each.name == {contender!r}).builders)
for _ in range({runs}):
    run()
"""
Cost = dict[str, float]


def measured_cost(contenders: Sequence[Contender], rounds: int) -> dict[str, dict[str, Cost]]:
    """Bytecodes and instructions of one run, by workload and contender.

    Bytecodes are split by where they are: in the `functions` that are called, in the code
    `between` them, and `around` that. Instructions are counted where valgrind is installed.
    """
    chosen = [each for each in (BASE, *contenders) if each.name in CONTENDERS]
    found: dict[str, dict[str, Cost]] = {}
    for workload in WORKLOADS:
        if workload.name in COUNTED:
            found[workload.name] = {}
            for contender in dict.fromkeys(chosen):
                built = workload.build(contender.builders)
                assert built is not None, contender.name
                cost: Cost = {**bytecodes(built)}
                if workload.name in IN_VALGRIND and shutil.which("valgrind"):
                    cost["instructions"] = instructions(workload.name, contender.name)
                found[workload.name][contender.name] = cost
    return found


def bytecodes(run: Built) -> Counter[str]:
    """How many bytecodes one run executes, by where they are; all of this thread.

    >>> bytecodes(lambda: nodes.add_one(1))["functions"] > 0
    True
    """
    executed: Counter[str] = Counter(functions=0, between=0, around=0)

    def trace(frame: Any, event: str, argument: object) -> Any:
        frame.f_trace_opcodes, frame.f_trace_lines = True, False
        if event == "opcode":
            executed[place_of(frame.f_code)] += 1
        return trace

    run()  # what is made on first use is not part of it
    before = sys.gettrace()
    sys.settrace(trace)
    try:
        run()
    finally:
        sys.settrace(before)
    return executed


def place_of(code: CodeType) -> str:
    """Whether code is of the functions, between them, or around all of that."""
    if code.co_filename == nodes.__file__:
        return "functions"
    generated = code.co_filename.endswith("_program.py")
    return "between" if generated or code.co_filename in BETWEEN else "around"


def instructions(workload: str, contender: str) -> float:
    """The processor's instructions in one run: those of more runs less those of fewer."""
    fewer, more = (_collected(workload, contender, runs) for runs in RUNS)
    return (more - fewer) / (RUNS[1] - RUNS[0])


def _collected(workload: str, contender: str, runs: int) -> int:
    text = PROCESS.format(workload=workload, contender=contender, runs=runs)
    valgrind = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null"]
    done = subprocess.run(
        [*valgrind, sys.executable, "-S", "-c", text],
        check=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": "0"},
        capture_output=True,
        text=True,
    )
    counts: Iterable[str] = re.findall(r"Collected : (\d+)", done.stderr)
    return int(next(iter(counts)))
