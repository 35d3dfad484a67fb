"""`python -m benchmarks`: how much slower than code written by hand, and what starting costs."""

from __future__ import annotations

import argparse
import asyncio
import json
import platform
import sys
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.report import as_json, startup_table, workload_lines, workload_table
from benchmarks.startup import BARE, measure_startup
from benchmarks.timing import measure
from benchmarks.workload import BASE, compile_workload, load, load_program, workload_names

STARTUP = "startup"


def main(arguments: list[str]) -> int:
    """Measure, print the tables, and write the JSON if asked to."""
    known = [*workload_names(), STARTUP]
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of: {', '.join(known)}")
    parser.add_argument("--rounds", type=int, default=15, help="samples of each contender")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all figures here")
    options = parser.parse_args(arguments)
    unknown = sorted(set(options.names) - set(known))
    if unknown:
        parser.error(f"unknown workloads: {', '.join(unknown)}")

    names = options.names or known
    rows: list[str] = []
    figures: dict[str, Any] = {}
    for name in names:
        if name != STARTUP:
            measured = measure_workload(name, options.rounds)
            rows += workload_lines(f"{name}: {load(name).title}", measured, BASE)
            figures[name] = as_json(measured, BASE)
    if rows:
        print(f"Python {platform.python_version()}, {options.rounds} rounds\n")
        print(workload_table(rows))
    if STARTUP in names:
        startup = measure_startup(options.rounds)
        print(f"\n{startup_table(startup, BARE)}")
        figures[STARTUP] = startup
    if options.json:
        options.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    return 0


def measure_workload(name: str, rounds: int) -> dict[str, list[float]]:
    """Compile the workload's graph to a file, load that, and measure all contenders."""
    workload = load(name)
    loop = asyncio.new_event_loop()
    try:
        with tempfile.TemporaryDirectory() as folder:
            program = load_program(compile_workload(workload, Path(folder)))
        return measure(workload.timed(program, loop), rounds)
    finally:
        loop.close()


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
