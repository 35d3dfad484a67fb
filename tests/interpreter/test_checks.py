"""The reference's checks of a call (sections 5 and 6)."""

from __future__ import annotations

from typing import Any

import pytest

from hypergraph import END, Graph, node, route
from tests.reference.interpreter import interpret
from tests.reference.scope import scope_of
from tests.reference.steps import called, values


@node(output_name="mid")
def first(start: int) -> int:
    return start + 1


@node(output_name="end")
def second(mid: int) -> int:
    return mid * 10


@node(output_name="answer")
def reply(history: list[int]) -> int:
    return len(history)


@node(output_name="history", emit="turn")
def log(history: list[int], answer: int) -> list[int]:
    return [*history, answer]


@route(targets=["reply", END], wait_for="turn")
def again(history: list[int], max_turns: int = 3) -> object:
    return END if len(history) >= max_turns else "reply"


CHAIN = Graph([first, second])
CHAT = Graph([reply, log, again])


def test_g88_the_entries_of_a_chat_loop() -> None:
    scope = scope_of(CHAT, None)
    assert scope.entrypoints == {"log": ("history", "answer"), "reply": ("history",)}
    assert (scope.required, scope.optional) == ((), ("max_turns",))


@pytest.mark.parametrize("graph", [CHAIN, CHAT, CHAT.bind(history=[]), CHAIN.select("mid")])
def test_the_scope_of_a_graph_is_its_input_specification(graph: Graph) -> None:
    scope = scope_of(graph, graph.selected)
    spec = graph.inputs
    assert (scope.required, scope.optional, scope.bound) == (
        spec.required,
        spec.optional,
        spec.bound,
    )
    assert scope.entrypoints == spec.entrypoints


def test_xe27_a_value_may_replace_a_node_that_cannot_run() -> None:
    seen = interpret(CHAIN, {"mid": 5})
    assert (called(seen), values(seen)) == (["second"], {"mid": 5, "end": 50})
    assert [warned.facts for warned in seen.warnings] == [("internal parameters", "mid")]


@pytest.mark.parametrize(
    ("given", "options", "kind"),
    [
        ({}, {}, "MissingInputError"),
        ({"start": 1, "mid": 2}, {}, "ValueError"),
        ({"start": 1, "typo": 2}, {"on_internal_override": "error"}, "ValueError"),
        ({"start": 1}, {"entrypoint": "first"}, "ValueError"),
        ({"start": 1}, {"select": "nothing"}, "GraphConfigError"),
        ({"start": 1}, {"on_missing": "perhaps"}, "ValueError"),
        ({}, {"error_handling": "shrug"}, "MissingInputError"),
    ],
)
def test_x17_a_refused_call(given: dict[str, Any], options: dict[str, Any], kind: str) -> None:
    seen = interpret(CHAIN, given, **options)
    assert seen.status == "rejected" and seen.error is not None and seen.error[0] == kind


def test_x29_a_loop_needs_exactly_one_way_in() -> None:
    assert interpret(CHAT).error == ("MissingInputError", ((),))
    both: dict[str, Any] = {"history": [], "answer": 1}
    assert interpret(CHAT, both).error == ("ValueError", ())
    seen = interpret(CHAT, both, entrypoint="log")
    assert seen.status == "completed" and called(seen)[:2] == ["reply", "log"]


def test_k9_a_bound_seed_is_no_injection() -> None:
    seen = interpret(CHAT.bind(history=[]), on_internal_override="error")
    assert (seen.status, seen.error) == ("rejected", ("MissingInputError", ((),)))
    seeded = interpret(CHAT.bind(history=[]), {"answer": 7}, on_internal_override="error")
    assert dict(seeded.values)["history"][0] == 7
