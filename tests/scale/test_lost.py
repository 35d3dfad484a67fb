"""Workers die, stall, and are given up; what they had is tried again, or told."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from hypergraph import SyncRunner, WorkerLost, WorkerStalled
from tests.scale.recording import Recording
from tests.scale.shop import fragile, odd

FORKS = multiprocessing.get_context("forkserver")


def one_process() -> ProcessPoolExecutor:
    """A pool that is cheap to make again."""
    return ProcessPoolExecutor(1, mp_context=FORKS)


class Counted:
    """A factory that remembers the executors it made."""

    def __init__(self) -> None:
        self.made: list[ProcessPoolExecutor] = []

    def __call__(self) -> ProcessPoolExecutor:
        self.made.append(one_process())
        return self.made[-1]

    def all_shut_down(self) -> bool:
        """Whether none of them takes any more work."""
        return all(_refuses(pool) for pool in self.made)


def _refuses(pool: Executor) -> bool:
    try:
        pool.submit(len, "")
    except RuntimeError:
        return True
    return False


def test_what_a_dead_worker_had_is_tried_again(tmp_path: Path) -> None:
    factory = Counted()
    results = SyncRunner().map(
        fragile,
        path=str(tmp_path / "seen"),
        place=list(range(20)),
        map_over="place",
        executor=factory,
        chunk_size=5,
    )
    assert [one["alone"] for one in results] == list(range(20))
    assert len(factory.made) == 2
    assert factory.all_shut_down()


def test_a_poisonous_item_is_found_and_the_others_are_done() -> None:
    factory = Counted()
    what = ["a"] * 16
    what[5] = "die"
    results = SyncRunner().map(
        odd,
        what=what,
        map_over="what",
        executor=factory,
        chunk_size=8,
        error_handling="continue",
    )
    assert [one.get("result") for one in results] == ["A"] * 5 + [None] + ["A"] * 10
    lost = results[5].error
    assert isinstance(lost, WorkerLost)
    assert lost.items == (5,)
    assert len(factory.made) <= 7


def test_a_poisonous_item_is_raised_where_errors_are() -> None:
    with pytest.raises(WorkerLost, match=r"Item 1: its worker died, 2 times \(BrokenProcessPool"):
        SyncRunner().map(
            odd, what=["a", "die", "b"], map_over="what", executor=one_process, chunk_size=1
        )


def test_a_broken_executor_that_nobody_can_make_again_is_told_with_its_items() -> None:
    with one_process() as pool:
        with pytest.raises(WorkerLost, match=r"How to fix: pass a function that makes") as raised:
            SyncRunner().map(
                odd,
                what=["a", "b", "die", "c"],
                map_over="what",
                executor=pool,
                chunk_size=4,
                error_handling="continue",
            )
        assert raised.value.items == (0, 1, 2, 3)
        assert "items 0 to 3" in str(raised.value)
        with pytest.raises(WorkerLost, match="before any item was sent: BrokenProcessPool"):
            SyncRunner().map(odd, what=["a"], map_over="what", executor=pool)


class Killed(Exception):
    """What an engine says that has tried again itself."""


class Unlucky(ThreadPoolExecutor):
    """An engine whose worker dies with every chunk that holds a certain byte string."""

    poison = b"poison"

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        """The future of a call, which a worker may not survive."""
        blob = args[1]["args"][2]
        if isinstance(blob, bytes) and self.poison in blob:
            return super().submit(self._die)
        return super().submit(fn, *args, **kwargs)

    @staticmethod
    def _die() -> None:
        raise Killed("worker 7 is gone")


def test_an_engine_that_lives_on_is_not_made_again() -> None:
    what = ["a", "b", "poison", "c", "d", "e"]
    with Unlucky(1) as pool:
        results = SyncRunner().map(
            odd, what=what, map_over="what", executor=pool, chunk_size=6, error_handling="continue"
        )
    assert [one.get("result") for one in results] == ["A", "B", None, "C", "D", "E"]
    assert "Killed: worker 7 is gone" in str(results[2].error)


def test_a_map_that_stalls_is_given_up_and_names_its_items() -> None:
    with ThreadPoolExecutor(1) as pool:
        with pytest.raises(WorkerStalled, match="Workers have items 0 to 1") as raised:
            SyncRunner().map(
                odd,
                what=["nap", "a"],
                map_over="what",
                executor=pool,
                chunk_size=1,
                stall_timeout=0.3,
            )
        assert raised.value.items == (0, 1)
        assert pool.submit(len, "ab").result() == 2


@pytest.mark.slow
def test_workers_that_stall_are_ended_if_they_are_ours() -> None:
    factory = Counted()
    with pytest.raises(WorkerStalled):
        SyncRunner().map(odd, what=["sleep"], map_over="what", executor=factory, stall_timeout=5)
    assert factory.all_shut_down()


def test_an_executor_without_workers_is_not_waited_for() -> None:
    class Idle(ThreadPoolExecutor):
        def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
            return Future()

    with pytest.raises(WorkerStalled, match=r"No worker has answered for 0\.1 seconds"):
        SyncRunner().map(odd, what=["a"], map_over="what", executor=Idle, stall_timeout=0.1)


class Forgetful(ThreadPoolExecutor):
    """An engine whose scheduler goes away with the first chunk it gets."""

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        """The future of a call, which may be cancelled by somebody else."""
        if "PROBE" in args[1]:
            return super().submit(fn, *args, **kwargs)
        gone: Future[Any] = Future()
        gone.cancel()
        gone.set_running_or_notify_cancel()
        return gone


def test_an_engine_that_cancels_by_itself_is_gone() -> None:
    with pytest.raises(WorkerLost, match="The executor broke while its workers had items 0 to 1"):
        SyncRunner().map(odd, what=["a", "b"], map_over="what", executor=Forgetful(1), chunk_size=2)


def test_an_executor_of_a_factory_may_know_no_cancelling() -> None:
    class Simple:
        def __init__(self) -> None:
            self.pool = ThreadPoolExecutor(1)
            self.submit = self.pool.submit

        def shutdown(self, wait: bool = True) -> None:
            self.pool.shutdown(wait)

    made: list[Simple] = []

    def factory() -> Simple:
        made.append(Simple())
        return made[-1]

    results = SyncRunner().map(odd, what=["a"], map_over="what", executor=factory)
    assert results[0]["result"] == "A"
    assert _refuses(made[0].pool)


@pytest.mark.parametrize("end", ["close", "failure", "interrupt"])
def test_however_a_map_ends_nothing_stays_in_the_queue(end: str) -> None:
    def whats() -> Iterator[str]:
        yield from ["a", "two arguments" if end == "failure" else "b", "c", "wait", "wait", "wait"]
        if end == "interrupt":
            raise KeyboardInterrupt

    with Recording() as pool:
        results = SyncRunner().map_iter(
            odd, what=whats(), map_over="what", executor=pool, chunk_size=1, max_in_flight=4
        )
        if end == "close":
            next(results)
            results.close()
        else:
            with pytest.raises((Exception, KeyboardInterrupt)):
                list(islice(results, 10))
        running = [one for one in pool.futures if not one.done()]
        assert len(running) <= 1
        assert pool.submit(len, "ab").result(timeout=5) == 2
