"""Loops that no gate can leave (HG503)."""

from __future__ import annotations

import pytest

from hypergraph import END, Graph, HyperNode, ifelse, interrupt, node, route
from tests.check.looking import codes, only


@node(output_name="reply")
def answer(question: str = "?") -> str:
    return question


@node(output_name="question")
def ask(reply: str) -> str:
    return reply


def endless(*nodes: HyperNode) -> bool:
    return "HG503" in {code for code, _ in codes(Graph(list(nodes)))}


def test_a_loop_without_gates_is_endless() -> None:
    """HG503: its members wake each other for as long as values change (X39)."""
    found = only(Graph([answer, ask]), "HG503")
    assert found.message == "No gate can leave the loop of 'answer', 'ask'"
    assert found.subject == "answer" and found.level == "warning"


def test_a_node_that_feeds_itself_runs_once() -> None:
    """HG503: an input that a node without a gate produces itself does not wake it (X40)."""
    assert not endless(node(lambda n: n, "n").with_name("tick"))


def test_a_gate_that_may_end_leaves() -> None:
    """HG503: END is a way out."""
    more = route(targets=["answer", END])(lambda reply: "answer").with_name("more")
    assert not endless(answer, ask, more)


def test_a_gate_that_may_choose_another_node_leaves() -> None:
    """HG503: so is a target outside of the loop."""
    done = node(lambda reply: reply, "result").with_name("done")
    more = ifelse(when_true="answer", when_false="done")(lambda reply: True).with_name("more")
    assert not endless(answer, ask, done, more)


def test_a_gate_that_only_chooses_members_does_not_leave() -> None:
    """HG503: whatever it decides, a member is open."""
    more = ifelse(when_true="answer", when_false="ask")(lambda reply: True).with_name("more")
    assert endless(answer, ask, more)
    sure = route(targets=["answer"], fallback="answer")(lambda reply: None).with_name("sure")
    assert endless(answer, ask, sure)


def test_a_gate_over_others_does_not_leave() -> None:
    """HG503: only a gate that targets a member can stop it."""
    done = node(lambda reply: reply, "result").with_name("done")
    other = route(targets=["done", END])(lambda reply: END).with_name("other")
    assert endless(answer, ask, done, other)


@pytest.mark.parametrize("multi", [False, True])
def test_a_route_that_may_choose_nothing_leaves(multi: bool) -> None:
    """HG503: `None` without a fallback, or an empty list, opens nobody (X61)."""
    made = route(targets=["answer"], multi_target=multi)(lambda reply: None)
    assert not endless(answer, ask, made.with_name("more"))


def test_a_gated_node_that_feeds_itself_needs_a_way_out() -> None:
    """HG503: as a target it is woken by what it produces (X40)."""
    tick = node(lambda n: n, "n").with_name("tick")
    sure = route(targets=["tick"], fallback="tick")(lambda n: None).with_name("sure")
    more = route(targets=["tick", END])(lambda n: END).with_name("more")
    assert endless(tick, sure) and not endless(tick, more)


def test_a_loop_inside_a_loop_needs_a_way_out_of_its_own() -> None:
    """HG503: the gate of the outer loop does not stop the inner one."""
    rate = node(lambda reply: reply, "rating").with_name("rate")
    vary = node(lambda reply, rating: reply, "question").with_name("vary")
    more = route(targets=["rate", END])(lambda reply: END).with_name("more")
    found = only(Graph([answer, vary, rate, more]), "HG503")
    assert found.message.endswith("'answer', 'vary'")


def test_a_loop_that_asks_somebody_can_be_left() -> None:
    """HG503: an interrupt pauses the run each time round."""

    @interrupt(output_name="question")
    def listen(reply: str) -> None:
        return None

    assert not endless(answer, listen)
    talk = node(lambda greeting: greeting, "reply").with_name("talk")
    inner = Graph([listen], name="inner").as_node()
    assert not endless(answer, inner) and not endless(talk, inner)


def test_a_member_that_waits_for_others_stops() -> None:
    """HG503: a signal from outside of the loop comes once, and a member runs once for it (X42)."""
    start = node(lambda seed: seed, "seeded", emit="ready").with_name("start")
    patient = node(lambda reply: reply, "question", wait_for="ready").with_name("patient")
    assert not endless(answer, patient, start)
