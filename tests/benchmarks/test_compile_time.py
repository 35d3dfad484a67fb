"""The graphs that compiling is measured with, and the table of what it takes."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from benchmarks import graphs
from benchmarks.compile_time import UNIT, Compiled, compile_table, measured, mixed
from hypergraph import Graph, SyncRunner
from hypergraph.compiler.in_memory import program_in_memory


def test_a_mixed_graph_has_ten_nodes_a_unit_and_runs() -> None:
    graph = mixed(3 * UNIT)
    assert len(graph.nodes) == 3 * UNIT
    seeds = {f"f{number}": 2 for number in (1, 2, 3)}
    assert SyncRunner().run(graph, {"x0": 1, **seeds}).values["f3"] == 0


@pytest.mark.parametrize("make", [graphs.chain, mixed])
def test_what_is_measured_is_the_making_of_a_program(make: Callable[[int], Graph]) -> None:
    made: list[object] = []
    taken = measured(20, make, lambda graph: made.append(program_in_memory(graph, "sync")), 2)
    assert len(made) == 3  # twice for the time and once for the memory
    assert taken.nodes == 20 and taken.seconds >= 0 and taken.megabytes > 0


def test_the_table_tells_what_a_node_takes() -> None:
    table = compile_table({"chain of 100, in memory": Compiled(100, 0.02, 3.4)})
    assert table.splitlines()[-1] == "| chain of 100, in memory | 20.00 ms | 200.00 µs | 3 MB |"
