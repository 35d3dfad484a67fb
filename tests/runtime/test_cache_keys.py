"""What identifies a call to the cache (X119, X120)."""

from __future__ import annotations

import logging
import re
from typing import Any

import pytest

from hypergraph.runtime.cache import compute_cache_key


@pytest.mark.parametrize("inputs", [{}, {"a": 1}, {"a": [1, {"b": None}], "c": "x"}])
def test_x119_a_key_is_64_hex_digits(inputs: dict[str, Any]) -> None:
    assert re.fullmatch("[0-9a-f]{64}", compute_cache_key("h", inputs))


def test_x119_the_order_of_inputs_is_irrelevant() -> None:
    assert compute_cache_key("h", {"a": 1, "b": 2}) == compute_cache_key("h", {"b": 2, "a": 1})


def test_x119_equal_calls_have_equal_keys_whoever_made_their_objects() -> None:
    word = "name"
    made = "".join(["na", "me"])
    assert compute_cache_key("h", {"name": word, "b": word}) == compute_cache_key(
        "h", {"name": made, "b": "".join(["na", "me"])}
    )


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (("h", {"a": 1}), ("g", {"a": 1})),
        (("h", {"a": 1}), ("h", {"a": 2})),
        (("h", {"a": 1}), ("h", {"b": 1})),
        (("h", {"a": 1, "b": 2}), ("h", {"a": 2, "b": 1})),
        (("h", {}), ("h", {"a": None})),
        (("h", {"a": 1}), ("h", {"a": "1"})),
    ],
)
def test_x119_other_definitions_and_inputs_have_other_keys(left: Any, right: Any) -> None:
    assert compute_cache_key(*left) != compute_cache_key(*right)


class Refuses:
    def __init__(self, error: Exception) -> None:
        self.error = error

    def __reduce__(self) -> Any:
        raise self.error


@pytest.mark.parametrize(
    "value",
    [lambda: 0, Refuses(TypeError("no")), Refuses(AttributeError("no")), Refuses(ValueError("no"))],
)
def test_x120_x150_xe182_inputs_that_cannot_be_pickled_have_no_key(
    value: object, caplog: pytest.LogCaptureFixture
) -> None:
    assert compute_cache_key("h", {"f": value}) == ""
    (record,) = caplog.records
    assert (record.name, record.levelno) == ("hypergraph.cache", logging.WARNING)
    assert "f" in record.getMessage() and "cannot be pickled" in record.getMessage()
