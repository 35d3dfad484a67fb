"""What must be supplied, and what need not when it would not be used (X24, X28, X31)."""

from __future__ import annotations

import pytest

from hypergraph import Graph, MissingInputError, SyncRunner, node, route
from tests.execution.tracing import explains, says, told

RUNNER = SyncRunner()


@node(output_name="docs")
def search(query: str, limit: int = 3) -> list[str]:
    return [query] * limit


@node(output_name="report")
def write(docs: list[str], style: str) -> str:
    return style.join(docs)


@node(output_name="score")
def rate(docs: list[str], query: str) -> int:
    return len(docs)


REPORT = Graph([search, write])


def test_x31_xe23_every_missing_name_is_told() -> None:
    with pytest.raises(MissingInputError) as caught:
        RUNNER.run(REPORT, limit=2)
    error = caught.value
    assert error.missing == ["query", "style"] and error.provided == ["limit"]
    assert explains(
        error, "HG313", "Missing required inputs: 'query', 'style'", "Provided: 'limit'", "bind"
    )


def test_x31_nothing_is_said_about_what_was_provided_when_nothing_was() -> None:
    with pytest.raises(MissingInputError) as caught:
        RUNNER.run(REPORT)
    assert "Provided" not in str(caught.value) and caught.value.provided == []


def test_x31_the_remedy_is_a_new_graph() -> None:
    with pytest.raises(MissingInputError) as caught:
        RUNNER.run(REPORT)
    assert says(caught.value, "graph.bind(...) returns a new graph")


def test_xe24_optional_bound_and_supplied() -> None:
    assert RUNNER.run(REPORT, query="q", style="-")["report"] == "q-q-q"
    bound = REPORT.bind(limit=2, style="+")
    assert RUNNER.run(bound, query="q")["report"] == "q+q"
    assert RUNNER.run(bound, query="q", limit=1)["report"] == "q"


def test_x31_xe25_a_misspelt_name_warns_and_is_then_missed() -> None:
    with told() as texts, pytest.raises(MissingInputError) as caught:
        RUNNER.run(REPORT, qury="q", style="-")
    assert says(texts, "qury", "internal parameters")
    assert says(caught.value, "qury", "Did you mean 'query' … 'qury'")


def test_xe25_with_one_letter_too_many() -> None:
    graph = Graph([node(lambda x: x, "y").with_name("same")])
    with told() as texts, pytest.raises(MissingInputError) as caught:
        RUNNER.run(graph, xx=1)
    assert says(texts, "xx") and says(caught.value, "xx", "Did you mean")


def test_x31_without_a_similar_provided_name_an_expected_one_is_proposed() -> None:
    graph = Graph([node(lambda start_day, start_date=0: start_day, "y").with_name("same")])
    with pytest.raises(MissingInputError) as caught:
        RUNNER.run(graph)
    assert says(caught.value, "Did you mean 'start_date'?")


def test_x31_nothing_similar_nothing_proposed() -> None:
    with pytest.raises(MissingInputError) as caught:
        RUNNER.run(REPORT, limit=1)
    assert "Did you mean" not in str(caught.value)


def test_x31_the_ways_into_loops_are_told() -> None:
    @node(output_name="n")
    def step(n: int) -> int:
        return n

    @route(targets=["step"])
    def more(n: int, rule: str) -> None:
        return None

    with pytest.raises(MissingInputError) as caught:
        RUNNER.run(Graph([step, more]), n=1)
    assert caught.value.missing == ["rule"] and says(caught.value, "step → n")


def test_x28_inputs_of_a_node_that_is_replaced_are_not_required() -> None:
    result = RUNNER.run(REPORT, docs=["a", "b"], style=",", on_internal_override="ignore")
    assert result.values == {"docs": ["a", "b"], "report": "a,b"}


def test_x28_an_input_that_another_node_uses_is_still_required() -> None:
    with pytest.raises(MissingInputError) as caught:
        RUNNER.run(Graph([search, rate]), docs=["a"], on_internal_override="ignore")
    assert caught.value.missing == ["query"]


def test_x28_the_last_node_is_replaced_together_with_one_before_it() -> None:
    """A node whose outputs nobody consumes counts once another one is bypassed."""
    result = RUNNER.run(REPORT, docs=["a"], report="done", on_internal_override="ignore")
    assert result.values == {"docs": ["a"], "report": "done"}
    with pytest.raises(MissingInputError):
        RUNNER.run(REPORT, report="done", on_internal_override="ignore")


def test_x28_d5_a_replaced_node_that_can_run_after_all_runs_first() -> None:
    """Its value counts, and its consumers wait for it."""
    make = node(lambda seed: seed * 2, "query").with_name("make")
    graph = Graph([make, search, write])
    result = RUNNER.run(
        graph, seed="s", docs=["given"], style=",", limit=1, on_internal_override="ignore"
    )
    assert result.values == {"query": "ss", "docs": ["ss"], "report": "ss"}


def test_k31_d5_an_output_of_a_graph_node_that_it_computes_as_well() -> None:
    inner = Graph([search], name="finder").as_node()
    make = node(lambda seed: seed * 2, "query").with_name("make")
    graph = Graph([make, inner, write])
    result = RUNNER.run(
        graph, seed="s", docs=["given"], style=",", limit=1, on_internal_override="ignore"
    )
    assert result["report"] == "ss"


def test_x24_what_is_bound_inside_a_nested_graph_counts_as_provided() -> None:
    inner = Graph([search], name="finder").bind(query="inside")
    outer = Graph([inner.as_node(), rate])
    assert RUNNER.run(outer).values == {"docs": ["inside"] * 3, "score": 3}
