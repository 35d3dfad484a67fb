"""The harness itself: it sees differences, and what it writes down it reads back."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings

from tests.agreement.test_differential import many
from tests.differential.agreement import differences
from tests.differential.cases import cases
from tests.differential.events import comparable, nested
from tests.differential.paste import module
from tests.differential.reduction import reduced
from tests.differential.source import build
from tests.differential.spec import Body, Call, Case, Fn, GraphSpec, Param, inputs_of
from tests.reference.observation import Event, NodeCall, Observation, Pause, Warned

FIRST = NodeCall("f", 1, (("x", "1"),))
SECOND = NodeCall("g", 1, (("y", "2"),))
SEEN = Observation(
    "completed",
    (("a", 1), ("b", None)),
    calls=(FIRST, SECOND),
    warnings=(Warned("UserWarning", ("internal parameters", "typo")),),
)
TOLD = replace(SEEN, warnings=(Warned("UserWarning", ("internal parameters: 'typo'",)),))


def test_a_message_that_has_the_facts_is_the_same_warning() -> None:
    assert differences(SEEN, TOLD, ordered=True) == []


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"status": "failed"}, "status"),
        ({"values": (("a", True), ("b", None))}, "values"),
        ({"values": (("b", None), ("a", 1))}, "values"),
        ({"error": ("ValueError", ())}, "error"),
        ({"calls": (SECOND, FIRST)}, "call 0"),
        ({"calls": (FIRST,)}, "call 1"),
        ({"warnings": ()}, "warnings"),
        ({"pause": Pause("f", "a", 1, None, None)}, "pause"),
    ],
)
def test_every_departure_is_told(changes: dict[str, Any], word: str) -> None:
    (line,) = differences(SEEN, replace(TOLD, **changes), ordered=True)
    assert line.startswith(word)


def test_without_order_calls_are_a_multiset() -> None:
    assert differences(SEEN, replace(TOLD, calls=(SECOND, FIRST)), ordered=False) == []
    assert differences(SEEN, replace(TOLD, calls=(FIRST, FIRST)), ordered=False) != []


def test_ids_of_events_only_tell_things_apart() -> None:
    facts = (("graph_name", "'g'"), ("is_map", False), ("map_size", None))
    some = [Event("run start", "r1", "s1", None, facts), Event("run end", "r1", "s1", None, ())]
    same = [Event("run start", 7, 8, None, facts), Event("run end", 7, 8, None, ())]
    other = [Event("run start", 7, 8, None, facts), Event("run end", 7, 9, None, ())]
    assert comparable(some) == comparable(same) != comparable(other)
    assert nested(some) == nested(same)


def test_every_build_has_functions_and_a_trace_of_its_own() -> None:
    spec = GraphSpec((Fn("f", (Param("x", "x"),), ("y",)),))
    one, other = build(spec), build(spec)
    one.module.f(1)
    assert (len(one.trace), len(other.trace)) == (1, 0)


def test_a_reduced_case_is_as_small_as_the_reason_allows() -> None:
    """Here a case is wrong while ``g`` reads what ``f`` puts out."""
    first = Fn("f", (Param("p", "x", "keyword"), Param("z", "z")), ("y", "w"), Body("level"))
    second = Fn("g", (Param("y", "y"), Param("k", "k", default="1")), ("v",), emit=("s",))
    other = Fn("h", (Param("v", "v"),), ("u",), wait_for=("s",))
    graph = GraphSpec((first, second, other), bound=(("k", "2"),), selected=("u",))

    def wrong(case: Case) -> bool:
        nodes = {node.name: node for node in case.graph.nodes}
        if not {"f", "g"} <= set(nodes):
            return False
        return "y" in nodes["f"].outputs and "y" in inputs_of(nodes["g"])

    small = reduced(Case(graph, Call((("x", "[1, 2]"),), on_missing="warn")), wrong)
    assert small == Case(GraphSpec((Fn("f", (), ("y",)), Fn("g", (Param("y", "y"),)))), Call())


@settings(many, max_examples=50)
@given(case=cases(concurrent=True))
def test_a_pasted_case_is_the_same_case(case: Case) -> None:
    namespace: dict[str, Any] = {}
    exec(module(case), namespace)
    assert namespace["CASE"] == case
