"""A map gives the same on every engine: results, order, failures; and it breaks none of them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from itertools import count, islice
from typing import Any

import pytest

from hypergraph import AsyncRunner, RunStatus, SyncRunner
from hypergraph.runtime.scale.errors import RemoteError, Unpicklable
from tests.scale.sent import Reading, TwoFaced, locks, readings, squares

pytestmark = pytest.mark.slow

ENGINES: dict[str, Callable[[Any], Any]] = {
    "loky_pool": lambda pool: pool,
    "dask_client": lambda client: client.get_executor(pure=False),
    "bare_client": lambda client: client.get_executor(pure=False),
}


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> Iterator[Any]:
    """Somebody's executor, which has to work afterwards as before."""
    executor = ENGINES[request.param](request.getfixturevalue(request.param))
    yield executor
    assert executor.submit(abs, -1).result(60) == 1


def test_results_and_failed_items_are_those_of_a_local_map(engine: Any) -> None:
    given = {"number": list(range(25)), "offset": 32.0}
    options: dict[str, Any] = {"map_over": "number", "error_handling": "continue"}
    local = SyncRunner().map(readings, given, **options)
    remote = SyncRunner().map(readings, given, **options, executor=engine, chunk_size=4)
    assert [one.status for one in remote] == [one.status for one in local]
    assert [one.values for one in remote] == [one.values for one in local]
    assert [repr(one.error) for one in remote[:11]] == [repr(one.error) for one in local[:11]]
    failed = [number for number, one in enumerate(remote) if one.status is RunStatus.FAILED]
    assert failed == [3, 10, 11, 17, 24]
    assert isinstance(remote[0]["reading"], Reading)
    stand_in = remote[11].error
    assert isinstance(local[11].error, TwoFaced) and isinstance(stand_in, RemoteError)
    assert str(stand_in) == "tests.scale.sent.TwoFaced: 11: out of order"


def test_the_first_error_is_raised_with_its_traceback_on_the_worker(engine: Any) -> None:
    with pytest.raises(ValueError, match=r"^no sensor 3") as caught:
        SyncRunner().map(
            readings, number=list(range(25)), offset=0.0, map_over="number", executor=engine
        )
    told = str(caught.value.__cause__)
    assert "in measure" in told and "raise ValueError" in told


def test_an_output_that_cannot_travel_fails_its_item(engine: Any) -> None:
    results = SyncRunner().map(
        locks,
        number=[1, 2, 3],
        map_over="number",
        error_handling="continue",
        executor=engine,
        chunk_size=3,
    )
    assert [one.get("kept") for one in results] == [1, None, 3]
    error = results[1].error
    assert isinstance(error, Unpicklable) and (error.item, error.name) == (1, "kept")


def test_an_endless_input_is_read_as_results_are_taken(engine: Any) -> None:
    read = count()
    results = SyncRunner().map_iter(
        squares, number=read, map_over="number", executor=engine, chunk_size=5, max_in_flight=3
    )
    assert [one["square"] for one in islice(results, 30)] == [n * n for n in range(30)]
    results.close()
    assert next(read) <= 30 + 4 * 5


def test_unordered_results_are_all_there(engine: Any) -> None:
    results = SyncRunner().map_iter(
        squares,
        number=range(40),
        map_over="number",
        executor=engine,
        chunk_size=3,
        ordered=False,
    )
    assert sorted(one["square"] for one in results) == [n * n for n in range(40)]


async def awaited(engine: Any) -> list[int]:
    runner = AsyncRunner()
    mapped = await runner.map(squares, number=range(20), map_over="number", executor=engine)
    streamed = runner.map_iter(squares, number=range(5), map_over="number", executor=engine)
    return [one["square"] for one in mapped] + [one["square"] async for one in streamed]


def test_the_same_under_asyncio(engine: Any) -> None:
    expected = [n * n for n in range(20)] + [n * n for n in range(5)]
    assert asyncio.run(awaited(engine)) == expected
