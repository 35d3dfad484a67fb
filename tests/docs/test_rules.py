"""Every rule of the written semantics is named by a test."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.docs.markdown import ROOT

SPEC = ROOT / "docs" / "spec"
SERIES = [
    ("graph.md", "G", range(1, 124), frozenset[int]()),
    ("graph.md", "L", range(1, 33), frozenset[int]()),
    ("graph.md", "E", range(1, 177), frozenset[int]()),
    ("execution.md", "X", range(1, 152), frozenset[int]()),
    ("execution.md", "XE", range(1, 207), frozenset({15, 16})),
    ("execution.md", "D", range(1, 14), frozenset[int]()),
    ("execution.md", "K", range(1, 37), frozenset[int]()),
]
EACH_SERIES = pytest.mark.parametrize(
    ("document", "letter", "numbers", "unused"), SERIES, ids=[series[1] for series in SERIES]
)


def numbers_in(text: str, letter: str) -> set[int]:
    return {int(number) for number in re.findall(rf"\b{letter}(\d+)\b", text)}


@cache
def ids_cited() -> frozenset[str]:
    """The ids in the names and docstrings of all test functions, upper case."""
    files = (path for path in (ROOT / "tests").rglob("test_*.py"))
    return frozenset(name for path in files for name in ids_in(path))


def ids_in(path: Path) -> Iterator[str]:
    for item in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(item, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        if item.name.startswith("test_"):
            words = item.name.upper().split("_")
            yield from (word for word in words if re.fullmatch(r"(XE|[GLEXDK])\d+", word))
            yield from re.findall(r"\b(?:XE|[GLEXDK])\d+\b", ast.get_docstring(item) or "")


@EACH_SERIES
def test_the_document_has_every_number_of_a_series(
    document: str, letter: str, numbers: range, unused: frozenset[int]
) -> None:
    found = numbers_in((SPEC / document).read_text(encoding="utf-8"), letter)
    assert found == set(numbers) - unused


@EACH_SERIES
def test_every_rule_is_named_by_a_test(
    document: str, letter: str, numbers: range, unused: frozenset[int]
) -> None:
    untested = [
        f"{letter}{number}"
        for number in sorted(numbers_in((SPEC / document).read_text(encoding="utf-8"), letter))
        if f"{letter}{number}" not in ids_cited()
    ]
    assert untested == [], f"{len(untested)} rules of {document} without a test"


def test_no_test_names_a_rule_that_does_not_exist() -> None:
    known = {
        f"{letter}{number}"
        for _, letter, numbers, unused in SERIES
        for number in numbers
        if number not in unused
    }
    assert sorted(ids_cited() - known) == []
