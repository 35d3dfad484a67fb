"""The same graph gives the same bytes, whatever the process that compiles it is like."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from hypergraph.compiler.artifact import compile_graph
from tests.artifact.workplace import ROOT, Workplace

TARGETS = [
    "examples/triage/pipeline.py:graph",
    "examples/reports/pipeline.py:graph",
    "examples/approval/pipeline.py:graph",
    "tests/emit/worst_names.py:graph",
]


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    return {target: compile_graph(str(ROOT / target)).text for target in TARGETS}


@pytest.mark.parametrize("seed", ["0", "1", "2", "random"])
def test_the_hash_seed_does_not_matter(texts: dict[str, str], seed: str) -> None:
    script = (
        "import sys\n"
        "from hypergraph import compile_graph\n"
        "for target in sys.argv[1:]: print(compile_graph(target).text, end='\\0')\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, *TARGETS],
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert done.stdout.split("\0")[:-1] == list(texts.values())


@pytest.mark.parametrize("flag", ["-O", "-OO"])
def test_optimisation_does_not_matter(texts: dict[str, str], place: Workplace, flag: str) -> None:
    done = place.run(flag, "-m", "hypergraph", "compile", str(ROOT / TARGETS[0]), cwd=ROOT)
    assert (done.returncode, done.stdout) == (0, texts[TARGETS[0]])


def test_the_working_directory_does_not_matter(texts: dict[str, str], place: Workplace) -> None:
    target = str(ROOT / TARGETS[1])
    done = place.run("-m", "hypergraph", "compile", target, cwd=place.folder)
    assert (done.returncode, done.stdout) == (0, texts[TARGETS[1]])
    relative = os.path.relpath(ROOT / "examples" / "reports", place.folder)
    from_above = place.run("-m", "hypergraph", "compile", f"{relative}/pipeline.py:graph")
    assert from_above.stdout == texts[TARGETS[1]]


def test_the_machine_does_not_matter(place: Workplace) -> None:
    """The same files under another path give the same bytes."""
    source = (ROOT / "examples" / "refine" / "pipeline.py").read_text(encoding="utf-8")
    first = place.compile(source, "here/text.py").text
    script = (
        "import sys\nfrom hypergraph import compile_graph\nprint(compile_graph(sys.argv[1]).text)"
    )
    path = place.write("there/deep/text.py", source)
    done = place.run("-c", script, f"{path}:graph")
    assert done.stdout == first + "\n"
    assert str(place.folder) not in first


def test_line_endings_of_a_checkout_do_not_matter(place: Workplace) -> None:
    source = (ROOT / "examples" / "refine" / "pipeline.py").read_text(encoding="utf-8")
    first = place.compile(source, "one/text.py").text
    path: Path = place.write("two/text.py", source)
    path.write_bytes(source.replace("\n", "\r\n").encode())
    done = place.run("-m", "hypergraph", "compile", f"{path}:graph")
    assert done.stdout == first
