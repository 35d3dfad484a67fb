"""Dask: workers that die, tasks that are alike, and workers that have nothing of ours."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from distributed import Client, LocalCluster

from hypergraph import FunctionNode, Graph, RunStatus, SyncRunner, node
from hypergraph.runtime.scale.errors import WorkerLost, WorkerMismatch, WorkerStalled
from tests.scale.clusters import PATIENCE
from tests.scale.sent import deadly, slow, squares

pytestmark = pytest.mark.slow


def mapped(client: Any, graph: Graph, **given: Any) -> Any:
    executor = client.get_executor(pure=False)
    return SyncRunner().map(graph, map_over="number", executor=executor, **given)


def test_a_worker_killed_in_the_middle_changes_nothing(dask_client: Any) -> None:
    workers = dask_client.run(os.getpid)
    results = SyncRunner().map_iter(
        slow,
        number=range(120),
        seconds=0.01,
        map_over="number",
        executor=dask_client.get_executor(pure=False),
        chunk_size=5,
    )
    seen = [next(results)["done"] for _ in range(20)]
    victim = next(iter(workers.values()))
    os.kill(victim, signal.SIGKILL)
    seen += [one["done"] for one in results]
    assert [number for number, _ in seen] == list(range(120))
    assert victim not in {worker for _, worker in seen[-5:]}


def test_a_poison_item_is_found_and_the_others_are_done(bare_client: Any) -> None:
    results = mapped(
        bare_client,
        deadly,
        number=list(range(4)),
        poison=3,
        once="",
        chunk_size=2,
        error_handling="continue",
    )
    assert [one.get("survived") for one in results] == [0, 1, 2, None]
    error = results[3].error
    assert isinstance(error, WorkerLost) and error.items == (3,)


def test_an_item_that_takes_its_worker_with_it_once_is_done(
    dask_client: Any, tmp_path: Path
) -> None:
    once = str(tmp_path / "once")
    results = mapped(dask_client, deadly, number=list(range(6)), poison=2, once=once)
    assert [one["survived"] for one in results] == list(range(6))


def test_equal_chunks_run_as_often_as_they_are_sent(dask_client: Any) -> None:
    """Without ``pure=False`` Dask takes equal calls for one."""
    results = SyncRunner().map(
        tokens, number=[1] * 6, map_over="number", executor=dask_client.get_executor(), chunk_size=1
    )
    assert len({one["token"] for one in results}) == 6


@node(output_name="token")
def draw(number: int) -> str:
    return os.urandom(8).hex()


tokens = Graph([draw], name="tokens")


def test_bare_workers_have_nothing_of_this_project(bare_client: Any) -> None:
    bare_client.wait_for_workers(1, timeout=PATIENCE)
    found = bare_client.run(lambda: __import__("importlib.util").util.find_spec("hypergraph"))
    assert set(found.values()) == {None}
    results = mapped(bare_client, squares, number=list(range(50)))
    assert [one["square"] for one in results] == [n * n for n in range(50)]


def test_code_that_workers_lack_is_named_before_anything_is_sent(
    bare_client: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pickled by reference it would kill the workers, and the map would wait for ever."""
    module = ModuleType("only_here")
    exec("def square(number):\n    return number * number\n", vars(module))
    monkeypatch.setitem(sys.modules, "only_here", module)
    local = Graph([FunctionNode(module.square, output_name="square")], name="local")
    with pytest.raises(WorkerMismatch, match="only_here") as caught:
        mapped(bare_client, local, number=[1, 2, 3])
    assert caught.value.missing == ("only_here",)
    assert RunStatus.COMPLETED is mapped(bare_client, squares, number=[1])[0].status


def test_an_input_that_workers_cannot_read_fails_its_item(
    bare_client: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = ModuleType("only_here")
    exec("class Thing:\n    pass\n", vars(module))
    monkeypatch.setitem(sys.modules, "only_here", module)
    results = mapped(bare_client, squares, number=[1, module.Thing(), 3], error_handling="continue")
    assert [one.get("square") for one in results] == [1, None, 9]
    assert "No module named 'only_here'" in str(results[1].error)


def test_a_client_is_told_from_its_executor(dask_client: Any) -> None:
    with pytest.raises(TypeError, match=r"client\.get_executor\(pure=False\)"):
        SyncRunner().map(squares, number=[1], map_over="number", executor=dask_client)


def test_an_executor_made_for_the_map_is_closed_after_it(dask_client: Any) -> None:
    """Dask's cannot be told to cancel what waits when it is shut down."""
    made = []

    def factory() -> Any:
        made.append(dask_client.get_executor(pure=False))
        return made[-1]

    results = SyncRunner().map(squares, number=[1, 2], map_over="number", executor=factory)
    assert [one["square"] for one in results] == [1, 4]
    with pytest.raises(RuntimeError, match="after shutdown"):
        made[0].submit(abs, -1)


@contextmanager
def threads_of_dask(workers: int) -> Iterator[tuple[Any, Any]]:
    with (
        LocalCluster(
            n_workers=workers, processes=False, dashboard_address=":0", silence_logs=50
        ) as cluster,
        Client(cluster) as client,
    ):
        yield cluster, client.get_executor(pure=False)


def test_a_cluster_without_workers_is_told_after_the_time_out() -> None:
    with threads_of_dask(0) as (_, executor), pytest.raises(WorkerStalled, match="has workers"):
        SyncRunner().map(
            squares, number=[1], map_over="number", executor=executor, stall_timeout=0.3
        )


def test_a_cluster_that_is_closed_in_the_middle_is_told_with_the_items_it_had() -> None:
    with threads_of_dask(1) as (cluster, executor):
        results = SyncRunner().map_iter(
            slow,
            number=range(100),
            seconds=0.02,
            map_over="number",
            executor=executor,
            chunk_size=1,
        )
        assert [next(results)["done"][0] for _ in range(2)] == [0, 1]
        cluster.close()
        with pytest.raises(WorkerLost, match="broke while") as caught:
            list(results)
    assert caught.value.items
