"""Survey the Python files of a folder: which functions are long, and which branch a lot.

Files are read and measured side by side. What a file was measured to be depends on its text alone,
so a runner with a cache measures only files that it has not seen before.
"""

from __future__ import annotations

import ast
import asyncio
from pathlib import Path
from typing import NamedTuple

from hypergraph import Graph, node

BRANCHES = (ast.If, ast.For, ast.While, ast.ExceptHandler, ast.BoolOp, ast.IfExp, ast.comprehension)


class Measured(NamedTuple):
    """One function of a file."""

    name: str
    line: int
    length: int
    branches: int


@node(output_name="paths")
def find_sources(folder: str, pattern: str = "*.py") -> list[str]:
    """The matching files of a folder, by name."""
    return sorted(path.as_posix() for path in Path(folder).glob(pattern) if path.is_file())


@node(output_name="text")
async def read_source(path: str) -> str:
    """The text of a file; bytes that are not UTF-8 do not stop a survey."""
    return await asyncio.to_thread(Path(path).read_text, encoding="utf-8", errors="replace")


@node(output_name="functions", cache=True)
async def measure(text: str) -> list[Measured]:
    """Every function of a source text; it is in nobody's way while it is being parsed."""
    return await asyncio.to_thread(functions_in, text)


@node(output_name="table")
def rank(paths: list[str], functions: list[list[Measured] | None], top: int = 10) -> str:
    """The functions with most branches, longer ones first among equals."""
    found = [
        (one, Path(path).name)
        for path, listed in zip(paths, functions, strict=True)
        for one in listed or []
    ]
    found.sort(key=lambda pair: (-pair[0].branches, -pair[0].length, pair[1], pair[0].line))
    lines = [f"{'branches':>8}  {'lines':>5}  function"]
    for one, file in found[:top]:
        lines.append(f"{one.branches:>8}  {one.length:>5}  {one.name}  {file}:{one.line}")
    unread = [Path(path).name for path, one in zip(paths, functions, strict=True) if one is None]
    if unread:
        lines.append(f"not Python: {', '.join(unread)}")
    return "\n".join(lines)


def functions_in(text: str) -> list[Measured]:
    """The functions of a source text, with how often each branches."""
    nodes = [
        one
        for one in ast.walk(ast.parse(text))
        if isinstance(one, (ast.FunctionDef, ast.AsyncFunctionDef))
    ]
    return [
        Measured(
            one.name,
            one.lineno,
            (one.end_lineno or one.lineno) - one.lineno + 1,
            sum(isinstance(inner, BRANCHES) for inner in ast.walk(one)),
        )
        for one in nodes
    ]


one_file = Graph([read_source, measure], name="file").select("functions")
graph = Graph(
    [
        find_sources,
        one_file.as_node().with_inputs(path="paths").map_over("paths", error_handling="continue"),
        rank,
    ],
    name="survey",
).select("table")
