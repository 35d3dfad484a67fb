"""The figures as Markdown tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from benchmarks.contender import BASE, CONTENDERS
from benchmarks.workload import WORKLOADS

Figures = Mapping[str, Mapping[str, float]]
NOTHING = "\N{EN DASH}"


def workload_table(workloads: Mapping[str, Figures]) -> str:
    """A row per workload: the median by hand, and how many times that each contender takes."""
    names = _contenders(workloads.values())
    titles = {workload.name: workload.title for workload in WORKLOADS}
    rows = [
        [
            f"{name}: {titles.get(name, name)}",
            shown(figures[BASE.name]["median"]),
            *(_ratio(figures, contender) for contender in names),
        ]
        for name, figures in workloads.items()
    ]
    return table(["", BASE.title, *(_title(name) for name in names)], rows)


def cold_table(figures: Figures) -> str:
    """A row per contender: what it takes from starting a process to its first result."""
    rows = [
        [
            _title(name),
            shown(taken["median"]),
            times(taken["ratio"]),
            f"{taken['modules']:.0f}",
            f"{taken['peak']:.0f} MB" if "peak" in taken else NOTHING,
            f"{taken['installed']:.0f} MB" if "installed" in taken else NOTHING,
        ]
        for name, taken in figures.items()
    ]
    head = ["", "first result", f"to {BASE.title}", "modules", "peak memory", "installed"]
    return table(head, rows)


def cost_table(workloads: Mapping[str, Figures]) -> str:
    """A row per workload and contender: the bytecodes of one run, and the instructions."""
    rows = []
    for workload, figures in workloads.items():
        for name, cost in figures.items():
            parts = [cost["functions"], cost["between"], cost["around"]]
            instructions = f"{cost['instructions']:,.0f}" if "instructions" in cost else NOTHING
            rows.append([f"{workload}, {_title(name)}", *(f"{it:,}" for it in parts), instructions])
    head = ["bytecodes of", "the functions", "between them", "around that", "instructions of all"]
    return table(head, rows)


def memory_table(bytes_per_result: Mapping[str, float]) -> str:
    """What the results of a map take, whoever made them."""
    rows = [[name, f"{taken:.0f}"] for name, taken in bytes_per_result.items()]
    return table(["bytes per result of a map, beyond its values", ""], rows)


def watched_table(cases: Mapping[str, Figures]) -> str:
    """A row per case: what a node costs by hand, and how many times that in a watched run."""
    titles = {
        "told": "two events of a node, told to a processor that does nothing",
        "hit-number": "a hit for a number: a pickle and a look into the cache",
        "hit-text": "a hit for a text of 800 characters: the same",
    }
    rows = [
        [titles[name], shown(figures["by hand"]["median"]), times(figures["product"]["ratio"])]
        for name, figures in cases.items()
    ]
    return table(["", f"{BASE.title}, per node", "runner"], rows)


def setting(machine: Mapping[str, Any], rounds: int) -> str:
    """With what and on what the figures were taken, in a sentence."""
    libraries = ", ".join(f"{name} {version}" for name, version in machine["libraries"].items())
    return (
        f"{machine['python']}, {machine['system']}, {machine['processor']}, "
        f"{machine['cores']} cores. Medians of up to {rounds} interleaved rounds."
        + (f" Versions: {libraries}." if libraries else "")
    )


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table; all columns but the first are figures.

    >>> print(table(["", "by hand"], [["chain", "1.00 µs"]]))
    |  | by hand |
    |---|--:|
    | chain | 1.00 µs |
    """
    lines = [f"| {' | '.join(cells)} |" for cells in [head, *rows]]
    return "\n".join([lines[0], "|---" + "|--:" * (len(head) - 1) + "|", *lines[1:]])


def times(ratio: float) -> str:
    """A ratio with as many digits as it deserves.

    >>> times(1.234), times(12.34), times(1234.5)
    ('1.23', '12.3', '1,234')
    """
    return f"{ratio:.2f}" if ratio < 10 else f"{ratio:.1f}" if ratio < 100 else f"{ratio:,.0f}"


def shown(seconds: float) -> str:
    """Seconds in the unit that suits them.

    >>> shown(1.5), shown(0.0042), shown(0.0000031)
    ('1.50 s', '4.20 ms', '3.10 µs')
    """
    for unit, size in (("s", 1.0), ("ms", 1e-3)):
        if seconds >= size:
            return f"{seconds / size:.2f} {unit}"
    return f"{seconds / 1e-6:.2f} µs"


def _contenders(workloads: Any) -> list[str]:
    found = {name for figures in workloads for name in figures}
    return [each.name for each in CONTENDERS if each.name in found and each != BASE]


def _title(name: str) -> str:
    return next(contender.title for contender in CONTENDERS if contender.name == name)


def _ratio(figures: Figures, contender: str) -> str:
    return times(figures[contender]["ratio"]) if contender in figures else NOTHING
