"""How a declaration is refused: with which class, saying what, pointing where."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from hypergraph.compiler.diagnostics.catalogue import CATALOGUE


def refused(
    kind: type[Exception],
    act: Callable[[], Any],
    *facts: str,
    at: Callable[..., Any] | None = None,
) -> str:
    """Check that ``act`` raises a ``kind`` that states ``facts`` and where ``at`` was written."""
    with pytest.raises(kind) as caught:
        act()
    error, text = caught.value, str(caught.value)
    for fact in facts:
        assert fact in text
    entry = CATALOGUE[error.code]  # type: ignore[attr-defined]
    assert entry.fix in text and f"[{entry.code}]" in text
    if at is not None:
        code = at.__code__
        assert f"{code.co_filename}:{code.co_firstlineno}" in text
        (place,) = error.places  # type: ignore[attr-defined]
        assert (place.file, place.line) == (code.co_filename, code.co_firstlineno)
    return text
