"""Sort a support ticket: who answers it, how fast, and who else must know.

Three gates read what the first steps found out. One picks the kind of answer, one the urgency,
one any number of teams to tell; what the chosen branches produced meets again in the reply.
"""

from __future__ import annotations

import re

from hypergraph import Graph, ifelse, node, route

TOPICS = {
    "billing": ("invoice", "charge", "charged", "refund", "payment", "price", "subscription"),
    "bug": ("error", "crash", "crashes", "broken", "fails", "bug", "exception", "traceback"),
}
ALARMS = {
    "down": 3,
    "outage": 3,
    "breach": 3,
    "leaked": 3,
    "production": 2,
    "urgent": 2,
    "today": 1,
    "immediately": 1,
    "cannot": 1,
}


@node(output_name=("subject", "body"))
def open_ticket(ticket: str) -> tuple[str, str]:
    """The first line and the rest."""
    subject, _, body = ticket.strip().partition("\n")
    return subject.strip(), body.strip()


@node(output_name="words")
def find_words(subject: str, body: str) -> list[str]:
    """The words of the ticket in lower case."""
    return re.findall(r"[a-z]+", f"{subject} {body}".lower())


@node(output_name="severity")
def rate(words: list[str]) -> int:
    """The sum of what the alarming words weigh, each counted once."""
    return sum(weight for word, weight in ALARMS.items() if word in words)


@route(targets=["answer_billing", "answer_bug"], fallback="answer_other")
def by_topic(words: list[str]) -> str | None:
    """The topic with the most words in the ticket; none means the fallback."""
    hits = {topic: sum(words.count(word) for word in found) for topic, found in TOPICS.items()}
    topic = max(hits, key=lambda name: hits[name])
    return f"answer_{topic}" if hits[topic] else None


@node(output_name="advice")
def answer_billing(body: str) -> str:
    """Quote the amounts, so that the customer sees what will be checked."""
    amounts = re.findall(r"[$€£]\s?\d+(?:\.\d\d)?", body)
    return f"We are checking {' and '.join(amounts)}." if amounts else "We are checking your bill."


@node(output_name="advice")
def answer_bug(body: str) -> str:
    """Ask for what is missing to reproduce it."""
    wanted = {
        "version": r"\d+\.\d+",
        "steps": r"\b(when|after|if) ",
        "message": r"\b[A-Z]\w*Error\b",
    }
    missing = [what for what, pattern in wanted.items() if not re.search(pattern, body)]
    return f"Please send us the {' and the '.join(missing)}." if missing else "We can reproduce it."


@node(output_name="advice")
def answer_other(subject: str) -> str:
    """Nothing known about it: a person reads it."""
    return f"A colleague will read {subject!r} and write to you."


@ifelse(when_true="page_engineer", when_false="put_in_queue")
def is_urgent(severity: int, urgent_from: int = 3) -> bool:
    """Whether somebody must be woken up."""
    return severity >= urgent_from


@node(output_name="promise")
def page_engineer(severity: int) -> str:
    """Somebody is at it now."""
    return f"An engineer has been paged (severity {severity})."


@node(output_name="promise")
def put_in_queue(severity: int) -> str:
    """The worse, the sooner."""
    return f"You will hear from us within {'one day' if severity else 'three days'}."


@route(targets=["tell_security", "tell_sales"], multi_target=True)
def who_else(words: list[str]) -> list[str]:
    """Every team that has a stake in the ticket."""
    told = []
    if {"breach", "leaked", "password"} & set(words):
        told.append("tell_security")
    if {"cancel", "competitor", "upgrade"} & set(words):
        told.append("tell_sales")
    return told


@node(output_name="security_note")
def tell_security(subject: str) -> str:
    """A note for the security team."""
    return f"[security] {subject}"


@node(output_name="sales_note")
def tell_sales(subject: str) -> str:
    """A note for the sales team."""
    return f"[sales] {subject}"


@node(output_name="reply")
def write_reply(subject: str, advice: str, promise: str) -> str:
    """What the customer gets, whichever branches were taken."""
    return f"Re: {subject}\n{advice}\n{promise}"


@node(output_name="notes")
def collect_notes(security_note: str | None = None, sales_note: str | None = None) -> list[str]:
    """What the teams get: a note that nobody wrote is left out."""
    return [note for note in (security_note, sales_note) if note is not None]


graph = Graph(
    [
        open_ticket,
        find_words,
        rate,
        by_topic,
        answer_billing,
        answer_bug,
        answer_other,
        is_urgent,
        page_engineer,
        put_in_queue,
        who_else,
        tell_security,
        tell_sales,
        write_reply,
        collect_notes,
    ],
    name="triage",
).select("reply", "notes")
