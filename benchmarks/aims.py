"""What the product is meant to reach, and whether it does."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from benchmarks.contender import BASE, CONTENDERS
from benchmarks.report import Figures, table, times

PRODUCTS = [contender for contender in CONTENDERS if contender.name.startswith("product_")]
# At most so many times the code written by hand, which keeps only what it still needs.
RATIOS = {
    "chain-100": 1.5,
    "chain-1000": 1.4,
    "wide-50": 1.5,
    "branch": 1.6,
    "loop-1000": 1.5,
    "nested-3": 1.5,
    "map-10k": 1.2,
    "async-chain-10": 1.3,
    "async-50": 1.3,
}
CHAINS = ("chain-100", "chain-1000")
TIMES_NAIVE = 8.0  # at least so many times as fast as the naive loop, on chains
TIMES_LIBRARIES = 100.0  # at least so many times less overhead per node than the fastest library
BYTES = 200.0  # at most so many bytes per result of a map, beyond its values
STANDALONE_START = 1.2  # at most so many times the start of code written by hand


def aims_table(figures: Mapping[str, Any]) -> str:
    """A row per aim that was measured: what is aimed at, what was reached, and by how much.

    The ways to run the product are held to the same aims, in the order of their columns.
    """
    rows = []
    for workload, most in RATIOS.items():
        if workload in figures["workloads"]:
            taken = figures["workloads"][workload]
            reached = [taken[each.name]["ratio"] for each in PRODUCTS if each.name in taken]
            rows.append(_row(f"{workload}, to by hand", "≤", most, reached))
    for workload in CHAINS:
        if workload in figures["workloads"]:
            rows += _against_others(workload, figures["workloads"][workload])
    if "memory" in figures:
        reached = [figures["memory"]["results of the runner"]]
        rows.append(_row("bytes per result of a map", "≤", BYTES, reached))
    if "product_standalone" in figures.get("cold", {}):
        reached = [figures["cold"]["product_standalone"]["ratio"]]
        rows.append(_row("start of a standalone file, to by hand", "≤", STANDALONE_START, reached))
    return table(["", "aim", "reached", "holds"], rows)


def overhead_ratio(figures: Figures, name: str, other: str) -> float:
    """How many times the overhead of one contender over the base is that of the other.

    >>> taken = {"a": {"ratio": 1.5}, "b": {"ratio": 51.0}, "c": {"ratio": 1.0}}
    >>> overhead_ratio(taken, "a", "b"), overhead_ratio(taken, "c", "b")
    (100.0, inf)
    """
    own = figures[name]["ratio"] - 1
    return (figures[other]["ratio"] - 1) / own if own > 0 else float("inf")


def _against_others(workload: str, taken: Figures) -> list[list[str]]:
    products = [each.name for each in PRODUCTS if each.name in taken]
    rows = []
    if "naive_loop" in taken:
        reached = [taken["naive_loop"]["ratio"] / taken[name]["ratio"] for name in products]
        rows.append(_row(f"{workload}, speed to naive loop", "≥", TIMES_NAIVE, reached))
    own = {BASE.name, "naive_loop", *products}
    libraries = sorted((taken[name]["ratio"], name) for name in taken if name not in own)
    if libraries:
        fastest = libraries[0][1]
        reached = [overhead_ratio(taken, name, fastest) for name in products]
        what = f"{workload}, overhead of {fastest} to ours"
        rows.append(_row(what, "≥", TIMES_LIBRARIES, reached))
    return rows


def _row(what: str, sign: str, aim: float, reached: list[float]) -> list[str]:
    holds = [it <= aim if sign == "≤" else it >= aim for it in reached]
    answer = "yes" if all(holds) else "in part" if any(holds) else "no"
    return [what, f"{sign} {aim:g}", ", ".join(times(it) for it in reached), answer]
