"""The reports example summarises real files, one nested run for each."""

from __future__ import annotations

from pathlib import Path

import pytest

from examples.reports.pipeline import combine, file_report, find_numbers, graph, read_table
from hypergraph import SyncRunner

DATA = Path(__file__).parents[2] / "examples" / "reports" / "data"


def test_every_file_of_the_folder_is_reported() -> None:
    overview = SyncRunner().run(graph, folder=str(DATA))["overview"]
    assert overview.splitlines() == [
        "harvest.csv: 4 rows",
        "  hectares: 3.5 to 12.5, mean 8.062, median 8.125",
        "  tonnes: 40.6 to 88.1, mean 63.3, median 61.2",
        "rainfall.csv: 6 rows",
        "  millimetres: 38 to 61, mean 49, median 50",
        "  wet_days: 9 to 14, mean 11, median 10.5",
        "not readable: visitors.csv",
    ]


def test_one_file_can_be_reported_alone() -> None:
    report = SyncRunner().run(file_report, path=str(DATA / "rainfall.csv"))["report"]
    assert report.startswith("rainfall.csv: 6 rows\n  millimetres")


def test_a_pattern_narrows_the_files() -> None:
    overview = SyncRunner().run(graph, folder=str(DATA), pattern="rain*.csv")["overview"]
    assert overview.startswith("rainfall.csv") and "harvest" not in overview


def test_an_empty_folder_has_an_overview_too(tmp_path: Path) -> None:
    assert SyncRunner().run(graph, folder=str(tmp_path))["overview"] == "no files"


def test_a_row_of_another_length_names_its_line() -> None:
    with pytest.raises(ValueError, match="line 3 has 4 fields, the header has 3"):
        read_table(str(DATA / "visitors.csv"))


def test_columns_with_words_are_not_numbers() -> None:
    rows = [["a", "1"], ["2", " 3 "], ["4", ""]]
    assert find_numbers(["mixed", "plain"], rows) == {"plain": [1.0, 3.0]}


def test_unreadable_files_are_listed_last() -> None:
    assert combine(["x/a.csv", "x/b.csv"], [None, "b"]) == "b\nnot readable: a.csv"
