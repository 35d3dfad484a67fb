"""How many workers an executor has, where it can be known: twice as many chunks are under way."""

from __future__ import annotations

from concurrent.futures import Executor, Future
from typing import Any

import pytest

from hypergraph.runtime.scale.executors import UNKNOWN_WORKERS, Engine


def test_pools_say_how_many_workers_they_have(processes: Executor, threads: Executor) -> None:
    assert Engine(processes).workers == Engine(threads).workers == 2


def test_a_guess_is_made_of_others() -> None:
    class Plain:
        def submit(self, *call: Any) -> Future[Any]:
            return Future()

    assert Engine(Plain).workers == UNKNOWN_WORKERS


@pytest.mark.slow
def test_a_dask_cluster_knows(dask_client: Any) -> None:
    assert Engine(dask_client.get_executor(pure=False)).workers == 2
