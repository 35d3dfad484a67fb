"""A generated file is read from its code alone; what was not generated as it stands is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from hypergraph import read_artifact
from hypergraph.compiler.cli.main import main
from hypergraph.compiler.diagnostics.artifacts import CompileError
from hypergraph.compiler.outline.describe import edges_of
from hypergraph.runtime.verify import sealed

EXAMPLES = Path(__file__).parents[2] / "examples"
TRIAGE = EXAMPLES / "triage" / "triage_program.py"


def written(folder: Path, text: str) -> Path:
    path = folder / "program.py"
    path.write_text(text, encoding="utf-8")
    return path


def resealed(text: str) -> str:
    """The text with the hash that it would have if it had been generated so."""
    return sealed(text[: text.rindex("# End of generated code.")])


def refusal(path: Path) -> str:
    with pytest.raises(CompileError) as raised:
        read_artifact(path)
    return str(raised.value)


def test_the_plan_is_recovered_from_the_code() -> None:
    entry = read_artifact(TRIAGE).entry
    assert [one.number for one in entry.supersteps] == [1, 2, 3, 4, 5, 6]
    gates = {call.node: call.gate.targets for call in entry.calls() if call.gate is not None}
    assert gates["by_topic"] == ("answer_billing", "answer_bug", "answer_other")
    edges = edges_of(entry)
    assert ("rate", "severity", "is_urgent") in edges and (
        "input",
        "ticket",
        "open_ticket",
    ) in edges


def test_line_ends_of_a_checkout_do_not_count(tmp_path: Path) -> None:
    path = tmp_path / "program.py"
    path.write_bytes(TRIAGE.read_bytes().replace(b"\n", b"\r\n"))
    assert read_artifact(path) == read_artifact(TRIAGE)


def test_the_docstring_is_not_what_is_read(tmp_path: Path) -> None:
    text = TRIAGE.read_text(encoding="utf-8")
    lied = resealed(text.replace("superstep 2  find_words", "superstep 2  something_else"))
    assert read_artifact(written(tmp_path, lied)) == read_artifact(TRIAGE)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    assert "HG441" in refusal(tmp_path / "nothing.py")


def test_a_file_that_was_not_generated_is_refused() -> None:
    assert "HG442" in refusal(EXAMPLES / "triage" / "pipeline.py")


def test_a_file_that_was_edited_is_refused(tmp_path: Path) -> None:
    text = TRIAGE.read_text(encoding="utf-8").replace("find_words(subject, body)", "find_words(0)")
    found = refusal(written(tmp_path, text))
    assert "HG443" in found and "it was edited" in found


def test_a_file_that_no_emitter_wrote_is_refused_with_the_line(tmp_path: Path) -> None:
    text = TRIAGE.read_text(encoding="utf-8")
    odd = resealed(text.replace("    # superstep 2\n", "    # superstep 2\n    global other\n"))
    line = odd.splitlines().index("    global other") + 1
    assert f"line {line}: there should be a call" in refusal(written(tmp_path, odd))


def test_a_file_of_another_emitter_is_refused(tmp_path: Path) -> None:
    text = TRIAGE.read_text(encoding="utf-8").replace("#   emitter  1\n", "#   emitter  99\n")
    found = refusal(written(tmp_path, resealed(text)))
    assert "HG444" in found and "99" in found


def test_show_prints_what_a_file_does(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", str(EXAMPLES / "reports" / "reports_program.py")]) == 0
    assert capsys.readouterr().out.splitlines()[:5] == [
        "reports_graph(folder, pattern='*.csv') -> overview",
        "",
        "superstep 1  find_tables",
        "superstep 2  file_report for each paths (zip)",
        "superstep 3  combine",
    ]


def test_show_refuses_options_for_a_file(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", str(TRIAGE), "--mode", "sync"]) == 2
    assert "a generated file has no options" in capsys.readouterr().err
