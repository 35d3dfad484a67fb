"""Reading the project's Markdown: its files, and the fenced blocks in them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]

_BLOCK = re.compile(r"^```(?P<info>[^\n`]*)\n(?P<body>.*?)^```[ ]*$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Block:
    """One fenced block: what stands behind the fence, its text, and the line the text starts on."""

    info: str
    body: str
    line: int


def blocks_of(text: str) -> list[Block]:
    """The fenced blocks of a document, in order.

    >>> blocks_of("a\\n```python\\nx = 1\\n```\\n")
    [Block(info='python', body='x = 1\\n', line=3)]
    """
    return [
        Block(found["info"].strip(), found["body"], text.count("\n", 0, found.start("body")) + 1)
        for found in _BLOCK.finditer(text)
    ]


def name_of(document: Path) -> str:
    """What a test calls a document."""
    return document.relative_to(ROOT).as_posix()
