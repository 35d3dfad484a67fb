"""The figures as Markdown tables and as JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import median
from typing import Any

from benchmarks.timing import ratio

Figures = Mapping[str, Sequence[float]]


def workload_lines(title: str, figures: Mapping[str, list[float]], base: str) -> list[str]:
    """The table rows of one workload: a median and a ratio to the base for each contender."""
    return [
        f"| {title if name == base else ''} | {name} | {shown(median(seconds))} "
        f"| {ratio(seconds, figures[base]):.2f}x |"
        for name, seconds in figures.items()
    ]


def workload_table(rows: Sequence[str]) -> str:
    """The table of all workloads."""
    head = ["| workload | contender | median | to hand-written |", "|---|---|--:|--:|"]
    return "\n".join([*head, *rows])


def startup_table(figures: Mapping[str, tuple[float, int]], bare: str) -> str:
    """The table of what starting costs, each beyond the bare interpreter."""
    lines = ["| process | median | beyond bare | modules loaded |", "|---|--:|--:|--:|"]
    for name, (seconds, modules) in figures.items():
        beyond = shown(max(seconds - figures[bare][0], 0.0))
        lines.append(f"| `{name}` | {shown(seconds)} | {beyond} | {modules} |")
    return "\n".join(lines)


def as_json(figures: Mapping[str, list[float]], base: str) -> dict[str, Any]:
    """One workload: median, best and worst seconds, and the ratio to the base, by contender."""
    return {
        name: {
            "median": median(seconds),
            "best": min(seconds),
            "worst": max(seconds),
            "ratio": ratio(seconds, figures[base]),
        }
        for name, seconds in figures.items()
    }


def shown(seconds: float) -> str:
    """Seconds in the unit that suits them.

    >>> shown(1.5), shown(0.0042), shown(0.0000031)
    ('1.50 s', '4.20 ms', '3.10 µs')
    """
    for unit, size in (("s", 1.0), ("ms", 1e-3)):
        if seconds >= size:
            return f"{seconds / size:.2f} {unit}"
    return f"{seconds / 1e-6:.2f} µs"
