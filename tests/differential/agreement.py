"""Whether two engines saw the same, and where they did not."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import zip_longest
from typing import Any

from ..reference.observation import Batch, Event, NodeCall, Observation, Warned
from .events import comparable, nested

Seen = Observation | Batch


def differences(expected: Seen, actual: Seen, *, ordered: bool, told: bool = False) -> list[str]:
    """Every way in which an engine departs from the reference, as lines of text.

    Calls are compared in order, or where ``ordered`` is false as a multiset; so are events, if the
    engine was ``told`` of any.
    """
    found = list(_differences(expected, actual))
    if expected.racing:
        return found
    compare = _orders if ordered else _multisets
    found += compare(expected.calls, actual.calls)
    if told:
        found += _events(expected.events, actual.events, ordered=ordered)
    return found


def kind_of(lines: list[str]) -> str:
    """What kind of departure this is: two cases of one kind are likely to have one reason."""
    if not lines:
        return ""
    subject = lines[0].partition(":")[0].rstrip("0123456789 ")
    words = re.findall(r"\b(?:completed|failed|raised|paused|\w+Error|\w+Failure)\b", lines[0])
    return " ".join([subject, *words] if subject in ("status", "error", "engine") else [subject])


def _differences(expected: Seen, actual: Seen) -> Iterator[str]:
    if expected.racing and {_status(expected), _status(actual)} <= {"failed", "raised", "paused"}:
        return  # what comes first ends the run, and holds back the rest
    if _status(expected) != _status(actual):
        yield f"status: {_status(expected)} {expected.error} -> {_status(actual)} {actual.error}"
        return
    if not expected.racing and expected.error != actual.error:
        yield f"error: {expected.error} -> {actual.error}"
    if not expected.racing:
        yield from _warnings(expected.warnings, actual.warnings)
    if isinstance(expected, Batch) and isinstance(actual, Batch):
        for i, (one, other) in enumerate(zip_longest(expected.items, actual.items)):
            if one is None or other is None:
                yield f"items: {len(expected.items)} -> {len(actual.items)}"
                return
            yield from (f"item {i}: {line}" for line in _differences(one, other))
    elif isinstance(expected, Observation) and isinstance(actual, Observation):
        yield from _results(expected, actual)


def _results(expected: Observation, actual: Observation) -> Iterator[str]:
    if expected.racing and expected.status != "completed":
        return
    wanted, got = _shown(expected.values), _shown(actual.values)
    if wanted != got:
        yield f"values: {wanted} -> {got}"
    if repr(expected.pause) != repr(actual.pause):
        yield f"pause: {expected.pause} -> {actual.pause}"


def _status(seen: Seen) -> str:
    """A runner that raises does not say whether a check or a node was the reason."""
    return "raised" if seen.status == "rejected" else seen.status


def _shown(values: tuple[tuple[str, Any], ...]) -> list[str]:
    """Values with their exact types, in order."""
    return [f"{name}={value!r}" for name, value in values]


def _warnings(expected: tuple[Warned, ...], actual: tuple[Warned, ...]) -> Iterator[str]:
    messages = [warned.facts[0] for warned in actual]
    same = len(expected) == len(actual) and all(
        wanted.category == got.category and all(fact in got.facts[0] for fact in wanted.facts)
        for wanted, got in zip(expected, actual, strict=True)
    )
    if not same:
        yield f"warnings: {[warned.facts for warned in expected]} -> {messages}"


def _orders(expected: tuple[NodeCall, ...], actual: tuple[NodeCall, ...]) -> Iterator[str]:
    for i, (one, other) in enumerate(zip_longest(expected, actual)):
        if one != other:
            yield f"call {i}: {one} -> {other}"
            return


def _multisets(expected: tuple[NodeCall, ...], actual: tuple[NodeCall, ...]) -> Iterator[str]:
    wanted = Counter((call.path, call.arguments) for call in expected)
    got = Counter((call.path, call.arguments) for call in actual)
    if wanted != got:
        yield f"calls missing: {wanted - got}; too many: {got - wanted}"


def _events(
    expected: tuple[Event, ...], actual: tuple[Event, ...], *, ordered: bool
) -> Iterator[str]:
    if not ordered:
        wanted, got = nested(expected), nested(actual)
        if wanted != got:
            yield f"events missing: {wanted - got}; too many: {got - wanted}"
        return
    pairs = zip_longest(comparable(expected), comparable(actual))
    for i, (one, other) in enumerate(pairs):
        if one != other:
            yield f"event {i}: {one} -> {other}"
            return
