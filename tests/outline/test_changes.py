"""What changed between two graphs is told in sentences."""

from __future__ import annotations

from typing import Any

from hypergraph import END, Graph, ifelse, node, route
from hypergraph.compiler.outline.changes import outline_changes
from tests.outline.outlines import read


def changes(old: list[Any], new: list[Any]) -> list[str]:
    """What changed from one list of nodes to another."""
    return outline_changes(read(Graph(old, name="g")), read(Graph(new, name="g")))


@node(output_name="docs")
def find(query: str) -> list[str]:
    return [query]


@node(output_name="ranked")
def rank(docs: list[str]) -> list[str]:
    return docs


@node(output_name="answer")
def answer(docs: list[str], top_k: int = 3) -> str:
    return docs[0]


@node(output_name="answer")
def answer_ranked(ranked: list[str], top_k: int = 3) -> str:
    return ranked[0]


@route(targets=["find", END])
def triage(query: str) -> str:
    return "find"


@ifelse(when_true="answer", when_false="rank")
def is_short(docs: list[str]) -> bool:
    return True


def test_equal_graphs_have_no_changes() -> None:
    assert changes([find, answer], [find, answer]) == []


def test_a_node_that_is_added_brings_its_edges_and_moves_others() -> None:
    first = answer_ranked.with_name("answer")
    found = changes([find, first.with_inputs(ranked="docs")], [find, rank, first])
    assert "node rank added" in found
    assert "edge find -> rank (docs) added" in found
    assert "answer runs in superstep 3, not 2" in found
    assert "edge find -> answer (docs) removed" in found


def test_inputs_and_results_are_told_first() -> None:
    found = changes([find, answer], [find])
    assert found[:2] == ["input top_k removed", "result answer removed"]


def test_an_input_becomes_optional_or_gets_another_default() -> None:
    @node(output_name="docs")
    def find_some(query: str = "all") -> list[str]:
        return [query]

    optional = find_some.with_name("find")
    assert "input query is optional now" in changes([find], [optional])
    assert "input query is required now" in changes([optional], [find])


def test_a_gate_that_is_added_guards_its_targets() -> None:
    found = changes([find], [triage, find])
    assert "node triage added" in found
    assert "find runs if triage says find; before, it ran always" in found


def test_a_gate_may_choose_something_else() -> None:
    @route(targets=["find", "rest", END], fallback="rest")
    def triage_more(query: str) -> str | None:
        return None

    @node(output_name="rested")
    def rest(query: str) -> str:
        return query

    found = changes([triage, find], [triage_more.with_name("triage"), find, rest])
    assert "gate triage may now choose rest" in found
    assert "gate triage falls back to rest, not None" in found


def test_a_gate_that_swaps_its_branches() -> None:
    @ifelse(when_true="rank", when_false="answer")
    def is_long(docs: list[str]) -> bool:
        return True

    found = changes(
        [find, is_short, answer, rank], [find, is_long.with_name("is_short"), answer, rank]
    )
    assert "rank runs if is_short says True; before, it ran if is_short says False" in found


def test_what_changed_in_a_nested_graph_has_its_name_in_front() -> None:
    def around(nodes: list[Any]) -> list[Any]:
        return [Graph(nodes, name="inner").as_node()]

    found = changes(around([find]), around([find, rank]))
    assert "in inner: node rank added" in found
    assert "result ranked added" in found


def test_a_map_changes_its_mode_and_its_inputs() -> None:
    @node(output_name="pair")
    def join(left: int, right: int) -> tuple[int, int]:
        return left, right

    inner = Graph([join], name="joining").as_node()
    zipped = inner.map_over("left", "right")
    crossed = inner.map_over("left", "right", mode="product")
    found = changes([zipped], [crossed])
    assert "joining is mapped over left, right (product), not over left, right (zip)" in found
    goes_on = inner.map_over("left", "right", error_handling="continue")
    (told,) = changes([zipped], [goes_on])
    assert "going on after failures" in told


def test_loops_are_added_left_and_joined() -> None:
    @node(output_name="n")
    def grow(n: int) -> int:
        return n + 1

    @route(targets=["grow", END])
    def enough(n: int) -> Any:
        return END

    found = changes([grow], [grow, enough])
    assert "node enough added" in found
    assert "enough joins the loop of enough -> grow | END, grow" in found
