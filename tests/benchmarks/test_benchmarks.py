"""The benchmarks measure what they say: equal results, fair turns, readable tables."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from benchmarks.report import as_json, startup_table, workload_lines
from benchmarks.timing import SAMPLE_SECONDS, measure, ratio
from benchmarks.workload import load, workload_names

ROOT = Path(__file__).parents[2]


def test_every_workload_is_found_and_async_ones_come_last() -> None:
    names = workload_names()
    assert {"chain_10", "chain_100", "wide_50", "branch", "loop_1000"} < set(names)
    assert {"nested_3", "map_10000", "async_chain_10", "async_map_1000"} < set(names)
    assert [name.startswith("async") for name in names] == sorted(
        name.startswith("async") for name in names
    )


@pytest.mark.parametrize("name", workload_names())
def test_the_interpreter_comes_to_the_result_of_the_hand_written_code(name: str) -> None:
    workload = load(name)
    by_hand, interpreted = workload.module.by_hand(), workload.module.interpreted()
    if workload.is_async:

        async def both() -> tuple[object, object]:
            return await by_hand, await interpreted

        by_hand, interpreted = asyncio.run(both())
    assert by_hand == interpreted


@pytest.mark.parametrize("name", workload_names())
def test_the_runner_comes_to_the_result_of_the_hand_written_code(name: str) -> None:
    workload = load(name)
    program = type("Unused", (), {"run": None, "map": None})
    contenders = workload.contenders(program)
    runner = contenders["AsyncRunner" if workload.is_async else "SyncRunner"]()
    by_hand = workload.module.by_hand()
    if workload.is_async:

        async def both() -> tuple[object, object]:
            return await runner, await by_hand

        runner, by_hand = asyncio.run(both())
    assert runner == by_hand


def test_contenders_take_turns_and_start_each_round_with_another() -> None:
    order: list[str] = []

    def contender(name: str) -> Callable[[int], float]:
        def timed(count: int) -> float:
            order.append(name)
            return SAMPLE_SECONDS * count

        return timed

    figures = measure({name: contender(name) for name in "abc"}, rounds=3)
    assert "".join(order[-9:]) == "abcbcacab"
    assert figures == {name: [SAMPLE_SECONDS] * 3 for name in "abc"}


def test_the_ratio_is_taken_round_by_round() -> None:
    assert ratio([1.0, 20.0, 3.0], [1.0, 10.0, 1.0]) == 2.0


def test_tables_name_the_workload_once() -> None:
    lines = workload_lines("chain", {"base": [1e-6], "other": [2e-6]}, "base")
    assert lines == ["| chain | base | 1.00 µs | 1.00x |", "|  | other | 2.00 µs | 2.00x |"]
    assert "| `x` | 30.00 ms | 10.00 ms | 7 |" in startup_table(
        {"b": (0.02, 0), "x": (0.03, 7)}, "b"
    )


def test_json_has_the_spread_of_the_figures() -> None:
    assert as_json({"base": [1.0, 2.0, 4.0]}, "base") == {
        "base": {"median": 2.0, "best": 1.0, "worst": 4.0, "ratio": 1.0}
    }


def driver(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "benchmarks", *arguments], cwd=ROOT, capture_output=True, text=True
    )


@pytest.mark.slow
def test_the_driver_prints_a_table_and_writes_json(tmp_path: Path) -> None:
    done = driver("branch", "async_chain_10", "--rounds", "1", "--json", str(tmp_path / "f.json"))
    assert done.returncode == 0, done.stderr
    assert "| branch: A gate, two branches" in done.stdout
    figures = json.loads((tmp_path / "f.json").read_text())
    assert set(figures["branch"]) == {"hand-written", "interpreter", "SyncRunner", "program.run"}
    assert figures["branch"]["hand-written"]["ratio"] == 1.0


def test_an_unknown_workload_is_refused() -> None:
    done = driver("chian")
    assert done.returncode == 2 and "unknown workloads: chian" in done.stderr


@pytest.mark.slow
def test_the_driver_measures_what_starting_costs() -> None:
    done = driver("startup", "--rounds", "1")
    assert done.returncode == 0, done.stderr
    assert "import a generated module" in done.stdout
