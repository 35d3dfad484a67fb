"""What a map on workers gives is what the map gives here: results, errors, order and policy."""

from __future__ import annotations

from concurrent.futures import Executor
from itertools import count, islice
from typing import Any

import pytest

from hypergraph import Graph, SyncRunner, node
from tests.scale.seen import seen
from tests.scale.shop import Order, odd, shop

LINES = ["pen 4", "ink 1", "pen x", "cap 2", "ink 2"] * 5


@pytest.fixture(params=["threads", "processes"])
def pool(request: pytest.FixtureRequest) -> Executor:
    """Each kind of executor."""
    found: Executor = request.getfixturevalue(request.param)
    return found


def test_results_and_their_order_are_those_of_the_map_here(pool: Executor) -> None:
    lines = [line for line in LINES if line in ("pen 4", "ink 1", "ink 2")]
    options: dict[str, Any] = {"line": lines, "discount": 1, "map_over": "line"}
    here = SyncRunner().map(shop, **options)
    there = SyncRunner().map(shop, **options, executor=pool)
    assert seen(there) == seen(here)
    assert there[0]["order"] == Order("pen", 4)
    assert type(there[0]["order"]) is Order


def test_failed_items_have_their_error_and_what_there_was_by_then(pool: Executor) -> None:
    options: dict[str, Any] = {"line": LINES, "map_over": "line", "error_handling": "continue"}
    here = SyncRunner().map(shop, **options)
    there = SyncRunner().map(shop, **options, executor=pool)
    assert seen(there) == seen(here)
    assert there[3].values == {"order": Order("cap", 2)}


def test_the_first_failure_in_the_order_of_the_items_is_raised(pool: Executor) -> None:
    with pytest.raises(ValueError, match="invalid literal") as raised:
        SyncRunner().map(shop, line=LINES, map_over="line", executor=pool)
    assert "in read" in str(raised.value.__cause__)
    assert raised.value.__notes__ == ["on a worker: node 'read', item 2"]  # type: ignore[attr-defined]


@pytest.mark.parametrize("on_workers", [True, False])
def test_what_ends_an_iteration_ends_no_map(pool: Executor, on_workers: bool) -> None:
    given: dict[str, Any] = {"what": ["a", "stop", "b"], "map_over": "what"}
    given["executor"] = pool if on_workers else None
    with pytest.raises((StopIteration, RuntimeError)):
        SyncRunner().map(odd, **given)
    results = SyncRunner().map(odd, **given, error_handling="continue")
    assert [one.get("result") for one in results] == ["A", None, "B"]
    assert isinstance(results[1].error, StopIteration)


def test_select_and_missing_outputs_are_as_here(pool: Executor) -> None:
    options: dict[str, Any] = {
        "line": LINES,
        "map_over": "line",
        "select": ["words", "total"],
        "error_handling": "continue",
    }
    there = SyncRunner().map(shop, **options, executor=pool)
    assert seen(there) == seen(SyncRunner().map(shop, **options))
    assert list(there[0].values) == ["words", "total"]


def test_products_are_as_here(pool: Executor) -> None:
    options: dict[str, Any] = {
        "line": LINES[:2],
        "discount": [1, 2],
        "map_over": ["line", "discount"],
        "map_mode": "product",
    }
    assert seen(SyncRunner().map(shop, **options, executor=pool)) == seen(
        SyncRunner().map(shop, **options)
    )


def test_endless_inputs_are_read_no_further_than_the_window(pool: Executor) -> None:
    read = 0

    def lines() -> Any:
        nonlocal read
        for place in count(1):
            read = place
            yield "pen 4"

    results = SyncRunner().map_iter(
        shop, line=lines(), map_over="line", executor=pool, chunk_size=10, max_in_flight=3
    )
    assert [one["total"] for one in islice(results, 25)] == [12] * 25
    assert read <= 25 + 40
    results.close()


def test_unordered_results_are_all_there(pool: Executor) -> None:
    results = SyncRunner().map_iter(
        shop,
        line=[f"pen {place}" for place in range(40)],
        map_over="line",
        executor=pool,
        chunk_size=3,
        ordered=False,
    )
    assert sorted(one["total"] for one in results) == [3 * place for place in range(40)]


def test_an_item_can_ask_for_its_key(pool: Executor) -> None:
    for executor in (None, pool):
        with pytest.raises(ValueError, match="item_key names 'x'"):
            SyncRunner().map(shop_keys, x=[1], key=1, map_over="x", item_key="x", executor=executor)
        keys = [
            one["seen"]
            for one in SyncRunner().map(
                shop_keys, x=[5, 6], map_over="x", item_key="key", executor=executor
            )
        ]
        assert [place for _, place in keys] == [0, 1]
        assert len({run for run, _ in keys}) == 1


@node(output_name="seen")
def keep_key(x: int, key: tuple[str, int]) -> tuple[str, int]:
    """The key of an item."""
    return key


shop_keys = Graph([keep_key], name="keys")


def test_an_empty_map_sends_nothing() -> None:
    assert SyncRunner().map(shop, line=[], map_over="line", executor=lambda: 1 / 0) == []
