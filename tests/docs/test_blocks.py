"""Every Python block of the documentation runs, block after block, one namespace for each file."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from types import ModuleType

import pytest

from tests.docs.markdown import DOCUMENTS, ROOT, blocks_of, name_of

# This page starts pools and a cluster.
SLOW = {ROOT / "docs" / "scale.md": pytest.mark.slow}
PAGES = [
    pytest.param(document, marks=SLOW.get(document, ()), id=name_of(document))
    for document in DOCUMENTS
]


@pytest.mark.parametrize("document", PAGES)
def test_every_python_block_runs(
    document: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    module = ModuleType(re.sub(r"\W", "_", name_of(document)))
    module.__file__ = str(document)
    monkeypatch.setitem(sys.modules, module.__name__, module)
    monkeypatch.chdir(tmp_path)
    for block in blocks_of(document.read_text(encoding="utf-8")):
        if block.info == "python":
            # Blank lines in front make tracebacks and inspect point into the document itself.
            padded = "\n" * (block.line - 1) + block.body
            exec(compile(padded, str(document), "exec", dont_inherit=True), vars(module))


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_no_python_block_escapes_by_its_label(document: Path) -> None:
    labels = {block.info for block in blocks_of(document.read_text(encoding="utf-8"))}
    assert {label for label in labels if re.match(r"py|pycon", label)} <= {"python"}


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_every_fence_is_closed(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    fences = [line for line in text.splitlines() if line.lstrip().startswith("```")]
    assert len(fences) == 2 * len(blocks_of(text))
