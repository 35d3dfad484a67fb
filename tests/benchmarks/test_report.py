"""The command measures what it is asked to, and prints tables that can be read."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.installed import megabytes_of
from benchmarks.report import cold_table, setting, watched_table, workload_table

ROOT = Path(__file__).parents[2]


def test_a_row_has_the_time_by_hand_and_the_ratios_to_it() -> None:
    figures = {
        "chain-10": {
            "hand_written": {"median": 1e-6, "ratio": 1.0},
            "product_runner": {"median": 2e-6, "ratio": 2.0},
            "dask": {"median": 1e-3, "ratio": 1000.4},
        },
        "branch": {
            "hand_written": {"median": 1e-3, "ratio": 1.0},
            "product_runner": {"median": 2e-3, "ratio": 2.0},
        },
    }
    assert workload_table(figures).splitlines() == [
        "|  | by hand | runner | dask.delayed |",
        "|---|--:|--:|--:|",
        "| chain-10: 10 nodes in a row | 1.00 µs | 2.00 | 1,000 |",
        "| branch: a gate, one of two branches, a join | 1.00 ms | 2.00 | \N{EN DASH} |",
    ]


def test_starting_is_reported_with_what_is_known() -> None:
    known = {"median": 0.02, "ratio": 1.0, "modules": 3, "peak": 9.6, "installed": 0.0}
    unknown = {"median": 0.04, "ratio": 2.0, "modules": 7}
    rows = cold_table({"hand_written": known, "burr": unknown}).splitlines()[2:]
    assert rows == [
        "| by hand | 20.00 ms | 1.00 | 3 | 10 MB | 0 MB |",
        "| burr | 40.00 ms | 2.00 | 7 | \N{EN DASH} | \N{EN DASH} |",
    ]


def test_being_watched_is_reported_per_node() -> None:
    figures = {"told": {"by hand": {"median": 3e-6}, "product": {"median": 4e-6, "ratio": 1.25}}}
    assert watched_table(figures).splitlines()[2:] == [
        "| two events of a node, told to a processor that does nothing | 3.00 µs | 1.25 |",
    ]


def test_the_setting_names_versions_and_machine() -> None:
    machine = {
        "python": "CPython 3.12.1",
        "system": "Linux on x86_64",
        "processor": "Some CPU",
        "cores": 2,
        "libraries": {"dask": "2026.8.0"},
    }
    assert setting(machine, 9) == (
        "CPython 3.12.1, Linux on x86_64, Some CPU, 2 cores. "
        "Medians of up to 9 interleaved rounds. Versions: dask 2026.8.0."
    )


def test_what_is_installed_counts_the_requirements() -> None:
    alone, with_others = megabytes_of("click"), megabytes_of("black")
    assert alone is not None and with_others is not None and 0 < alone < with_others
    assert megabytes_of("no-such-distribution") is None


def command(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "benchmarks", *arguments], cwd=ROOT, capture_output=True, text=True
    )


@pytest.mark.slow
def test_the_command_prints_tables_and_writes_json(tmp_path: Path) -> None:
    path = tmp_path / "figures.json"
    names = ["naive_loop", "product_runner", "product_module"]
    done = command(
        "branch", "async-50", "cold", "--rounds", "1", "--json", str(path), "--only", *names
    )
    assert done.returncode == 0, done.stderr
    assert "| branch: a gate, one of two branches, a join | " in done.stdout
    figures = json.loads(path.read_text(encoding="utf-8"))
    everyone = {"hand_written", *names}
    assert set(figures["workloads"]) == {"branch", "async-50"}
    assert all(set(taken) == everyone for taken in figures["workloads"].values())
    assert figures["workloads"]["branch"]["hand_written"]["ratio"] == 1.0
    assert set(figures["cold"]) == everyone and figures["cold"]["product_module"]["modules"] > 1
    assert figures["machine"]["python"] in done.stdout


def test_an_unknown_name_is_refused() -> None:
    done = command("chian")
    assert done.returncode == 2 and "unknown names: chian" in done.stderr
