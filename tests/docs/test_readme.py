"""What the README says of the repository is so."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.docs.markdown import ROOT, blocks_of
from tests.docs.redraw import redrawn
from tests.docs.repository_map import FOLDERS, files_of, purpose_of

README = ROOT / "README.md"
PIPELINE = ROOT / "examples" / "docs_search" / "pipeline.py"


def readme() -> str:
    return README.read_text(encoding="utf-8")


def test_the_map_and_the_generated_module_are_those_of_the_tree() -> None:
    assert readme() == redrawn(readme()), "run: python -m tests.docs.redraw"


def test_every_file_says_what_it_is_for() -> None:
    silent = [
        path.relative_to(ROOT).as_posix()
        for folder in FOLDERS
        for path in (ROOT / folder).rglob("*")
        if path.suffix in {".py", ".j2", ".md"} and path.read_bytes() and not purpose_of(path)
    ]
    assert silent == []


def test_every_folder_of_tests_is_described() -> None:
    folders = {
        path.parent.relative_to(ROOT).as_posix() for path in (ROOT / "tests").rglob("test_*.py")
    }
    assert {folder for folder in folders if f"`{folder}/`" not in readme()} == set()


def test_a_file_is_mapped_by_its_first_sentence(tmp_path: Path) -> None:
    (tmp_path / "one.py").write_text('"""First. Second."""\n')
    (tmp_path / "two.j2").write_text("{# A loop. #}\nfor\n")
    (tmp_path / "empty.py").write_text("")
    assert [purpose_of(path) for path in files_of(tmp_path)] == ["First", "A loop"]


def test_the_graph_shown_is_the_examples_own() -> None:
    shown = [block.body for block in blocks_of(readme()) if "graph = Graph(" in block.body]
    declared = PIPELINE.read_text(encoding="utf-8").partition("\ngraph = Graph(")[2]
    assert [body.partition("\ngraph = Graph(")[2] for body in shown] == [declared]


def test_files_named_in_the_text_exist() -> None:
    named = re.findall(r"\]\((?!http|#)([^)]+)\)", readme())
    assert [name for name in named if not (ROOT / name).exists()] == []


def commands() -> list[list[str]]:
    """The two commands of the README, each as its steps."""
    lines = [block.body.strip() for block in blocks_of(readme()) if block.info == "console"]
    return [line.removeprefix("$ ").split(" && ") for line in lines[:2]]


@pytest.mark.slow
def test_the_first_command_answers_the_question(tmp_path: Path) -> None:
    """All of it but making the environment, which `.ci/run` does as well."""
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    create, install, *steps = commands()[0]
    assert (create, install) == ("python -m venv .venv", ".venv/bin/pip install .")
    answer = ""
    for step in steps:
        program, *arguments = shlex.split(step)
        module = {".venv/bin/hypergraph": ["-m", "hypergraph"], ".venv/bin/python": []}[program]
        done = subprocess.run(
            [sys.executable, *module, *arguments],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stderr
        answer = done.stdout
    assert '"csv.reader(' in answer


def test_the_second_command_installs_what_the_tests_need() -> None:
    assert commands()[1] == [
        "python -m venv .venv",
        ".venv/bin/pip install -e '.[dev]'",
        ".venv/bin/python -m pytest",
    ]
