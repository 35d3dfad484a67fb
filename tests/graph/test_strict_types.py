"""Comparing the types on both ends of every data edge."""

from __future__ import annotations

from typing import Any

import pytest

from hypergraph import (
    END,
    FunctionNode,
    Graph,
    GraphConfigError,
    HyperNode,
    IfElseNode,
    interrupt,
    node,
    route,
)
from tests.graph.making import explains, step


@node(output_name="n")
def count(text: str) -> int:
    return len(text)


@node(output_name="doubled")
def double(n: int) -> int:
    return 2 * n


@node(output_name="shout")
def upper(n: str) -> str:
    return n


@node(output_name="shown")
def show(n: int | str) -> str:
    return str(n)


def strict(*nodes: HyperNode, edges: list[Any] | None = None) -> Graph:
    """A graph that compares types."""
    return Graph(nodes, edges=edges, strict_types=True)


def refused(*nodes: HyperNode) -> GraphConfigError:
    """The error for a graph that compares types."""
    with pytest.raises(GraphConfigError) as caught:
        strict(*nodes)
    return caught.value


def test_e167_without_strictness_nothing_is_compared() -> None:
    graph = Graph([count, upper, step("plain", "n", "x")])
    assert graph.strict_types is False and graph.nx_graph.number_of_edges() == 2


def test_g113_e168_matching_types_pass() -> None:
    assert strict(count, double, show).strict_types


def test_g113_e168_a_mismatch_names_both_nodes_the_value_and_both_types() -> None:
    facts = ("Type mismatch for 'n' … 'count' … int … 'upper' … str", "How to fix")
    assert explains(refused(count, upper), *facts, where=(count.func, upper.func))


def test_g113_a_missing_annotation_names_the_side_that_lacks_it() -> None:
    consumer = step("plain", "n", "x")
    facts = ("Missing type annotation … 'plain' … input 'n'", "How to fix")
    assert explains(refused(count, consumer), *facts, where=(consumer.func,))
    producer = step("source", "", "n")
    error = refused(producer, double)
    assert explains(error, "Missing type annotation … 'source' … output 'n'")


def test_g113_all_mismatches_are_reported_together() -> None:
    error = refused(count, upper, FunctionNode(upper.func, "other", "o"))
    assert explains(error, "'upper' expects", "'other' expects")


def test_g114_ends_of_the_graph_need_no_annotations() -> None:
    @node(output_name="text")
    def read(path) -> str:  # type: ignore[no-untyped-def]
        return str(path)

    @node(output_name="out")
    def write(n: int):  # type: ignore[no-untyped-def]
        return n

    assert strict(read, count, write).inputs.required == ("path",)


def test_g114_edges_without_values_are_not_compared() -> None:
    assert strict(count, step("plain", "x", "y"), edges=[("count", "plain")]).explicit_edges


def test_e168_types_are_compared_at_nested_graphs() -> None:
    inner = Graph([count], name="inner").as_node()
    assert strict(inner, double).strict_types
    assert explains(refused(inner, upper), "Type mismatch for 'n' … 'inner' … 'upper'")


def test_g114_strictness_of_a_nested_graph_is_its_own() -> None:
    loose = Graph([count, upper], name="loose")
    assert strict(loose.as_node()).strict_types and not loose.strict_types


def test_e169_a_mismatch_of_the_second_output_is_found() -> None:
    @node(output_name=("text", "n"))
    def pair() -> tuple[str, str]:
        return "", ""

    @node(output_name="out")
    def use(text: str, n: int) -> int:
        return n

    assert explains(refused(pair, use), "Type mismatch for 'n' … 'pair' … 'use'")


def test_e170_a_mismatch_at_an_input_of_a_nested_graph_is_found() -> None:
    inner = Graph([count], name="inner").as_node().with_inputs(text="n").with_outputs(n="m")
    assert explains(refused(count, inner), "Type mismatch for 'n' … 'count' … 'inner'")


def test_e171_gates_and_interrupts_are_compared_too() -> None:
    def is_long(n: str) -> bool:
        return False

    @route(["count", END])
    def again(n: str) -> str:
        return "count"

    @interrupt(output_name="verdict")
    def approve(n: str) -> str | None:
        return None

    for consumer in (IfElseNode(is_long, "count", END), again, approve):
        assert explains(refused(count, consumer), "Type mismatch for 'n' … 'count'")


def test_g113_every_producer_of_a_name_is_compared() -> None:
    @node(output_name="n")
    def spell(text: str) -> str:
        return text

    def pick(text: str) -> bool:
        return True

    gate = IfElseNode(pick, "count", "spell")
    error = refused(gate, count, spell, double)
    assert explains(error, "Type mismatch for 'n' … 'spell' … 'double'")
    assert strict(gate, count, spell, show).strict_types


def test_l2_ordering_edges_are_not_compared() -> None:
    first = FunctionNode(count.func, output_name="n", emit="done")

    @node(output_name="later", wait_for="done")
    def after(text: str) -> int:
        return 1

    assert strict(first, after).strict_types


def test_l3_a_mapped_input_takes_a_list_of_items() -> None:
    @node(output_name="texts")
    def read() -> list[str]:
        return []

    @node(output_name="texts")
    def read_one() -> str:
        return ""

    mapped = Graph([count], name="each").as_node().with_inputs(text="texts").map_over("texts")
    assert strict(read, mapped).strict_types
    assert explains(refused(read_one, mapped), "Type mismatch for 'texts' … list[str]")


def test_l3_a_mapped_input_takes_a_list_through_another_level() -> None:
    @node(output_name="texts")
    def read() -> list[str]:
        return []

    mapped = Graph([count], name="each").as_node().with_inputs(text="texts").map_over("texts")
    outer = Graph([mapped], name="outer").as_node()
    assert outer.get_input_type("texts") == list[str] and strict(read, outer).strict_types


def test_l4_a_renamed_output_of_a_nested_graph_keeps_its_type() -> None:
    inner = Graph([FunctionNode(count.func, output_name="m")], name="inner").as_node()
    assert strict(inner.with_outputs(m="n"), double).strict_types


def test_l31_a_signal_read_as_a_value_lacks_its_annotation() -> None:
    signalling = FunctionNode(count.func, output_name="m", emit="n")
    error = refused(signalling, double)
    assert explains(error, "Missing type annotation … 'count' … output 'n'")


def test_g117_hints_that_cannot_be_resolved_count_as_missing() -> None:
    def broken(text: Nowhere) -> int:  # type: ignore[name-defined]  # noqa: F821
        return 0

    error = refused(FunctionNode(broken, output_name="n"), double)
    assert explains(error, "Missing type annotation … 'broken' … output 'n'")


def test_g115_strings_inside_hints_of_other_nodes_are_resolved() -> None:
    class Source(HyperNode):
        def __init__(self) -> None:
            self.name, self.inputs, self.outputs = "source", (), ("n",)
            self._rename_history = []

        def get_output_type(self, output: str) -> Any:
            return "int"

    assert strict(Source(), double).strict_types
    assert explains(refused(Source(), upper), "Type mismatch for 'n' … 'source'")
