"""How much of the runtime a file has in it, and what it loads before it has a result."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.size import chain, lines_of_code, runtime_of
from hypergraph.compiler.artifact import compile_graph
from tests.standalone.alone import FILES, ROOT, run_alone

CHAIN = "tests.standalone.chain:graph"


def test_the_runtime_of_a_plain_graph_is_short() -> None:
    assert lines_of_code(runtime_of(chain(no_main=True))) <= 250
    assert lines_of_code(runtime_of(chain())) <= 400


def test_the_runtime_of_an_example_without_loops_is_as_short() -> None:
    text = (ROOT / "examples/docs_search/docs_search_standalone.py").read_text(encoding="utf-8")
    assert lines_of_code(runtime_of(text)) <= 400


@pytest.mark.parametrize("file", [one for one in FILES if "approval" not in one.name])
def test_a_sync_program_loads_no_event_loop(file: Path, tmp_path: Path) -> None:
    code = f"import {file.stem}; print('asyncio' in sys.modules)"
    assert run_alone(file, folder=tmp_path, code=code).stdout == "False\n"


def test_a_run_loads_next_to_nothing(tmp_path: Path) -> None:
    file = tmp_path / "chain.py"
    file.write_text(compile_graph(CHAIN, standalone=True).text, encoding="utf-8")
    code = """
before = set(sys.modules)
from chain import program
assert program.run(x=3)["d"] == 5
print(sorted(set(sys.modules) - before - {"__future__", "itertools"}))
"""
    assert run_alone(file, folder=tmp_path, code=code).stdout == "['chain']\n"
