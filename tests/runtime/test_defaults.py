"""Signature defaults are copied each time they are used (X59)."""

from __future__ import annotations

import threading

import pytest

from hypergraph import GraphConfigError
from hypergraph.runtime.defaults import fresh


def test_x59_a_default_is_deep_copied_every_time() -> None:
    default: dict[str, list[int]] = {"rows": []}
    first, second = fresh(default, "table"), fresh(default, "table")
    first["rows"].append(1)
    assert default == second == {"rows": []}


def test_x59_a_default_that_cannot_be_copied_is_refused_with_the_remedy() -> None:
    with pytest.raises(GraphConfigError) as caught:
        fresh(threading.Lock(), "lock")
    for fact in ("cannot be safely copied", "'lock'", "Why copying is needed", ".bind()"):
        assert fact in str(caught.value)


def test_x59_any_failure_to_copy_is_a_refusal() -> None:
    class Stubborn:
        def __deepcopy__(self, memo: object) -> object:
            raise KeyError("odd")

    with pytest.raises(GraphConfigError, match="Stubborn refuses"):
        fresh(Stubborn(), "it")
