"""Any change to a valid declaration is valid too, or is refused with a code: never a traceback."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.agreement.test_differential import many
from tests.differential.cases import cases
from tests.differential.source import source
from tests.differential.spec import Case, Fn, Gate, GraphSpec, NodeSpec, Sub, inputs_of

pytestmark = pytest.mark.slow

some = settings(many, max_examples=150)
Mutation = Callable[[GraphSpec, Any], GraphSpec]
NAMES = ("", "not a name", "class", "END", "nowhere", "a.b", "é")


def on_a_node(change: Callable[[NodeSpec, GraphSpec, Any], NodeSpec]) -> Mutation:
    """The mutation of a graph that changes one of its nodes."""

    def mutated(graph: GraphSpec, draw: Any) -> GraphSpec:
        i = draw(st.integers(0, len(graph.nodes) - 1))
        changed = change(graph.nodes[i], graph, draw)
        return replace(graph, nodes=(*graph.nodes[:i], changed, *graph.nodes[i + 1 :]))

    return mutated


def names_in(graph: GraphSpec) -> tuple[str, ...]:
    """All names of the graph, and some that are not."""
    found = [name for node in graph.nodes for name in (node.name, *node.outputs, *inputs_of(node))]
    return (*dict.fromkeys(found), *NAMES)


def other_name(node: NodeSpec, graph: GraphSpec, draw: Any) -> NodeSpec:
    return replace(node, name=draw(st.sampled_from(names_in(graph))))


def other_output(node: NodeSpec, graph: GraphSpec, draw: Any) -> NodeSpec:
    if isinstance(node, Gate) or not node.outputs:
        return node
    name = draw(st.sampled_from(names_in(graph)))
    if isinstance(node, Sub):
        first, *rest = node.renamed_outputs or (("x", "x"),)
        return replace(node, renamed_outputs=((first[0], name), *rest))
    return replace(node, outputs=(name, *node.outputs[1:]))


def other_input(node: NodeSpec, graph: GraphSpec, draw: Any) -> NodeSpec:
    name = draw(st.sampled_from(names_in(graph)))
    if isinstance(node, Sub):
        return replace(node, inputs=(*((i, o) for i, o in node.inputs[1:]), ("nowhere", name)))
    if not node.params:
        return node
    return replace(node, params=(replace(node.params[0], shown=name), *node.params[1:]))


def other_target(node: NodeSpec, graph: GraphSpec, draw: Any) -> NodeSpec:
    if not isinstance(node, Gate):
        return node
    count = (2, 2) if node.is_ifelse else (0, 3)
    names = st.sampled_from((*names_in(graph), "END"))
    targets = draw(st.lists(names, min_size=count[0], max_size=count[1]))
    return replace(node, targets=tuple(targets))


def other_signals(node: NodeSpec, graph: GraphSpec, draw: Any) -> NodeSpec:
    if isinstance(node, Sub):
        return node
    names = st.lists(st.sampled_from(names_in(graph)), max_size=2).map(tuple)
    return replace(node, emit=draw(names), wait_for=draw(names))


def other_default(node: NodeSpec, graph: GraphSpec, draw: Any) -> NodeSpec:
    if not isinstance(node, Fn) or not node.params:
        return node
    *rest, last = node.params
    return replace(
        node, params=(*rest, replace(last, default="0" if last.default is None else "1"))
    )


def other_map(node: NodeSpec, graph: GraphSpec, draw: Any) -> NodeSpec:
    if not isinstance(node, Sub):
        return node
    names = st.lists(st.sampled_from(names_in(graph)), max_size=2).map(tuple)
    return replace(node, map_over=draw(names), mode=draw(st.sampled_from(("zip", "product", "x"))))


def left_out(graph: GraphSpec, draw: Any) -> GraphSpec:
    i = draw(st.integers(0, len(graph.nodes) - 1))
    return replace(graph, nodes=(*graph.nodes[:i], *graph.nodes[i + 1 :]))


def doubled(graph: GraphSpec, draw: Any) -> GraphSpec:
    return replace(graph, nodes=(*graph.nodes, draw(st.sampled_from(graph.nodes))))


def other_edges(graph: GraphSpec, draw: Any) -> GraphSpec:
    name = st.sampled_from(names_in(graph))
    edge = st.tuples(name, name, st.one_of(st.none(), st.lists(name, max_size=2).map(tuple)))
    return replace(graph, edges=tuple(draw(st.lists(edge, max_size=3))))


def other_scope(graph: GraphSpec, draw: Any) -> GraphSpec:
    names = st.lists(st.sampled_from(names_in(graph)), max_size=2).map(tuple)
    return replace(graph, entrypoints=draw(names), selected=draw(names))


MUTATIONS: tuple[Mutation, ...] = (
    *map(on_a_node, (other_name, other_output, other_input, other_target)),
    *map(on_a_node, (other_signals, other_default, other_map)),
    left_out,
    doubled,
    other_edges,
    other_scope,
)


def outcome_of(graph: GraphSpec) -> str:
    """``"valid"``, or the code with which the declaration is refused.

    A declaration that Python itself refuses says nothing about ours.
    """
    text = source(graph)
    try:
        program = compile(text, "<declared>", "exec")
    except (SyntaxError, ValueError):
        return "no Python"
    module: dict[str, Any] = {"__name__": "declared"}
    try:
        exec(program, module)
    except Exception as error:
        code = re.search(r"HG\d\d\d", str(error))
        assert code is not None, f"{type(error).__name__}: {error}\n{text}"
        return code[0]
    made = module["graph"]
    made.compiled("async")
    return "valid"


def test_a_mutated_graph_is_valid_or_is_refused_with_a_code() -> None:
    tally: Counter[str] = Counter()

    @some
    @given(case=cases(concurrent=True), data=st.data())
    def mutate(case: Case, data: st.DataObject) -> None:
        mutation = data.draw(st.sampled_from(MUTATIONS))
        tally[outcome_of(mutation(case.graph, data.draw))] += 1

    mutate()
    assert tally["valid"] > 20 and len(tally) > 10, tally
