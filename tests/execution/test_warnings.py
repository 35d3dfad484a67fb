"""What a run says besides its result (section 26)."""

from __future__ import annotations

import logging
import warnings

import pytest

from hypergraph import END, Graph, SyncRunner, node, route

RUNNER = SyncRunner()

GRAPH = Graph([node(lambda x: x, "y").with_name("same")])
OUTER = Graph([Graph([node(lambda x: x, "y").with_name("same")], name="inner").as_node()])


def test_x147_warnings_are_for_the_line_that_runs_the_graph() -> None:
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        RUNNER.run(GRAPH, x=1, odd=2)
        RUNNER.map(GRAPH, x=[1], odd=2, map_over="x")
        RUNNER.run(GRAPH, x=1, select=["y"], on_missing="warn")
    assert [one.category for one in caught] == [UserWarning, UserWarning]
    assert {one.filename for one in caught} == {__file__}
    assert caught[1].lineno == caught[0].lineno + 1


def test_x147_warnings_are_repeated_on_every_run() -> None:
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        for _ in range(3):
            RUNNER.run(GRAPH, x=1, odd=2)
    assert len(caught) == 3


def test_x147_the_string_end_is_told_at_the_line_that_runs_the_graph() -> None:
    gate = route(targets=["same", END])(lambda x: "END").with_name("gate")
    graph = Graph([gate, node(lambda x: x, "y").with_name("same")])
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        with pytest.raises(ValueError, match="invalid target"):
            RUNNER.run(graph, x=1)
    assert len(caught) == 1 and "END" in str(caught[0].message)


def test_x147_a_clean_run_is_silent() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert RUNNER.run(GRAPH, x=1)["y"] == 1
        assert RUNNER.run(OUTER, x=1)["y"] == 1
        assert RUNNER.run(GRAPH.bind(x=2))["y"] == 2


def test_x149_runners_do_not_log(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        RUNNER.run(GRAPH, x=1, odd=2)
        RUNNER.run(
            Graph([node(lambda x: 1 / x, "y").with_name("f")]), x=0, error_handling="continue"
        )
    assert caplog.records == []
