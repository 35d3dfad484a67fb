"""Ray, where it is installed and asked for: ``HYPERGRAPH_TEST_RAY=1 python -m pytest tests/scale``.

The executor is the one on the page about scale, as it stands there.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from hypergraph import RunStatus, SyncRunner
from hypergraph.runtime.scale.errors import WorkerLost
from tests.docs.markdown import ROOT, blocks_of
from tests.scale.sent import deadly, readings, squares

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        "HYPERGRAPH_TEST_RAY" not in os.environ, reason="asked for by HYPERGRAPH_TEST_RAY=1"
    ),
]


@pytest.fixture(scope="module")
def ray_executor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Two workers of a Ray of our own, which writes its token into a home of its own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOME", str(tmp_path_factory.mktemp("home")))
        patch.setenv("RAY_USAGE_STATS_ENABLED", "0")
        ray = pytest.importorskip("ray")
        ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False, logging_level="error")
        yield documented()(max_retries=1)
        ray.shutdown()


def documented() -> Any:
    """The class in the documentation."""
    page = (ROOT / "docs" / "scale.md").read_text(encoding="utf-8")
    (block,) = [one.body for one in blocks_of(page) if one.body.startswith("class RayExecutor")]
    found: dict[str, Any] = {}
    exec(block, found)
    return found["RayExecutor"]


def test_results_and_failed_items_are_those_of_a_local_map(ray_executor: Any) -> None:
    given = {"number": list(range(25)), "offset": 32.0}
    options: dict[str, Any] = {"map_over": "number", "error_handling": "continue"}
    local = SyncRunner().map(readings, given, **options)
    remote = SyncRunner().map(readings, given, **options, executor=ray_executor)
    assert [one.values for one in remote] == [one.values for one in local]
    assert [repr(one.error) for one in remote[:11]] == [repr(one.error) for one in local[:11]]
    assert sum(one.status is RunStatus.FAILED for one in remote) == 5


def test_an_item_that_takes_its_worker_with_it_once_is_done(
    ray_executor: Any, tmp_path: Path
) -> None:
    results = SyncRunner().map(
        deadly,
        number=list(range(6)),
        poison=2,
        once=str(tmp_path / "once"),
        map_over="number",
        executor=ray_executor,
    )
    assert [one["survived"] for one in results] == list(range(6))


def test_a_poison_item_is_found_and_the_others_are_done(ray_executor: Any) -> None:
    results = SyncRunner().map(
        deadly,
        number=list(range(6)),
        poison=4,
        once="",
        map_over="number",
        executor=ray_executor,
        chunk_size=3,
        error_handling="continue",
    )
    assert [one.get("survived") for one in results] == [0, 1, 2, 3, None, 5]
    error = results[4].error
    assert isinstance(error, WorkerLost) and error.items == (4,)


def test_many_items_in_constant_memory(ray_executor: Any) -> None:
    results = SyncRunner().map_iter(
        squares, number=iter(range(20_000)), map_over="number", executor=ray_executor
    )
    assert all(one["square"] == n * n for n, one in enumerate(results))
