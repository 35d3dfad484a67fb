"""The faults still are faults of this source, and the page tells of a test for each."""

from __future__ import annotations

import ast
import re
import subprocess
import sys

import pytest

from tests.mutants.__main__ import ROOT, told
from tests.mutants.catalogue import MUTANTS, Mutant
from tests.mutants.switched import mutated_source

NAMES = [mutant.name for mutant in MUTANTS]


def test_there_are_thirty_faults_or_more_each_with_a_name_of_its_own() -> None:
    assert len(NAMES) == len(set(NAMES)) >= 30


@pytest.mark.parametrize("mutant", MUTANTS, ids=NAMES)
def test_every_fault_applies_and_leaves_python(mutant: Mutant) -> None:
    _, text = mutated_source(mutant)
    ast.parse(text)


def test_the_page_tells_who_notices_each_fault() -> None:
    rows = told()
    assert list(rows) == NAMES
    for killer in rows.values():
        path, _, name = killer.partition("::")
        assert not name or f"def {name}(" in (ROOT / path).read_text(encoding="utf-8"), killer


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES[::15])
def test_a_fault_is_noticed(name: str) -> None:
    command = [sys.executable, "-m", "tests.mutants.switched", name, told()[name]]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert re.search(r"^first failure: \S", done.stdout, re.MULTILINE), done.stdout + done.stderr
