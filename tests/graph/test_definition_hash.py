"""The hash of a graph's definition."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import Any

from hypergraph import END, FunctionNode, Graph, HyperNode
from tests.graph.making import choice, fork, function, step

ADD, SUB = function("add", "x y"), function("sub", "x y z")


def nodes() -> list[HyperNode]:
    """Two nodes, one reading what the other produces."""
    return [FunctionNode(ADD, "a", "v"), FunctionNode(ADD, "b", "w").with_inputs(x="v")]


def digest(*members: HyperNode, **options: Any) -> str:
    """The hash of a graph."""
    return Graph(members, **options).definition_hash


def test_g118_a_hash_is_64_hex_digits() -> None:
    assert re.fullmatch("[0-9a-f]{64}", digest(*nodes()))


def test_g118_e133_order_names_flags_and_narrowing_do_not_count() -> None:
    a, b = nodes()
    expected = digest(a, b)
    assert (
        digest(b, a) == digest(a, b, name="named") == digest(a, b, strict_types=False) == expected
    )
    graph = Graph([a, b])
    for derived in (graph.bind(x=1), graph.select("v"), graph.with_entrypoint("b")):
        assert derived.definition_hash == expected
    assert digest(FunctionNode(ADD, "a", "v", cache=True, hide=True), b) == expected


def test_g118_list_order_does_not_count_even_for_contested_names() -> None:
    members = [
        fork("g", "t", "a", "b"),
        step("a", "", "v"),
        step("b", "", "v"),
        step("c", "v", "w"),
    ]
    assert digest(*members) == digest(*members[::-1])


def test_g118_functions_names_and_wiring_count() -> None:
    a, b = nodes()
    others = [
        digest(FunctionNode(SUB, "a", "v"), b),
        digest(a),
        digest(a, b, step("c", "u")),
        digest(a, b.with_name("other")),
        digest(a, b.with_inputs(v="u")),
        digest(a.with_outputs(v="y"), b),
    ]
    assert len({digest(a, b), *others}) == 7


def test_g118_renames_outside_the_wiring_do_not_count() -> None:
    a, b = nodes()
    assert digest(a.with_inputs(x="seed"), b.with_outputs(w="result")) == digest(a, b)


def test_g118_inferred_and_listed_edges_hash_alike() -> None:
    a, b = nodes()
    assert digest(a, b, edges=[("a", "b", "v")]) == digest(a, b)
    assert digest(a, b, edges=[]) != digest(a, b)


def test_g118_control_counts_and_the_type_of_an_edge_does_not() -> None:
    a = FunctionNode(ADD, "a", "v")
    gate, free = choice("g", "t", "a", END), choice("g", "t", "b", END)
    b = FunctionNode(ADD, "b", "w")
    assert digest(gate, a, b) != digest(free, a, b)
    assert digest(a, b, gate, edges=[("g", "a")]) == digest(a, b, gate)


def test_g118_e149_nested_graphs_count_by_their_own_hash() -> None:
    def outer(func: Any) -> str:
        inner = Graph([FunctionNode(func, "a", "v")], name="inner").as_node()
        return digest(Graph([inner], name="middle").as_node())

    assert outer(ADD) == outer(ADD) and outer(ADD) != outer(SUB)


def test_g118_a_hash_is_the_same_in_every_process() -> None:
    program = "from tests.graph.test_definition_hash import digest, nodes; print(digest(*nodes()))"
    seeds = ("0", "1")
    runs = [
        subprocess.run(
            [sys.executable, "-c", program],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path)},
            capture_output=True,
            check=True,
            text=True,
        )
        for seed in seeds
    ]
    assert {run.stdout.strip() for run in runs} == {digest(*nodes())}
