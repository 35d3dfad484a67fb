"""Summarise every CSV file of a folder, then the folder.

The graph of one file is nested in the graph of the folder and mapped over the paths found there.
A file that cannot be read fails alone: its place in the list is empty and the overview says so.
Try it on the folder `data` next to this module.
"""

from __future__ import annotations

import csv
import statistics
from pathlib import Path
from typing import TypedDict

from hypergraph import Graph, node


class Summary(TypedDict):
    """The numbers of one column."""

    column: str
    count: int
    low: float
    high: float
    mean: float
    median: float


@node(output_name=("header", "rows"))
def read_table(path: str) -> tuple[list[str], list[list[str]]]:
    """The header and the rows of a CSV file; a row of another length is an error."""
    with open(path, newline="", encoding="utf-8") as file:
        header, *rows = list(csv.reader(file))
    for number, row in enumerate(rows, start=2):
        if len(row) != len(header):
            raise ValueError(f"line {number} has {len(row)} fields, the header has {len(header)}")
    return header, rows


@node(output_name="numbers")
def find_numbers(header: list[str], rows: list[list[str]]) -> dict[str, list[float]]:
    """The columns that hold nothing but numbers and blanks, without the blanks."""
    columns = {}
    for place, name in enumerate(header):
        cells = [row[place].strip() for row in rows if row[place].strip()]
        if cells and all(map(is_number, cells)):
            columns[name] = [float(cell) for cell in cells]
    return columns


@node(output_name="summaries")
def summarise(numbers: dict[str, list[float]]) -> list[Summary]:
    """Range, mean and median of each column of numbers."""
    return [
        Summary(
            column=name,
            count=len(values),
            low=min(values),
            high=max(values),
            mean=round(statistics.fmean(values), 3),
            median=round(statistics.median(values), 3),
        )
        for name, values in numbers.items()
    ]


@node(output_name="report")
def describe(path: str, rows: list[list[str]], summaries: list[Summary]) -> str:
    """One file's report: a line for the file and one for each column of numbers."""
    lines = [f"{Path(path).name}: {len(rows)} rows"]
    for one in summaries:
        spread = f"{one['low']:g} to {one['high']:g}"
        lines.append(f"  {one['column']}: {spread}, mean {one['mean']:g}, median {one['median']:g}")
    return "\n".join(lines)


@node(output_name="paths")
def find_tables(folder: str, pattern: str = "*.csv") -> list[str]:
    """The matching files of a folder, by name."""
    return sorted(path.as_posix() for path in Path(folder).glob(pattern))


@node(output_name="overview")
def combine(paths: list[str], reports: list[str | None]) -> str:
    """All reports under one another; files without one are listed at the end."""
    unread = [Path(path).name for path, one in zip(paths, reports, strict=True) if one is None]
    parts = [one for one in reports if one is not None]
    if unread:
        parts.append(f"not readable: {', '.join(unread)}")
    return "\n".join(parts) if parts else "no files"


def is_number(cell: str) -> bool:
    """Whether Python reads this as a number."""
    try:
        float(cell)
    except ValueError:
        return False
    return True


file_report = Graph([read_table, find_numbers, summarise, describe], name="file_report").select(
    "report"
)
every_file = (
    file_report.as_node()
    .with_inputs(path="paths")
    .with_outputs(report="reports")
    .map_over("paths", error_handling="continue")
)

graph = Graph([find_tables, every_file, combine], name="reports").select("overview")
