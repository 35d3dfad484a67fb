"""What runners are and hand back (sections 2 and 3)."""

from __future__ import annotations

import inspect
from typing import Any

import pytest

from hypergraph import (
    AsyncRunner,
    FunctionNode,
    Graph,
    GraphNode,
    IfElseNode,
    RouteNode,
    RunResult,
    RunStatus,
    SyncRunner,
    node,
)
from hypergraph.runtime.runners.base import BaseRunner

GRAPH = Graph([node(lambda x, k=1: x + k, "y").with_name("add")])


def test_x9_a_base_runner_is_abstract() -> None:
    with pytest.raises(TypeError):
        BaseRunner()  # type: ignore[abstract]

    class Half(BaseRunner):
        def run(self, graph: Any, values: Any = None, **options: Any) -> Any:
            return None

    with pytest.raises(TypeError):
        Half()  # type: ignore[abstract]
    assert issubclass(SyncRunner, BaseRunner) and issubclass(AsyncRunner, BaseRunner)


def test_x9_a_runner_with_all_three_members_can_be_made() -> None:
    class Echo(BaseRunner):
        capabilities = SyncRunner().capabilities

        def run(self, graph: Any, values: Any = None, **options: Any) -> Any:
            return values

        def map(self, graph: Any, values: Any = None, **options: Any) -> Any:
            return [values]

    assert Echo().run(GRAPH, {"x": 1}) == {"x": 1}


def test_the_sync_runner_says_what_it_supports() -> None:
    runner = SyncRunner()
    assert runner.default_max_iterations == 1000
    assert runner.supported_node_types == {FunctionNode, GraphNode, IfElseNode, RouteNode}
    assert SyncRunner(None).run(GRAPH, x=1)["y"] == 2


def test_the_options_of_run_and_map_come_by_keyword() -> None:
    for method in (SyncRunner.run, SyncRunner.map):
        parameters = list(inspect.signature(method).parameters.values())
        assert [one.name for one in parameters[:3]] == ["self", "graph", "values"]
        assert {one.kind for one in parameters[3:-1]} == {inspect.Parameter.KEYWORD_ONLY}
    with pytest.raises(TypeError):
        SyncRunner().map(GRAPH, {"x": [1]})  # type: ignore[call-arg]


def test_k16_x2_the_values_are_a_dict_that_can_be_called() -> None:
    result = SyncRunner().run(GRAPH, x=1)
    assert isinstance(result, RunResult) and isinstance(result.values, dict)
    assert result.values == {"y": 2} and list(result.values()) == [2]
    assert result["y"] == result.values["y"] == result.get("y") and "y" in result


def test_k16_x1_a_status_is_a_string() -> None:
    result = SyncRunner().run(GRAPH, x=1)
    assert result.status == "completed" and result.status is RunStatus.COMPLETED
    failed = SyncRunner().run(GRAPH, x="a", error_handling="continue")
    assert failed.status == "failed" and failed.error is not None


def test_xe4_two_runs_have_different_ids() -> None:
    one, two = (SyncRunner().run(GRAPH, x=1) for _ in range(2))
    assert one.run_id != two.run_id and one.workflow_id is None and one.pause is None


@pytest.mark.parametrize("graph", [None, 3, "graph", [1]], ids=repr)
def test_what_is_no_graph_is_refused(graph: Any) -> None:
    with pytest.raises(TypeError, match="takes a Graph or a Program"):
        SyncRunner().run(graph, x=1)


def test_x38_an_input_is_available_when_present_bound_or_defaulted() -> None:
    runner = SyncRunner()
    assert runner.run(GRAPH, x=1)["y"] == 2
    assert runner.run(GRAPH.bind(x=5))["y"] == 6
    assert runner.run(Graph([node(lambda: 7, "y").with_name("make")]))["y"] == 7


def test_x38_in_a_loop_a_default_is_available_from_the_start() -> None:
    """What members of the loop write need not have been written before a member starts."""
    step = node(lambda n, boost=10: min(n + boost, 25), "n").with_name("step")
    boost = node(lambda n: 1, "boost").with_name("boost_by")
    result = SyncRunner().run(Graph([step, boost]), n=0)
    assert result.values == {"n": 11, "boost": 1}
