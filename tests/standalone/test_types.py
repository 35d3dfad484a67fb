"""The types of a file that stands alone, as mypy sees them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from hypergraph.compiler.artifact import compile_graph
from tests.standalone.alone import FILES, ROOT

RIGHT = """
from docs_search_standalone import docs_search
from refine_standalone import program, refine

ease, text, report = refine("In order to go.", target=50.0)
(answer,) = docs_search("join two paths", top_k=1)
count: int = len(text) + len(answer)
shown: str = program.run(text=text)["report"]
again: list[object] = [one["ease"] for one in program.map({"text": [text]}, map_over="text")]
"""
WRONG = """
from refine_standalone import refine

refine(3)
refine("a", "b")
refine("a", goal=1.0)
ease, text = refine("a")
number: int = refine("a")[1]
"""


def checked(folder: Path, *files: Path) -> str:
    """What mypy says about files, each on its own."""
    command = [sys.executable, "-m", "mypy", "--strict", "--python-version", "3.10"]
    command += ["--config-file", "", "--cache-dir", str(folder / "cache"), "--no-error-summary"]
    done = subprocess.run(
        [*command, *map(str, files)], cwd=folder, capture_output=True, text=True, timeout=170
    )
    assert done.stderr == ""
    return done.stdout


@pytest.mark.slow
def test_mypy_accepts_the_files_and_callers_and_rejects_wrong_ones(tmp_path: Path) -> None:
    for file in FILES:
        (tmp_path / file.name).write_bytes(file.read_bytes())
    (tmp_path / "right.py").write_text(RIGHT)
    (tmp_path / "wrong.py").write_text(WRONG)
    told = checked(tmp_path, *sorted(tmp_path.glob("*.py")))
    lines = [line.partition(" error: ")[0] for line in told.splitlines() if " note: " not in line]
    assert lines == [f"wrong.py:{number}:" for number in (4, 5, 6, 7, 8)], told


@pytest.mark.parametrize("file", FILES, ids=[file.stem for file in FILES])
def test_checkers_are_told_to_ignore_nothing(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert "type: ignore" not in text and "noqa" not in text


def test_an_entry_has_the_annotations_and_defaults_of_the_functions() -> None:
    text = compile_graph("examples.docs_search.pipeline:graph", standalone=True).text
    head = text[text.index("def docs_search(") : text.index("    # superstep 1")]
    assert "".join(head.split()) == (
        "defdocs_search(question:str,modules:tuple[str,...]=(),saturation:float=1.2,"
        "length_weight:float=0.75,top_k:int=3,)->tuple[list[str]]:"
    )


def test_a_class_of_the_user_is_the_one_in_the_file() -> None:
    text = (ROOT / "examples/approval/approval_standalone.py").read_text(encoding="utf-8")
    assert "draft: Draft," in text and "class Draft(TypedDict):" in text
    assert "-> tuple[str | None, Draft, str | Any]:" in text


SEVERAL = """
from hypergraph import Graph, ifelse, node

@ifelse(when_true="count", when_false="name")
def is_many(n: int) -> bool: return n > 3

@node(output_name="found")
def count(n: int) -> int: return n

@node(output_name="found")
def name(n: int) -> str: return str(n)

@node(output_name="shown")
def show(found) -> str: return repr(found)

graph = Graph([is_many, count, name, show], name="mixed")
"""


def test_a_name_with_values_of_several_types_is_any(tmp_path: Path) -> None:
    (tmp_path / "several.py").write_text(SEVERAL)
    text = compile_graph(f"{tmp_path / 'several.py'}:graph", standalone=True).text
    assert "def mixed(n: int) -> tuple[Any, str]:\n    found: Any\n" in text
