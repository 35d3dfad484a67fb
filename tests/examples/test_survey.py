"""The survey example measures real files once, and shows how far it is."""

from __future__ import annotations

import asyncio
import io
from pathlib import Path

import pytest

from examples.survey.main import main, survey
from examples.survey.pipeline import functions_in, graph
from hypergraph import AsyncRunner, InMemoryCache, TextProgressProcessor, TimelineProcessor

SIMPLE = "def simple(x):\n    return x\n"
BRANCHING = "def branching(x):\n    if x and x > 1:\n        return [y for y in x]\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two files of Python, and one of something else."""
    sources = tmp_path / "sources"
    sources.mkdir()
    for name, text in {"a.py": SIMPLE, "b.py": BRANCHING, "c.py": "def ("}.items():
        (sources / name).write_text(text, encoding="utf-8")
    return sources


def test_functions_are_ranked_by_how_often_they_branch(folder: Path) -> None:
    result = asyncio.run(AsyncRunner().run(graph, folder=str(folder)))
    assert result["table"].splitlines() == [
        "branches  lines  function",
        "       3      3  branching  b.py:1",
        "       0      2  simple  a.py:1",
        "not Python: c.py",
    ]


def test_a_function_inside_another_is_one_of_its_own() -> None:
    found = functions_in("def outer():\n    def inner():\n        if 1: pass\n    return inner\n")
    assert [(one.name, one.branches) for one in found] == [("outer", 1), ("inner", 1)]


def test_a_second_survey_measures_what_changed(folder: Path) -> None:
    cache, log = InMemoryCache(), io.StringIO()
    took = []
    for text in (SIMPLE, SIMPLE, SIMPLE + SIMPLE):
        (folder / "a.py").write_text(text, encoding="utf-8")
        shown = TextProgressProcessor(stream=log)
        _, counter = asyncio.run(survey(str(folder), "*.py", cache, TimelineProcessor(), shown))
        took.append((counter.done, counter.known))
    assert took == [(2, 0), (2, 2), (2, 1)]
    assert "survey" in log.getvalue()


def test_the_command_shows_progress_and_draws_a_picture(
    folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main([str(folder)]) == 0
    printed = capsys.readouterr().out.splitlines()
    assert printed.count("✓ survey completed!") == 2
    assert "first: 2 measured, 0 known; see survey.html" in printed
    assert "again: 0 measured, 2 known; see survey.html" in printed
    picture = (tmp_path / "survey.html").read_text(encoding="utf-8")
    assert "from the cache" in picture and "measure" in picture


def test_the_command_says_how_it_is_used(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    assert "FOLDER" in capsys.readouterr().err
