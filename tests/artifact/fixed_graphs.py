"""Graphs whose programs stand for what an epoch of the emitter writes.

Every line here is in those programs, as a place, so nothing may be changed: add below.
"""

from __future__ import annotations

from hypergraph import END, Graph, ifelse, interrupt, node, route


@node(output_name=("title", "lines"))
def split(text: str) -> tuple[str, list[str]]:
    title, *lines = text.splitlines() or [""]
    return title, lines


@node(output_name="count", cache=True)
def count(lines: list[str], at_least: int = 1) -> int:
    return max(len(lines), at_least)


@ifelse(when_true="shorten", when_false="keep")
def is_long(count: int, limit: int = 80) -> bool:
    return count > limit


@node(output_name="body")
def shorten(lines: list[str], limit: int = 80) -> list[str]:
    return lines[:limit]


@node(output_name="body")
def keep(lines: list[str]) -> list[str]:
    return lines


@route(targets=["stress", "sign"], multi_target=True)
def extras(title: str) -> list[str]:
    return ["stress"] if title.endswith("!") else []


@node(output_name="heading")
def stress(title: str) -> str:
    return title.upper()


@node(output_name="signature")
def sign(title: str, names: list[str] = ["nobody"]) -> str:  # noqa: B006 - copied for each call
    return f"{title}: {', '.join(names)}"


letter = Graph([split, count, is_long, shorten, keep, extras, stress, sign], name="letter")


@node(output_name="n")
def step(n: int) -> int:
    return n // 2


@route(targets=["step", END])
def go_on(n: int) -> object:
    return "step" if n > 1 else END


halving = Graph([step, go_on], name="halving")


@node(output_name="total", wait_for="checked")
def total(halved: list[int]) -> int:
    return sum(halved)


@node(emit="checked")
def check(halved: list[int]) -> None:
    assert all(halved)


halves = halving.as_node(name="halves").with_inputs(n="numbers").with_outputs(n="halved")
sums = Graph([halves.map_over("numbers", error_handling="continue"), check, total], name="sums")


@node(output_name="draft")
async def write(topic: str) -> str:
    return topic


@interrupt(output_name="verdict")
def approve(draft: str) -> str | None:
    return None


@node(output_name="notice")
def publish(draft: str, verdict: str) -> str:
    return f"{draft} ({verdict})"


approval = Graph([write, approve, publish], name="approval")

GRAPHS = ("letter", "halving", "sums", "approval")
