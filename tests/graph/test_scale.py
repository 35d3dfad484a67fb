"""Large and dense graphs are built in time that follows their size."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator

import pytest

from hypergraph import FunctionNode, Graph, HyperNode, IfElseNode, RouteNode
from hypergraph.compiler.declare.digraph import levels, strong_components
from tests.graph.making import function, step

# Far above what is needed: what would take longer than this is not linear any more.
SECONDS = 30.0

PASS_ON, DECIDE = function("pass_on", "x"), function("decide", "x")


@pytest.fixture(autouse=True)
def not_for_ever() -> Iterator[None]:
    """Building must not take longer than a generous limit."""
    start = time.monotonic()
    yield
    assert time.monotonic() - start < SECONDS


def link(name: str, reads: str, gives: str, **options: str) -> FunctionNode:
    """A node that passes one value on."""
    return FunctionNode(PASS_ON, name, gives, rename_inputs={"x": reads}, **options)  # type: ignore[arg-type]


def test_a_chain_of_ten_thousand_nodes() -> None:
    graph = Graph([link(f"n{at}", f"v{at}", f"v{at + 1}") for at in range(10_000)])
    assert graph.inputs.required == ("v0",) and graph.leaf_outputs == ("v10000",)
    assert not graph.has_cycles and len(graph.definition_hash) == 64
    assert graph.with_entrypoint("n9000").select("v9500").scope.active == {
        f"n{at}" for at in range(9000, 9500)
    }


def test_a_ring_of_ten_thousand_nodes() -> None:
    graph = Graph([link(f"n{at}", f"v{at}", f"v{(at + 1) % 10_000}") for at in range(10_000)])
    assert graph.has_cycles and len(graph.inputs.entrypoints) == 10_000


def test_sixty_nodes_that_all_read_each_other() -> None:
    names = [f"v{at}" for at in range(60)]
    nodes = [step(f"n{v}", " ".join(n for n in names if n != v), v) for v in names]
    graph = Graph(nodes)
    assert set(graph.inputs.all) == set(names) and len(graph.inputs.entrypoints) == 60
    assert len(graph.wiring.full) == 60 * 59


def branching(length: int) -> Iterator[HyperNode]:
    """A chain of gates, each with two branches that give the same name."""
    for at in range(length):
        yield IfElseNode(DECIDE, f"a{at}", f"b{at}", name=f"g{at}", rename_inputs={"x": f"v{at}"})
        for side in "ab":
            yield link(f"{side}{at}", f"v{at}", f"{side}v{at}")
            yield link(f"{side}{at}_", f"{side}v{at}", f"v{at + 1}")


def test_two_thousand_gates_with_exclusive_branches() -> None:
    graph = Graph(list(branching(2000)))
    assert graph.inputs.required == ("v0",) and len(graph.nodes) == 10_000


def ordered(length: int) -> Iterator[HyperNode]:
    """A chain of pairs that write the same name one after the other."""
    for at in range(length):
        yield link(f"a{at}", f"v{at}", f"v{at + 1}", emit=f"s{at}")
        yield link(f"b{at}", f"v{at}", f"v{at + 1}", wait_for=f"s{at}")


def test_two_thousand_names_with_ordered_producers() -> None:
    assert Graph(list(ordered(2000))).inputs.required == ("v0",)


def test_a_gate_with_hundreds_of_targets_that_give_one_name() -> None:
    targets = [f"t{at}" for at in range(300)]
    gate = RouteNode(DECIDE, targets, name="gate")
    graph = Graph([gate, *(link(name, "x", "v") for name in targets), link("use", "v", "w")])
    assert len(graph.self_producers["v"]) == 300 and graph.leaf_outputs == ("w",)


def test_many_consumers_of_one_input() -> None:
    graph = Graph([link(f"n{at}", "x", f"v{at}") for at in range(10_000)])
    assert graph.inputs.all == ("x",)


def test_a_hundred_levels_of_nesting_with_two_ways_at_each() -> None:
    graph = Graph([step("leaf", "x k", "v", k=1)], name="level0")
    for level in range(100):
        one = graph.as_node(name=f"one{level}")
        two = graph.as_node(name=f"two{level}").with_outputs(
            {name: name + "_" for name in one.outputs}
        )
        graph = Graph([one, two], name=f"level{level + 1}").select(one.outputs[0])
    assert graph.inputs.required == ("x",) and graph.inputs.optional == ("k",)


def test_algorithms_do_not_recurse() -> None:
    length = 2 * sys.getrecursionlimit()
    names = [str(at) for at in range(length)]
    chain = dict(zip(names, ([name] for name in names[1:]), strict=False))
    assert len(strong_components(names, chain)) == length
    assert levels(names, chain)[names[-1]] == length - 1
