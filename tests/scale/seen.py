"""What can be compared of results."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from hypergraph import RunResult


def seen(results: Iterable[RunResult]) -> list[tuple[Any, ...]]:
    """Of each result what two maps of the same items have in common."""
    return [
        (one.status, dict(one.values), type(one.error), str(one.error), one.pause)
        for one in results
    ]
