"""Loky: its pool breaks when a worker dies, and what makes it can make another."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import pytest

from hypergraph import SyncRunner
from hypergraph.runtime.scale.errors import WorkerLost
from tests.scale.sent import deadly

loky = pytest.importorskip("loky")
pytestmark = pytest.mark.slow

two_processes = partial(loky.get_reusable_executor, max_workers=2, timeout=60)


def mapped(executor: Any, **given: Any) -> Any:
    return SyncRunner().map(deadly, map_over="number", executor=executor, **given)


def test_with_a_factory_a_dead_worker_is_survived(tmp_path: Path) -> None:
    once = str(tmp_path / "once")
    results = mapped(two_processes, number=list(range(20)), poison=7, once=once, chunk_size=5)
    assert [one["survived"] for one in results] == list(range(20))


def test_with_a_factory_a_poison_item_is_found() -> None:
    results = mapped(
        two_processes,
        number=list(range(8)),
        poison=5,
        once="",
        chunk_size=4,
        error_handling="continue",
    )
    assert [one.get("survived") for one in results] == [0, 1, 2, 3, 4, None, 6, 7]
    error = results[5].error
    assert isinstance(error, WorkerLost) and error.items == (5,)


def test_without_a_factory_a_broken_pool_names_the_items_and_the_remedy() -> None:
    with pytest.raises(WorkerLost, match="function that makes the executor") as caught:
        mapped(two_processes(), number=list(range(8)), poison=0, once="", chunk_size=4)
    assert 0 in caught.value.items
