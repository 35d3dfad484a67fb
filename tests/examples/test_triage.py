"""The triage example answers a ticket along the branches its words ask for."""

from __future__ import annotations

import pytest

from examples.triage.pipeline import answer_bug, by_topic, graph, who_else
from hypergraph import SyncRunner

CHARGED_TWICE = "Charged twice\nMy invoice shows $12.50 and €3, please refund one payment."
SITE_DOWN = "Production down\nIt fails with a TypeError when I save, version 2.1."
QUESTION = "Opening hours\nAre you there on Sundays?"
LEAK = "Password leaked\nI will cancel and go to a competitor today."


def test_a_billing_ticket_quotes_its_amounts() -> None:
    result = SyncRunner().run(graph, ticket=CHARGED_TWICE)
    assert result["reply"].splitlines() == [
        "Re: Charged twice",
        "We are checking $12.50 and €3.",
        "You will hear from us within three days.",
    ]
    assert result["notes"] == []


def test_an_urgent_bug_pages_an_engineer() -> None:
    reply = SyncRunner().run(graph, ticket=SITE_DOWN)["reply"]
    assert reply.splitlines()[1:] == [
        "We can reproduce it.",
        "An engineer has been paged (severity 5).",
    ]


def test_a_ticket_of_no_known_topic_takes_the_fallback() -> None:
    assert "A colleague will read 'Opening hours'" in (
        SyncRunner().run(graph, ticket=QUESTION)["reply"]
    )


def test_every_team_with_a_stake_gets_a_note() -> None:
    notes = SyncRunner().run(graph, ticket=LEAK)["notes"]
    assert notes == ["[security] Password leaked", "[sales] Password leaked"]


def test_urgency_is_a_matter_of_the_threshold() -> None:
    calm = SyncRunner().run(graph, ticket=SITE_DOWN, urgent_from=9)["reply"]
    assert calm.endswith("You will hear from us within one day.")


def test_only_the_chosen_branches_leave_outputs() -> None:
    result = SyncRunner().run(graph, ticket=LEAK, select="**")
    assert result["promise"].startswith("An engineer")
    result = SyncRunner().run(graph, ticket=QUESTION, select="**")
    assert "security_note" not in result and "sales_note" not in result


@pytest.mark.parametrize(
    ("words", "target"),
    [
        (["refund", "payment", "error"], "answer_billing"),
        (["crash", "error", "price"], "answer_bug"),
        (["hello"], None),
    ],
)
def test_the_topic_with_most_words_wins(words: list[str], target: str | None) -> None:
    assert by_topic(words) == target


def test_a_bug_report_is_asked_for_what_it_lacks() -> None:
    assert answer_bug("It crashes.") == "Please send us the version and the steps and the message."


def test_nobody_else_is_told_by_default() -> None:
    assert who_else(["hello"]) == []
