"""The page of problems is the catalogue."""

from __future__ import annotations

from hypergraph.compiler.diagnostics.catalogue import render_markdown
from tests.docs.markdown import ROOT


def test_the_page_of_problems_is_rendered_from_the_catalogue() -> None:
    page = (ROOT / "docs" / "diagnostics.md").read_text(encoding="utf-8")
    assert page == render_markdown(), "run: python -m tests.docs.redraw"
