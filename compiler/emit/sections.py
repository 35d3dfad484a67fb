"""The parts of a file that stands alone, in the order in which a reviewer meets them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from hypergraph.compiler.emit.fragments import Code, Fragment, comment
from hypergraph.compiler.link.inline.inlining import Block
from hypergraph.compiler.link.inline.owned import of_runtime

WIDTH = 100
SIGNS = "What stands for the lack of a value"
FIRST = "What the functions build on, from the runtime of hypergraph"
GRAPH = "What the graph does"
RUNTIME = "What the program runs on, from the runtime of hypergraph"
SENTINELS = "hypergraph.runtime.sentinels"
_RULES = re.compile(r" ?\((?:section [0-9.]+|[XKGDL]\d+)(?:(?:, | and | to |-)[XKGDL]\d+)*\)")


@dataclass(frozen=True)
class Section:
    """A heading and what stands under it; ``written`` are definitions as somebody wrote them."""

    title: Code
    blocks: tuple[Fragment, ...]
    written: bool


def sections_of(graph: Sequence[Fragment], inlined: Iterable[Block]) -> list[Section]:
    """What the graph does, then what it calls, then what the program runs on.

    Functions find what they call when they are called, so the order is free but for what must be
    there before: values that stand for the lack of one, and what code of the user derives from.
    """
    blocks = list(inlined)
    own = [one for one in blocks if not of_runtime(one.module)]
    signs = [one for one in blocks if one.module == SENTINELS]
    runtime = [one for one in blocks if of_runtime(one.module) and one.module != SENTINELS]
    first = [one for one in runtime if one.first]
    named = [
        (SIGNS, _runtime_texts(signs)),
        (FIRST, _runtime_texts(first)),
        (GRAPH, list(graph)),
        ("What it calls, as it was written", [_own_text(one) for one in own]),
        (RUNTIME, _runtime_texts(one for one in runtime if not one.first)),
    ]
    return [Section(_title(title), tuple(texts), title != GRAPH) for title, texts in named if texts]


def _title(words: str) -> Code:
    return comment(f"-- {words} ".ljust(WIDTH - 2, "-"))


def _own_text(block: Block) -> Fragment:
    if not block.place:
        return Code(block.text)
    return Code(f"{comment(block.place).text}\n{block.text}")


def _runtime_texts(blocks: Iterable[Block]) -> list[Fragment]:
    """Definitions of the runtime; constants that follow each other there stand together."""
    texts: list[Fragment] = []
    for (_, are_constants), group in groupby(blocks, lambda one: (one.module, _is_constant(one))):
        told = [brief(one.text) for one in group]
        texts += map(Code, ["\n".join(told)] if are_constants else told)
    return texts


def _is_constant(block: Block) -> bool:
    return isinstance(ast.parse(block.text).body[0], (ast.Assign, ast.AnnAssign))


def brief(text: str) -> str:
    """A definition of the runtime with the first lines of its docstrings only.

    >>> print(brief("class A:\\n    '''Say what (X1).\\n\\n    And why.\\n    '''"))
    class A:
        \"\"\"Say what.\"\"\"
    """
    lines = text.split("\n")
    for node in sorted(_docstrings(ast.parse(text)), key=lambda one: -one.lineno):
        first = _RULES.sub("", str(node.value).split("\n")[0])
        lines[node.lineno - 1 : node.end_lineno] = [f'{" " * node.col_offset}"""{first}"""']
    return "\n".join(lines)


def _docstrings(tree: ast.Module) -> Iterator[ast.Constant]:
    """The docstrings of everything in a definition."""
    for item in ast.walk(tree):
        if isinstance(item, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            first = item.body[0]
            if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
                yield first.value
