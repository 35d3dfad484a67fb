"""Bound objects in a file that stands alone: defined after the graph, there when it is called."""

from __future__ import annotations

from pathlib import Path

from tests.standalone.alone import linked, run_alone

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
    done = run_alone(linked(tmp_path, BOUND), "x=1", folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, "") and '"y": 6' in done.stdout
