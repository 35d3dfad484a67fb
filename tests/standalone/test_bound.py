"""Bound objects in a file that stands alone: defined after the graph, there when it is called."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from hypergraph.compiler.artifact import compile_graph
from tests.artifact.workplace import workplace

BOUND = """
    from hypergraph import Graph, node

    class Config:
        def __init__(self):
            self.k = 3

    CONFIG = Config()

    @node(output_name="y")
    def add(x, numbers, config):
        return x + len(numbers) + config.k

    inner = Graph([add], name="inner").bind(config=CONFIG)
    graph = Graph([inner.as_node()], name="outer").bind(numbers=[1, 2])
"""


def test_bound_objects_are_found_when_the_file_is_run(tmp_path: Path) -> None:
    with workplace(tmp_path) as place:
        source = place.write("app.py", BOUND)
        text = compile_graph(f"{source}:graph", standalone=True).text
    path = tmp_path / "app_program.py"
    path.write_text(text, encoding="utf-8")
    command = [sys.executable, "-I", "-S", str(path), "x=1"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "") and '"y": 6' in done.stdout
