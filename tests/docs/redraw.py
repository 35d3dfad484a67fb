"""What is made from the tree: the README's map and generated module, and the page of problems.

`python -m tests.docs.redraw` puts them in anew.
"""

from __future__ import annotations

from hypergraph.compiler.diagnostics.catalogue import render_markdown
from tests.docs.markdown import ROOT
from tests.docs.repository_map import repository_map

PROGRAM = ROOT / "examples" / "docs_search" / "docs_search_program.py"


def redrawn(readme: str) -> str:
    """The README with the map of the tree and the generated module as they are."""
    with_map = replaced(readme, "map", repository_map())
    return replaced(with_map, "program", f"```python\n{PROGRAM.read_text(encoding='utf-8')}```\n")


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


if __name__ == "__main__":
    page = ROOT / "docs" / "diagnostics.md"
    page.write_text(render_markdown(), encoding="utf-8")
    document = ROOT / "README.md"
    document.write_text(redrawn(document.read_text(encoding="utf-8")), encoding="utf-8")
