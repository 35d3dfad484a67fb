"""Observations, condensed to what a test of one rule looks at."""

from __future__ import annotations

from .observation import Batch, Observation


def values(seen: Observation) -> dict[str, object]:
    """The outputs of a run."""
    return dict(seen.values)


def called(seen: Observation | Batch) -> list[str]:
    """The paths of the nodes that were called, in order."""
    return [call.path for call in seen.calls]


def arguments(seen: Observation | Batch, path: str) -> list[dict[str, object]]:
    """The arguments of each call of one node."""
    return [dict(call.arguments) for call in seen.calls if call.path == path]
