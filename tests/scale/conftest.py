"""The executors that the tests of this area share: making one costs more than any test."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from typing import Any

import pytest

from tests.scale.clusters import bare_cluster, local_cluster


@pytest.fixture(scope="session")
def processes() -> Iterator[Executor]:
    """Two processes that have nothing of this one's memory."""
    with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("spawn")) as pool:
        yield pool


@pytest.fixture(scope="session")
def threads() -> Iterator[Executor]:
    """Two threads."""
    with ThreadPoolExecutor(2) as pool:
        yield pool


@pytest.fixture(scope="session")
def dask_client() -> Iterator[Any]:
    """A Dask cluster of two processes on this machine."""
    with local_cluster() as client:
        yield client


@pytest.fixture(scope="session")
def bare_client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A Dask scheduler with two workers that do not have this project."""
    with bare_cluster(tmp_path_factory.mktemp("bare")) as client:
        yield client


@pytest.fixture
def loky_pool() -> Any:
    """Loky's pool of two processes; one that a test before has broken is made anew."""
    from loky import get_reusable_executor

    return get_reusable_executor(max_workers=2, timeout=60)
