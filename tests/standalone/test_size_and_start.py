"""How much of the runtime a file has in it, and what it loads before it has a result."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from hypergraph.compiler.artifact import compile_graph
from tests.standalone.alone import FILES, run_alone

CHAIN = "tests.standalone.chain:graph"
HEADING = "# -- What the program runs on"
SLOW = ("asyncio", "dataclasses", "enum", "inspect", "json", "logging", "pathlib", "re", "typing")


def lines_of_code(text: str) -> int:
    """Lines without blank ones, comments and docstrings."""
    tree = ast.parse(text)
    told: set[int] = set()
    for item in ast.walk(tree):
        first = item.body[0] if isinstance(item, (ast.FunctionDef, ast.ClassDef)) else None
        if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
            told.update(range(first.lineno, (first.end_lineno or 0) + 1))
    lines = enumerate(text.splitlines(), start=1)
    return sum(
        1
        for number, line in lines
        if line.strip() and not line.strip().startswith("#") and number not in told
    )


def runtime_of(text: str) -> str:
    """What stands between the user's functions and the program."""
    _, _, rest = text.partition(HEADING)
    return rest.partition("\n")[2].partition("\nprogram = Program(")[0]


def test_the_runtime_of_a_plain_graph_is_short() -> None:
    without = compile_graph(CHAIN, standalone=True, no_main=True).text
    assert lines_of_code(runtime_of(without)) <= 300
    with_main = compile_graph(CHAIN, standalone=True).text
    assert lines_of_code(runtime_of(with_main)) <= 540


@pytest.mark.parametrize("file", [one for one in FILES if "approval" not in one.name])
def test_a_sync_program_loads_no_event_loop(file: Path, tmp_path: Path) -> None:
    code = f"import {file.stem}; print('asyncio' in sys.modules)"
    assert run_alone(file, folder=tmp_path, code=code).stdout == "False\n"


def test_a_run_loads_nothing_that_is_slow_to_load(tmp_path: Path) -> None:
    file = tmp_path / "chain.py"
    file.write_text(compile_graph(CHAIN, standalone=True).text, encoding="utf-8")
    code = f"""
before = set(sys.modules)
from chain import program
assert program.run(x=3)["d"] == 5
print(sorted((set(sys.modules) - before) & {set(SLOW)!r}))
"""
    assert run_alone(file, folder=tmp_path, code=code).stdout == "[]\n"
