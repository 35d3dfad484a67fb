"""Programs and the installed runtime fit each other, or say which of the two is older."""

from __future__ import annotations

import sys

import pytest

from hypergraph.runtime import EPOCH, preflight
from hypergraph.runtime.misfit import misfit
from tests.artifact.workplace import RAG, Workplace


def test_a_program_says_which_runtime_it_was_generated_for(place: Workplace) -> None:
    assert f"\npreflight(__name__, runtime={EPOCH})" in place.compile(RAG).text


@pytest.mark.parametrize(
    ("epoch", "advice"),
    [
        (EPOCH + 1, "update hypergraph, or rebuild the program with the installed hypergraph"),
        (EPOCH - 1, "How to fix: rebuild the program with the installed hypergraph"),
    ],
)
def test_a_misfit_is_told_before_anything_is_imported(
    place: Workplace, epoch: int, advice: str
) -> None:
    """Whatever else the program would import does not exist in the other epoch."""
    artifact = place.compile(RAG, output=str(place.folder / "rag_program.py"))
    text = artifact.text.replace(f"runtime={EPOCH})", f"runtime={epoch})")
    place.write("rag_program.py", text.replace("import Inputs, Program", "import Unheard"))
    done = place.run("-c", "import rag_program")
    assert done.returncode == 1
    told = done.stderr.partition("ImportError: ")[2]
    assert told.startswith(f"rag_program.py was generated for runtime epoch {epoch}, ")
    assert f"installed hypergraph has epoch {EPOCH}.\n" in told and advice in told
    assert told.endswith(": hypergraph compile rag.py:graph --mode sync -o rag_program.py\n")


@pytest.mark.parametrize("file", [None, "/nowhere/program.py", __file__])
def test_a_file_without_a_header_names_no_command(file: str | None) -> None:
    assert str(misfit(2, 1, file)).endswith(": hypergraph compile ...")


def test_the_check_loads_nothing() -> None:
    before = set(sys.modules)
    preflight("program", runtime=EPOCH)
    assert set(sys.modules) == before
