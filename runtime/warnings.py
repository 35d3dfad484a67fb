"""Warnings that point at the user's line, not at ours (X147)."""

from __future__ import annotations

import sys
from pathlib import PurePath

_HOME = str(PurePath(__file__).parent.parent)


def warn_caller(message: str) -> None:
    """Issue one ``UserWarning``, attributed to the first caller outside of this package."""
    from warnings import warn

    frame = sys._getframe(1)
    level = 2
    while frame.f_back is not None and _is_ours(frame.f_code.co_filename):
        frame = frame.f_back
        level += 1
    warn(message, UserWarning, stacklevel=level)


def _is_ours(filename: str) -> bool:
    return filename.startswith((_HOME, "<hypergraph"))
