"""`python -m benchmarks`: compiled graphs, code written by hand, and what else there is."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from benchmarks.cold import measured_cold
from benchmarks.contender import BASE, CONTENDERS, Contender, present
from benchmarks.cost import measured_cost
from benchmarks.driver import measured
from benchmarks.machine import described
from benchmarks.memory import measured_memory
from benchmarks.report import (
    cold_table,
    cost_table,
    memory_table,
    setting,
    watched_table,
    workload_table,
)
from benchmarks.watched import measured_watched
from benchmarks.workload import WORKLOADS

# Beside the workloads: what else is measured, how, and the table of it.
SECTIONS: dict[str, tuple[Callable[[Sequence[Contender], int], Any], Callable[[Any], str]]] = {
    "cold": (measured_cold, cold_table),
    "memory": (measured_memory, memory_table),
    "cost": (measured_cost, cost_table),
    "watched": (measured_watched, watched_table),
}


def main(arguments: list[str]) -> int:
    """Measure, print the tables, and write the JSON if asked to."""
    options = parsed(arguments)
    contenders = [each for each in present() if each.name in options.only or each == BASE]
    figures: dict[str, Any] = {
        "machine": described(contenders),
        "rounds": options.rounds,
        "workloads": {},
    }
    for workload in WORKLOADS:
        if workload.name in options.names:
            print(f"{workload.name} ...", file=sys.stderr)
            figures["workloads"][workload.name] = measured(workload, contenders, options.rounds)
    for name, (measure, _) in SECTIONS.items():
        if name in options.names:
            print(f"{name} ...", file=sys.stderr)
            figures[name] = measure(contenders, options.rounds)
    print(printed(figures))
    if options.json:
        options.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    return 0


def printed(figures: dict[str, Any]) -> str:
    """All that was measured, as Markdown."""
    parts = [workload_table(figures["workloads"])] if figures["workloads"] else []
    parts += [table(figures[name]) for name, (_, table) in SECTIONS.items() if name in figures]
    return "\n\n".join([*parts, setting(figures["machine"], figures["rounds"])])


def parsed(arguments: list[str]) -> argparse.Namespace:
    """The options; an unknown name is refused."""
    names = [*(workload.name for workload in WORKLOADS), *SECTIONS]
    everyone = [contender.name for contender in CONTENDERS]
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of: {', '.join(names)}")
    parser.add_argument("--rounds", type=int, default=15, help="samples of each contender")
    parser.add_argument("--only", nargs="+", choices=everyone, default=everyone, metavar="WHO")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all figures here")
    options = parser.parse_args(arguments)
    unknown = sorted(set(options.names) - set(names))
    if unknown:
        parser.error(f"unknown names: {', '.join(unknown)}; there are {', '.join(names)}")
    options.names = options.names or names
    return options


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
