"""What is made from the tree: parts of the README, the page of problems, and tables of figures.

`python -m tests.docs.redraw` puts them in anew.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from hypergraph.compiler.diagnostics.catalogue import render_markdown
from tests.docs.figures import figures, parts, scale_parts
from tests.docs.markdown import ROOT
from tests.docs.repository_map import repository_map

PROGRAM = ROOT / "examples" / "docs_search" / "docs_search_program.py"


def redrawn(readme: str) -> str:
    """The README with the map of the tree, the generated module and the figures as they are."""
    drawn = {
        "map": repository_map(),
        "workloads": parts(figures())["workloads"],
        "program": f"```python\n{PROGRAM.read_text(encoding='utf-8')}```\n",
    }
    for part, content in drawn.items():
        readme = replaced(readme, part, content)
    return readme


def with_figures(page: str) -> str:
    """The page on performance with the figures that were last taken."""
    for part, table in parts(figures()).items():
        page = replaced(page, part, table)
    return page


def with_scale(page: str) -> str:
    """The page on scale with the figures that were last taken."""
    for part, table in scale_parts().items():
        page = replaced(page, part, table)
    return page


def replaced(text: str, part: str, content: str) -> str:
    """The text with other content between the comments that mark a part.

    >>> print(replaced("<!-- x begins -->\\nold\\n<!-- x ends -->", "x", "new\\n"))
    <!-- x begins -->
    new
    <!-- x ends -->
    """
    begin, end = f"<!-- {part} begins -->\n", f"<!-- {part} ends -->"
    head, found, rest = text.partition(begin)
    assert found and end in rest, f"no part '{part}'"
    return head + begin + content + end + rest.partition(end)[2]


def redraw(path: Path, text: Callable[[str], str]) -> None:
    """Write a document anew from what it was."""
    path.write_text(text(path.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    redraw(ROOT / "docs" / "diagnostics.md", lambda page: render_markdown())
    redraw(ROOT / "docs" / "performance.md", with_figures)
    redraw(ROOT / "docs" / "scale.md", with_scale)
    redraw(ROOT / "README.md", redrawn)
