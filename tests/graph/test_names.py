"""Names of graphs, nodes and outputs, and the errors for bad ones."""

from __future__ import annotations

from typing import Any

import pytest

from hypergraph import FunctionNode, Graph, GraphConfigError, HyperNode
from tests.graph.making import choice, explains, fork, function, step


def work(x: int):  # type: ignore[no-untyped-def]
    return x


def named(name: str, gives: str | tuple[str, ...] | None = None) -> FunctionNode:
    """A node called ``name``."""
    return FunctionNode(work, name, gives)


def refused(*nodes: HyperNode, name: Any = None) -> GraphConfigError:
    """The error for a graph of ``nodes``."""
    with pytest.raises(GraphConfigError) as caught:
        Graph(nodes, name=name)
    return caught.value


def test_g66_e82_two_nodes_cannot_share_a_name() -> None:
    a = step("a", "x", "y")
    inner = Graph([step("b", "u", "v")]).as_node(name="a")
    for other in (a, step("a", "z", "w"), inner):
        error = refused(a, other)
        assert explains(error, "Duplicate node name: 'a'", repr(a), repr(other), where=(a.func,))


def test_g66_all_duplicates_are_reported_together() -> None:
    error = refused(named("a"), named("a"), named("b"), named("b"))
    assert explains(error, "Duplicate node name: 'a'", "Duplicate node name: 'b'")


@pytest.mark.parametrize(("name", "character"), [("a.b", "."), ("a/b", "/")])
def test_g69_e83_a_graph_name_has_no_dot_and_no_slash(name: str, character: str) -> None:
    error = refused(name=name)
    assert explains(error, "Invalid graph name", name, f"cannot contain '{character}'")


@pytest.mark.parametrize("name", ["my-graph", "MyGraph123", "a b", "", None])
def test_e83_other_graph_names_are_fine(name: str | None) -> None:
    assert Graph([], name=name).name == name


def test_g69_a_graph_name_is_a_string() -> None:
    assert explains(refused(name=3), "Invalid graph name 3", "must be a string")


def test_g70_e61_no_node_is_called_end() -> None:
    inner = Graph([step("b", "u", "v")]).as_node(name="END")
    for node in (named("END"), inner, choice("END", "x", "work")):
        error = refused(node)
        assert explains(error, "Invalid node name: 'END'", "reserved")
    assert list(Graph([named("End"), named("end")]).nodes) == ["End", "end"]


@pytest.mark.parametrize(
    "name", ["9x", "a-b", "a b", "smile\N{GRINNING FACE}", "a\u00a0b", "<lambda>", "a.b"]
)
def test_g71_e84_node_names_are_identifiers(name: str) -> None:
    error = refused(named(name))
    fact = f"Invalid node name {name!r} … valid Python identifiers"
    assert explains(error, fact, where=(work,))


def test_g71_e84_a_node_name_is_not_empty() -> None:
    node = named("a")
    node.name = ""
    assert explains(refused(node), "Invalid node name ''", "valid Python identifiers")


@pytest.mark.parametrize("name", ["for", "class", "None"])
def test_g71_e84_node_names_are_no_keywords(name: str) -> None:
    assert explains(refused(named(name)), f"Invalid node name '{name}' … keyword", where=(work,))


@pytest.mark.parametrize(
    "name", ["_x", "__x__", "\N{GREEK SMALL LETTER ALPHA}", "a" * 1000, "match", "type"]
)
def test_e84_all_other_identifiers_are_fine(name: str) -> None:
    assert list(Graph([named(name, name)]).nodes) == [name]


@pytest.mark.parametrize(
    ("output", "why"), [("a-b", "valid Python identifiers"), ("if", "keyword")]
)
def test_g71_e85_output_and_signal_names_follow_the_same_rules(output: str, why: str) -> None:
    for node in (
        FunctionNode(work, "a", output),
        FunctionNode(work, "a", "y", emit=output),
        choice("a", "x", "b", emit=output),
    ):
        error = refused(node, named("b"))
        assert explains(error, f"Invalid output name '{output}' … 'a' … {why}", where=(node.func,))


def test_g71_an_empty_output_name_fails_when_the_graph_is_built() -> None:
    assert explains(refused(FunctionNode(work, "a", "")), "Invalid output name ''")


def test_e85_input_names_are_unrestricted() -> None:
    node = named("a").with_inputs(x="any thing: at all")
    assert Graph([node]).inputs.required == ("any thing: at all",)


def test_e86_nested_graphs_may_have_hyphens_in_their_names() -> None:
    inner = Graph([step("b", "u", "v")], name="my-inner")
    assert list(Graph([inner.as_node(), named("a")]).nodes) == ["my-inner", "a"]


def test_l14_output_names_of_nested_graphs_are_not_checked() -> None:
    inner = Graph([step("b", "u", "v")], name="inner").as_node().with_outputs(v="not-a-name")
    assert Graph([inner]).outputs == ("not-a-name",)


def test_g72_e87_a_nested_graph_is_not_called_what_another_node_produces() -> None:
    inner = Graph([step("b", "u", "v")]).as_node(name="y")
    producer = step("a", "x", "y")
    error = refused(producer, inner)
    assert explains(error, "'y' collides with output 'y'", "'a'", where=(producer.func,))
    second = Graph([step("c", "u", "y")], name="other").as_node()
    assert explains(refused(inner, second), "'y' collides with output 'y'", "'other'")


def test_g72_e87_a_nested_graph_may_be_called_like_its_own_output_or_an_input() -> None:
    inner = Graph([step("b", "u", "v")])
    assert Graph([inner.as_node(name="v")]).outputs == ("v",)
    assert Graph([inner.as_node(name="u"), step("a", "x", "y")]).inputs.all == ("u", "x")


def test_g72_e88_a_function_node_may_be_called_like_any_output() -> None:
    assert list(Graph([step("y", "x", "z"), step("a", "x", "y")]).nodes) == ["y", "a"]


def test_g81_a_long_name_does_not_make_a_long_message() -> None:
    name = "x" * 999 + "-"
    for node in (named(name), named("a", name)):
        message = str(refused(node))
        assert message.count(name) == 1 and len(message) < 2000


def test_the_first_violated_check_is_the_one_reported() -> None:
    duplicate = [named("END"), named("END")]
    assert explains(refused(*duplicate, name="a.b"), "Duplicate node name")
    contested = [named("END", "v"), named("b", "v")]
    assert explains(refused(*contested, name="a.b"), "Multiple nodes produce 'v'")
    assert explains(refused(named("END"), name="a.b"), "Invalid graph name")
    assert explains(refused(named("END"), named("9")), "reserved")
    bad_target = fork("g", "x", "nope", "a")
    assert explains(refused(named("9"), bad_target, named("a")), "Invalid node name '9'")


def test_many_problems_of_one_kind_are_cut_short() -> None:
    message = str(refused(*(named(f"{n}x") for n in range(30))))
    assert "... and 10 more of this kind" in message and "'19x'" in message


def test_errors_tell_where_the_graph_was_built() -> None:
    error: Any = refused(FunctionNode(function("f"), "9"))
    assert error.places[-1].file == __file__ and str(error.places[-1]).startswith("graph at ")
