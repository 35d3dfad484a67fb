"""Draft a notice, ask somebody, revise it until they approve, publish it.

The person answers through an interrupt: without an answer the run pauses and hands out the draft.
Nothing is kept between runs, so an answer starts a new one: the draft that was asked about goes
back in as the loop's seed, together with the answer. A draft is plain data, so it may wait in a
file or a queue for as long as the answer takes. `main.py` asks on the terminal.
"""

from __future__ import annotations

from typing import TypedDict

from hypergraph import Graph, interrupt, node, route


class Draft(TypedDict):
    """A notice on its way to being published."""

    title: str
    lines: list[str]
    revision: int
    remark: str


@node(output_name="lines")
def order_facts(facts: list[str]) -> list[str]:
    """The facts as sentences, without repeats."""
    sentences = (fact.strip().rstrip(".") for fact in facts)
    return [f"{one[0].upper()}{one[1:]}." for one in dict.fromkeys(sentences) if one]


@node(output_name="draft")
def write_draft(subject: str, lines: list[str]) -> Draft:
    """The first version."""
    return Draft(title=subject.strip().title(), lines=lines, revision=1, remark="first draft")


@interrupt(output_name="verdict")
def sign_off(draft: Draft) -> str | None:
    """Ask somebody; nothing to say here means that the run pauses."""
    return None


@route(targets=["revise", "publish"], default_open=False)
def decide(verdict: str) -> str:
    """A plain yes publishes; anything else is an instruction."""
    return "publish" if verdict.strip().lower() in {"yes", "ok", "approve"} else "revise"


@node(output_name="draft")
def revise(draft: Draft, verdict: str) -> Draft:
    """The next version: what the instruction says, or a remark that it was not understood.

    Instructions: `title NEW TITLE`, `add A SENTENCE`, `drop NUMBER`, `replace THIS with THAT`.
    """
    title, lines = draft["title"], list(draft["lines"])
    order, _, rest = verdict.strip().partition(" ")
    old, found, new = rest.partition(" with ")
    remark = f"done: {verdict.strip()}"
    if order == "title" and rest:
        title = rest
    elif order == "add" and rest:
        lines.append(rest)
    elif order == "drop" and rest.isdecimal() and 0 < int(rest) <= len(lines):
        del lines[int(rest) - 1]
    elif order == "replace" and found and old in "\n".join(lines):
        lines = [line.replace(old, new) for line in lines]
    else:
        remark = f"not understood: {verdict.strip()}"
    return Draft(title=title, lines=lines, revision=draft["revision"] + 1, remark=remark)


@node(output_name="notice")
async def publish(draft: Draft) -> str:
    """The notice as it goes out."""
    rule = "=" * len(draft["title"])
    return "\n".join([draft["title"], rule, *draft["lines"]])


drafting = Graph([order_facts, write_draft], name="drafting").select("draft")
graph = Graph([sign_off, decide, revise, publish], name="approval")
