"""All consumers of a name agree on its default."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from hypergraph import END, Graph, GraphConfigError, HyperNode, RouteNode
from hypergraph.compiler.check.defaults import same_default
from tests.graph.making import explains, function, step


def refused(*nodes: HyperNode) -> GraphConfigError:
    """The error for a graph of ``nodes``."""
    with pytest.raises(GraphConfigError) as caught:
        Graph(nodes)
    return caught.value


def test_g82_e113_equal_defaults_make_one_optional_input() -> None:
    graph = Graph([step("a", "k", "p", k=5), step("b", "k", "q", k=5)])
    assert graph.inputs.optional == ("k",) and graph.inputs.required == ()


def test_g83_e113_some_with_and_some_without_default() -> None:
    having, lacking = step("a", "k", "p", k=5), step("b", "k", "q")
    error = refused(having, lacking)
    facts = ("Inconsistent defaults for 'k'", "'a' … 'b' without default", "How to fix")
    assert explains(error, *facts, where=(having.func, lacking.func))


def test_g83_e113_different_defaults() -> None:
    first, second = step("a", "k", "p", k=5), step("b", "k", "q", k=10)
    error = refused(first, second)
    facts = ("Inconsistent defaults for 'k' … 'a' has 5 … 'b' has 10", "How to fix")
    assert explains(error, *facts, where=(first.func, second.func))


def test_g83_all_names_of_one_kind_are_reported_together() -> None:
    error = refused(step("a", "k m", "p", k=5, m=1), step("b", "k m", "q", k=6, m=2))
    assert explains(error, "Inconsistent defaults for 'k'", "Inconsistent defaults for 'm'")


def test_g82_e114_gates_and_fed_inputs_count_too() -> None:
    gate = RouteNode(function("g", "k", k=1), ["a", END])
    assert explains(refused(gate, step("a", "k", "p")), "'g' … 'a' without default")
    fed = [step("source", "x", "k"), step("a", "k", "p", k=1), step("b", "k", "q")]
    assert explains(refused(*fed), "Inconsistent defaults for 'k'")


def test_e115_a_name_with_one_consumer_is_never_compared() -> None:
    assert Graph([step("a", "k", "p", k=object())]).inputs.optional == ("k",)


class Array:
    """Something like an array: comparing gives a sequence."""

    def __init__(self, *items: int) -> None:
        self.items = items

    def __eq__(self, other: object) -> Any:
        assert isinstance(other, Array)
        return [a == b for a, b in zip(self.items, other.items, strict=True)]


def test_g82_e116_arrays_are_compared_element_by_element() -> None:
    assert same_default(Array(1, 2), Array(1, 2))
    assert not same_default(Array(1, 2), Array(1, 3))
    assert not same_default(Array(1, 2), Array(1))


class Rows:
    """Something like a matrix: even the elements of a comparison have no truth."""

    def __eq__(self, other: object) -> Any:
        return self

    def __iter__(self) -> Iterator[Any]:
        return iter([self])

    def __bool__(self) -> bool:
        raise ValueError("ambiguous")


def test_g82_e116_one_object_equals_itself_whatever_its_comparison_says() -> None:
    rows, nan = Rows(), float("nan")
    assert same_default(rows, rows) and not same_default(rows, Rows())
    assert same_default(nan, nan) and not same_default(nan, float("nan"))
    assert same_default(1, True)


class Broken:
    """Cannot be compared, nor shown."""

    def __eq__(self, other: object) -> bool:
        raise RuntimeError("no")

    def __repr__(self) -> str:
        raise RuntimeError("no")


def test_l29_a_comparison_that_raises_means_different() -> None:
    assert not same_default(Broken(), Broken())
    error = refused(step("a", "k", "p", k=Broken()), step("b", "k", "q", k=Broken()))
    assert explains(error, "'a' has <Broken object>, 'b' has <Broken object>")


def test_e117_binding_neither_causes_nor_cures_an_inconsistency() -> None:
    graph = Graph([step("a", "k", "p", k=5), step("b", "k", "q", k=5)])
    assert graph.bind(k=9).inputs.bound == {"k": 9}
    bound = Graph([step("a", "k", "p", k=5)]).bind(k=5)
    assert explains(refused(*bound.nodes.values(), step("b", "k", "q")), "Inconsistent defaults")


def inner(bound: bool, **defaults: Any) -> HyperNode:
    """A nested graph that reads ``k``, bound inside or not."""
    graph = Graph([step("a", "k", "p", **defaults)], name="inner")
    return (graph.bind(k=1) if bound else graph).as_node()


def test_g84_e118_bound_inside_and_no_default_outside_is_fine() -> None:
    graph = Graph([inner(True), step("b", "k", "q")])
    assert graph.inputs.optional == ("k",) and graph.inputs.bound == {"k": 1}


def test_g84_e119_bound_inside_and_a_default_outside_is_inconsistent() -> None:
    error = refused(inner(True, k=5), step("b", "k", "q", k=5))
    assert explains(error, "Inconsistent defaults for 'k' … 'b' … 'inner' without default")
    assert Graph([inner(False, k=5), step("b", "k", "q", k=5)]).inputs.optional == ("k",)


def test_g84_a_nested_default_counts_at_any_depth() -> None:
    middle = Graph([inner(False, k=5)], name="middle").as_node()
    assert middle.has_signature_default_for("k") and middle.get_signature_default_for("k") == 5
    assert Graph([middle, step("b", "k", "q", k=5)]).inputs.optional == ("k",)
    assert explains(refused(middle, step("b", "k", "q", k=6)), "'middle' has 5, 'b' has 6")
