"""The programs committed beside the examples: today's compiler writes the same, and they run."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from hypergraph.compiler.artifact import compile_target
from hypergraph.compiler.build import outputs_of
from hypergraph.compiler.emit.header import read_header
from hypergraph.compiler.rebuild import parsed_rebuild
from hypergraph.compiler.target import load_target
from tests.artifact.rebuild import PROJECT
from tests.artifact.workplace import ROOT

PROGRAMS = [one.output for one in PROJECT.programs]

NOTICE = "In order to commence the modification, individuals must utilize it."
DRAFT = {"title": "Lunch", "lines": ["It is ready."], "revision": 1, "remark": "first draft"}


def run(module: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run an example's program as a process."""
    return subprocess.run(
        [sys.executable, "-W", "error", "-m", f"examples.{module}", *arguments],
        cwd=ROOT,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        timeout=60,
    )


def test_every_example_has_its_program() -> None:
    names = [Path(path).stem for path in PROGRAMS if path.startswith("examples/")]
    assert names == [
        "approval_program",
        "approval_standalone",
        "docs_search_async_program",
        "docs_search_program",
        "docs_search_standalone",
        "refine_program",
        "refine_standalone",
        "reports_program",
        "reports_standalone",
        "survey_program",
        "triage_program",
        "triage_standalone",
    ]


def test_the_compiler_writes_what_is_committed() -> None:
    """If that is meant: `python -m tests.artifact.rebuild`, and read the diff."""
    found = {one.path: one.state for one in outputs_of(PROJECT)}
    assert found == dict.fromkeys(PROGRAMS, "up to date")


@pytest.mark.parametrize("path", PROGRAMS)
def test_the_command_in_the_header_makes_the_same_file(path: str) -> None:
    committed = (ROOT / path).read_text(encoding="utf-8")
    header = read_header(committed)
    assert header is not None
    made = parsed_rebuild(header.rebuild)
    assert made.output == path
    assert (
        compile_target(load_target(made.target, ROOT), made.options, ROOT / path).text == committed
    )


@pytest.mark.parametrize("module", ["docs_search_program", "docs_search_async_program"])
def test_docs_search_answers(module: str) -> None:
    done = run(f"docs_search.{module}", "question=join two paths", "top_k=1")
    assert (done.returncode, done.stderr) == (0, "")
    (line,) = json.loads(done.stdout)["answer"]
    assert line.startswith("os.path.join(")


def test_reports_reads_a_folder() -> None:
    done = run("reports.reports_program", "folder=examples/reports/data")
    assert (done.returncode, done.stderr) == (0, "")
    overview = json.loads(done.stdout)["overview"].splitlines()
    assert overview[0] == "harvest.csv: 4 rows"
    assert overview[-1] == "not readable: visitors.csv"


def test_triage_answers_a_ticket() -> None:
    done = run("triage.triage_program", "ticket=Refund!\nI was charged twice today.")
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout) == {
        "reply": "Re: Refund!\nWe are checking your bill.\nYou will hear from us within one day.",
        "notes": [],
    }


def test_refine_edits_a_text() -> None:
    done = run("refine.refine_program", f"text={NOTICE}", "--select", "text")
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["text"].startswith("To start the change, people must")


def test_approval_pauses_and_goes_on_in_another_process() -> None:
    draft = json.dumps(DRAFT)
    first = run("approval.approval_program", f"draft={draft}")
    assert first.returncode == 3
    pause = json.loads(first.stdout)["pause"]
    assert pause == {"node": "sign_off", "value": DRAFT, "resume_with": {"verdict": "verdict"}}
    values = json.dumps({"draft": pause["value"], pause["resume_with"]["verdict"]: "yes"})
    second = run("approval.approval_program", "--values", values)
    assert (second.returncode, second.stderr) == (0, "")
    assert json.loads(second.stdout)["notice"] == "Lunch\n=====\nIt is ready."
