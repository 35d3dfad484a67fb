"""The tables of the benchmarks, as the documentation shows them: from the figures last taken."""

from __future__ import annotations

import json
from typing import Any

from benchmarks import scale
from benchmarks.aims import aims_table
from benchmarks.report import (
    cold_table,
    cost_table,
    memory_table,
    setting,
    watched_table,
    workload_table,
)
from tests.docs.markdown import ROOT

FIGURES = ROOT / "benchmarks" / "figures.json"
SCALE = ROOT / "benchmarks" / "scale.json"


def figures() -> dict[str, Any]:
    """What `python -m benchmarks --json benchmarks/figures.json` wrote."""
    taken: dict[str, Any] = json.loads(FIGURES.read_text(encoding="utf-8"))
    return taken


def parts(taken: dict[str, Any]) -> dict[str, str]:
    """Every table, by the name of the part of a document that shows it."""
    said = setting(taken["machine"], taken["rounds"])
    tables = {
        "workloads": f"{workload_table(taken['workloads'])}\n\n{said}",
        "cold": cold_table(taken["cold"]),
        "memory": memory_table(taken["memory"]),
        "cost": cost_table(taken["cost"]),
        "watched": watched_table(taken["watched"]),
        "aims": aims_table(taken),
    }
    return {name: f"\n{table}\n\n" for name, table in tables.items()}


def scale_parts() -> dict[str, str]:
    """The tables on the page about scale: what `python -m benchmarks.scale --json` wrote."""
    taken = json.loads(SCALE.read_text(encoding="utf-8"))
    tables = {
        "scale": scale.scale_table(taken["loads"]),
        "peaks": scale.peak_table(taken["peaks"]),
        "scale-machine": setting(taken["machine"], taken["rounds"]),
    }
    return {name: f"\n{table}\n\n" for name, table in tables.items()}
