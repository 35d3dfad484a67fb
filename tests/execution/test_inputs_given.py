"""How inputs are passed: in a dict, by keyword, or both (section 5)."""

from __future__ import annotations

from typing import Any

import pytest

from hypergraph import Graph, SyncRunner, node
from tests.execution.tracing import says, told

RUNNER = SyncRunner()


@node(output_name="total")
def add(a: int, b: int) -> int:
    return a + b


@node(output_name="seen")
def look(thing: Any) -> Any:
    return thing


SUM = Graph([add])
LOOK = Graph([look])


def test_x7_one_runner_serves_any_number_of_graphs() -> None:
    assert RUNNER.run(SUM, a=1, b=2)["total"] == 3
    assert RUNNER.run(LOOK, thing=5)["seen"] == 5
    assert RUNNER.run(SUM, a=2, b=2)["total"] == 4


def test_x7_runs_of_one_runner_may_overlap() -> None:
    @node(output_name="outer")
    def nest(x: int) -> int:
        total: int = RUNNER.run(SUM, a=x, b=x)["total"]
        return total

    assert RUNNER.run(Graph([nest]), x=4)["outer"] == 8


def test_x11_xe17_a_dict_keywords_and_both_are_equivalent() -> None:
    runs = (
        RUNNER.run(SUM, a=1, b=2),
        RUNNER.run(SUM, {"a": 1}, b=2),
        RUNNER.run(SUM, {"a": 1, "b": 2}),
    )
    assert [run.values for run in runs] == [{"total": 3}] * 3


def test_xe17_the_same_for_map() -> None:
    maps = (
        RUNNER.map(SUM, a=[1, 2], b=2, map_over="a"),
        RUNNER.map(SUM, {"a": [1, 2]}, b=2, map_over="a"),
        RUNNER.map(SUM, {"a": [1, 2], "b": 2}, map_over="a"),
    )
    assert [[run["total"] for run in results] for results in maps] == [[3, 4]] * 3


def test_x11_xe18_a_name_given_twice_is_refused() -> None:
    with pytest.raises(ValueError) as caught:
        RUNNER.run(SUM, {"a": 1}, a=2)
    assert says(caught.value, "both values and kwargs", "'a'")
    with pytest.raises(ValueError) as caught:
        RUNNER.map(SUM, {"a": [1]}, map_over="a", a=[2])
    assert says(caught.value, "both values and kwargs", "'a'")


def test_x12_xe19_an_option_of_the_other_runner_is_reserved() -> None:
    with pytest.raises(ValueError) as caught:
        RUNNER.run(SUM, a=1, max_concurrency=1)
    assert says(caught.value, "reserved runner options", "max_concurrency")
    with pytest.raises(ValueError) as caught:
        RUNNER.map(SUM, a=[1], map_over="a", max_concurrency=1)
    assert says(caught.value, "reserved runner options", "max_concurrency")


def test_x12_reserved_names_are_checked_before_repeated_ones() -> None:
    with pytest.raises(ValueError, match="reserved runner options"):
        RUNNER.run(SUM, {"a": 1}, a=1, max_concurrency=1)


def test_x13_an_option_of_the_other_method_is_an_input() -> None:
    graph = Graph([node(lambda map_over, clone: (map_over, clone), "both").with_name("pair")])
    assert RUNNER.run(graph, map_over=3, clone=True)["both"] == (3, True)
    with pytest.warns(UserWarning, match="internal parameters"):
        RUNNER.run(SUM, a=1, b=2, map_over=3)


def test_x14_xe20_an_input_named_like_an_option_goes_through_values() -> None:
    @node(output_name="report")
    def write(select: str) -> str:
        return select.upper()

    result = RUNNER.run(Graph([write]), {"select": "north"}, select=["report"])
    assert result.values == {"report": "NORTH"}


def test_xe20_an_input_named_map_over_next_to_the_option() -> None:
    graph = Graph([node(lambda a, map_over: (a, map_over), "both").with_name("pair")])
    results = RUNNER.map(graph, {"a": [1, 2], "map_over": "kept"}, map_over="a")
    assert [result["both"] for result in results] == [(1, "kept"), (2, "kept")]


def test_x15_xe21_values_arrive_untouched() -> None:
    settings = {"deep": {"a": [1]}}
    assert RUNNER.run(LOOK, thing=settings)["seen"] is settings
    assert RUNNER.run(LOOK, {"thing": settings})["seen"] is settings


def test_x16_dots_mean_nothing_without_a_graph_node_before_them() -> None:
    with told() as texts:
        assert RUNNER.run(SUM, {"a": 1, "b": 2, "desk.verdict": True}).values == {"total": 3}
    assert len(texts) == 1 and says(texts[0], "not recognised", "desk.verdict")


def test_k2_a_key_for_a_graph_node_must_name_an_interrupt_in_it() -> None:
    outer = Graph([Graph([add], name="desk").as_node()])
    with pytest.raises(ValueError) as caught:
        RUNNER.run(outer, {"a": 1, "b": 2, "desk.total": 3})
    assert says(caught.value, "desk.total", "'desk'", "[HG305]")


def test_xe22_the_callers_dict_is_left_alone() -> None:
    values: dict[str, Any] = {"a": 1, "b": 2}
    RUNNER.run(SUM, values)
    RUNNER.map(Graph([look]), {"thing": [1]}, map_over="thing")
    assert values == {"a": 1, "b": 2}


def test_xe22_no_values_and_none_are_the_same() -> None:
    graph = Graph([node(lambda a=4: a + 1, "b").with_name("next_of")])
    assert RUNNER.run(graph).values == RUNNER.run(graph, None).values == {"b": 5}
