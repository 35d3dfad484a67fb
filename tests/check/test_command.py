"""`hypergraph check`: what it prints, and its exit codes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from hypergraph.compiler.cli.main import main
from tests.artifact.workplace import RAG, ROOT, Workplace, workplace

Output = pytest.CaptureFixture[str]

STUCK = """
    from hypergraph import Graph, node

    @node(output_name="y", wait_for="z")
    def first(x): return x

    @node(output_name="z", wait_for="y")
    def second(x): return x

    graph = Graph([first, second])
"""


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Workplace]:
    """A folder of a user."""
    with workplace(tmp_path) as folder:
        yield folder


def test_a_graph_without_findings(place: Workplace, capsys: Output) -> None:
    target = f"{place.write('rag.py', RAG)}:graph"
    assert main(["check", target]) == 0
    assert capsys.readouterr().out == "Nothing to report.\n"
    assert main(["check", target, "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out) == []


def test_warnings_are_paragraphs_with_place_and_remedy(place: Workplace, capsys: Output) -> None:
    path = place.write("stuck.py", STUCK)
    assert main(["check", f"{path}:graph"]) == 1
    out, err = capsys.readouterr()
    paragraphs = out.rstrip("\n").split("\n\n")
    assert err == "" and len(paragraphs) == 3
    lines = paragraphs[0].splitlines()
    assert lines[0].startswith("warning HG501: Node 'first' can never run")
    assert lines[1] == f"  first at {path}:4"
    assert lines[2].startswith("Why: ") and lines[3].startswith("How to fix: ")


def test_findings_as_json(place: Workplace, capsys: Output) -> None:
    path = place.write("stuck.py", STUCK)
    assert main(["check", f"{path}:graph", "--format", "json"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert [one["code"] for one in found] == ["HG501", "HG501", "HG504"]
    assert set(found[1]) == {
        *("code", "level", "path", "subject", "message", "why", "fix", "file", "line")
    }
    assert (found[1]["level"], found[1]["path"], found[1]["subject"]) == ("warning", [], "second")
    assert (found[1]["file"], found[1]["line"]) == (str(path), 7)


def test_information_alone_is_no_failure(place: Workplace, capsys: Output) -> None:
    text = RAG.replace('name="rag")', 'name="rag").select("docs")')
    text = text.replace("(docs, query)", "(docs)").replace("{query}: ", "")
    assert main(["check", f"{place.write('rag.py', text)}:graph"]) == 0
    assert capsys.readouterr().out.startswith("info HG506: ")


def test_what_cannot_be_checked_is_refused(place: Workplace, capsys: Output) -> None:
    path = place.write("rag.py", RAG)
    for arguments in (
        ["check"],
        ["check", "rag"],
        ["check", f"{path}:none"],
        ["check", f"{path}:graph", "--format", "xml"],
    ):
        assert main(arguments) == 2
        out, err = capsys.readouterr()
        assert out == "" and err and "Traceback" not in err


@pytest.mark.parametrize("example", sorted((ROOT / "examples").glob("*/pipeline.py")), ids=str)
def test_the_examples_have_no_findings(example: Path, capsys: Output) -> None:
    assert main(["check", f"{example}:graph"]) == 0
    assert capsys.readouterr().out == "Nothing to report.\n"
