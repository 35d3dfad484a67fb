"""Warnings that point at the user's line, not at ours (X147)."""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def warn_caller(message: str) -> None:
    """Issue one ``UserWarning``, attributed to the first caller whose code is not ours (X147)."""
    from warnings import warn

    frame, level = sys._getframe(1), 2
    while frame.f_back is not None and _is_ours(frame.f_globals):
        frame, level = frame.f_back, level + 1
    warn(message, UserWarning, stacklevel=level)


def _is_ours(module: dict[str, Any]) -> bool:
    name: str = module.get("__name__", "hypergraph.")
    return name.startswith("hypergraph.") or module is warn_caller.__globals__
