"""``hypergraph prove``: a graph is proved without calling its functions."""

from __future__ import annotations

import pytest

from hypergraph.compiler.cli.main import main
from tests.artifact.workplace import Workplace

Output = pytest.CaptureFixture[str]

DANGEROUS = """
    from hypergraph import END, Graph, node, route
    from pathlib import Path

    @node(output_name="draft")
    def write(topic, draft):
        Path("called").touch()
        return draft + topic

    @route(["write", END])
    def enough(draft):
        Path("called").touch()
        return END

    graph = Graph([write, enough], name="writing")
"""


def test_prove_compares_every_engine_and_calls_no_function(
    place: Workplace, capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = f"{place.write('writing.py', DANGEROUS)}:graph"
    monkeypatch.chdir(place.folder)
    assert main(["prove", target, "--cases", "6"]) == 0
    out, err = capsys.readouterr()
    assert err == "" and out.startswith("6 cases: ")
    assert all(f"{engine} " in out for engine in ("sequential", "interleaved 0", "imported"))
    assert not (place.folder / "called").exists()


@pytest.mark.slow
def test_prove_draws_the_same_cases_for_the_same_seed(place: Workplace, capsys: Output) -> None:
    target = f"{place.write('writing.py', DANGEROUS)}:graph"
    runs = []
    for seed in ("1", "1", "2"):
        assert main(["prove", target, "--cases", "3", "--seed", seed]) == 0
        runs.append(capsys.readouterr().out)
    assert runs[0] == runs[1] != runs[2]


def test_prove_refuses_what_is_no_graph(place: Workplace, capsys: Output) -> None:
    assert main(["prove", f"{place.write('writing.py', DANGEROUS)}:write"]) == 2
    assert "HG40" in capsys.readouterr().err


def test_prove_says_what_to_install(
    place: Workplace, capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hypergraph.compiler.cli.prove.find_spec", lambda name: None)
    assert main(["prove", f"{place.write('writing.py', DANGEROUS)}:graph"]) == 2
    err = capsys.readouterr().err
    assert "needs the extra prove" in err and "pip install" in err and "HG450" in err
