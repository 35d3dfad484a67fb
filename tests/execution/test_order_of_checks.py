"""In which order a call is checked, and how a refusal reaches the caller (X17-X19)."""

from __future__ import annotations

from typing import Any

import pytest

from hypergraph import (
    FunctionNode,
    Graph,
    GraphConfigError,
    IncompatibleRunnerError,
    MissingInputError,
    SyncRunner,
    interrupt,
    node,
)
from tests.execution.tracing import Trace, says

RUNNER = SyncRunner()


class Special(FunctionNode):
    """A node of the user's own."""


@node(output_name="page")
async def fetch(url: str) -> str:
    return url


@interrupt(output_name="verdict")
def ask(page: str) -> None:
    return None


@node(output_name="b")
def first(a: int) -> int:
    return a


@node(output_name="c")
def second(b: int, k: int) -> int:
    return b + k


GRAPH = Graph([first, second])
ODD = Special(lambda url: url, name="odd", output_name="x")

WRONG: list[tuple[str, Graph, dict[str, Any], type[Exception], str]] = [
    ("twice", Graph([fetch]), {"values": {"url": 1}, "url": 2}, ValueError, "both values"),
    ("async", Graph([ask, fetch]), {}, IncompatibleRunnerError, "async"),
    ("interrupt", Graph([ask, ODD]), {}, IncompatibleRunnerError, "InterruptNode"),
    ("type", Graph([ODD]), {"select": "zz"}, TypeError, "does not support node type"),
    (
        "select",
        GRAPH,
        {"select": "zz", "on_internal_override": "zz"},
        GraphConfigError,
        "Invalid select",
    ),
    (
        "on_internal_override",
        GRAPH,
        {"a": 1, "b": 2, "on_internal_override": "zz"},
        ValueError,
        "Invalid on_internal_override",
    ),
    (
        "conflict",
        GRAPH,
        {"a": 1, "b": 2, "zz": 1, "on_internal_override": "error"},
        ValueError,
        "Cannot mix",
    ),
    (
        "unexpected",
        GRAPH,
        {"zz": 1, "on_internal_override": "error", "entrypoint": "zz"},
        ValueError,
        "internal parameters",
    ),
    ("entry", GRAPH, {"entrypoint": "zz"}, ValueError, "not a valid entry point"),
    ("missing", GRAPH, {"on_missing": "zz"}, MissingInputError, "Missing required inputs"),
    (
        "on_missing",
        GRAPH,
        {"a": 1, "k": 1, "on_missing": "zz", "error_handling": "zz"},
        ValueError,
        "Invalid on_missing",
    ),
    (
        "error_handling",
        GRAPH,
        {"a": 1, "k": 1, "error_handling": "zz"},
        ValueError,
        "Invalid error_handling",
    ),
]


@pytest.mark.parametrize(
    ("graph", "call", "kind", "fact"), [one[1:] for one in WRONG], ids=[one[0] for one in WRONG]
)
def test_x17_the_first_thing_wrong_is_reported(
    graph: Graph, call: dict[str, Any], kind: type[Exception], fact: str
) -> None:
    """Each call is wrong in the way of its name, and in a way that is checked later."""
    with pytest.raises(kind) as caught:
        RUNNER.run(graph, **call)
    assert says(caught.value, fact)


def test_xe35_words_that_are_no_policy() -> None:
    for option in ("on_internal_override", "on_missing"):
        call: dict[str, Any] = {"a": 1, "k": 1, option: "loud"}
        with pytest.raises(ValueError) as caught:
            RUNNER.run(GRAPH, **call)
        assert says(caught.value, f"Invalid {option}", "ignore", "warn", "error", "loud")
    with pytest.raises(ValueError) as caught:
        RUNNER.run(GRAPH, a=1, k=1, error_handling="loud")  # type: ignore[arg-type]
    assert says(caught.value, "Invalid error_handling", "How to fix", "raise", "continue")


@pytest.mark.parametrize(
    "call",
    [{"k": 1}, {"a": 1, "b": 1}, {"a": 1, "k": 1, "select": "zz"}, {"entrypoint": "first"}],
    ids=["missing", "conflict", "select", "entry"],
)
def test_x18_xe36_a_refusal_is_raised_even_with_continue(call: dict[str, Any]) -> None:
    trace = Trace()
    graph = Graph([node(output_name="b")(trace(lambda a: a)).with_name("first"), second])
    with pytest.raises((ValueError, GraphConfigError, MissingInputError)):
        RUNNER.run(graph, **{**call, "error_handling": "continue"})
    assert trace.calls == []


def test_xe37_of_several_mistakes_the_earlier_check_wins() -> None:
    bad: Any = {"error_handling": "loud"}
    with pytest.raises(MissingInputError):
        RUNNER.run(GRAPH, a=1, **bad)
    with pytest.raises(GraphConfigError):
        RUNNER.run(GRAPH, a=1, select="zz", **bad)


def test_x17_a_refusal_is_repeated_on_every_call() -> None:
    for _ in range(3):
        with pytest.raises(MissingInputError) as caught:
            RUNNER.run(GRAPH, a=1)
        assert caught.value.missing == ["k"]


def test_x19_map_checks_the_error_handling_before_the_items() -> None:
    with pytest.raises(ValueError, match="Invalid error_handling"):
        RUNNER.map(GRAPH, a=[], map_over="zz", error_handling="loud")  # type: ignore[arg-type]


def test_x19_map_leaves_the_other_checks_to_the_items() -> None:
    assert RUNNER.map(GRAPH, a=[], map_over="a", on_missing="loud", select="zz") == []
    with pytest.raises(GraphConfigError):
        RUNNER.map(GRAPH, a=[1], map_over="a", on_missing="loud", select="zz")
