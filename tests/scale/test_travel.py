"""What cannot be sent, there or back, is the item's own fault, and hurts nobody else."""

from __future__ import annotations

import threading
from concurrent.futures import Executor
from typing import Any

import pytest

from hypergraph import AsyncRunner, Graph, RemoteError, SyncRunner, Unpicklable, node
from tests.scale.shop import Colour, Order, Point, Refused, SoldOut, odd, shop

IGNORING: dict[str, Any] = {"on_internal_override": "ignore"}


def outcomes(pool: Executor, *what: Any, **options: Any) -> list[Any]:
    """The error of each item, or what it gave."""
    results = SyncRunner().map(
        odd, what=list(what), map_over="what", executor=pool, error_handling="continue", **options
    )
    return [one.error or one["result"] for one in results]


def test_an_exception_that_does_not_load_again_breaks_no_pool(processes: Executor) -> None:
    error, after = outcomes(processes, "two arguments", "a", chunk_size=2)
    assert isinstance(error, RemoteError)
    assert error.type == f"{Refused.__module__}.Refused"
    assert str(error) == f"{Refused.__module__}.Refused: pen: sold out"
    assert 'raise Refused("pen", "sold out")' in error.traceback
    assert after == "A"


def test_classes_of_the_users_come_back_as_their_own(processes: Executor) -> None:
    kinds, error = outcomes(processes, "kinds", "sold out")
    assert kinds == [Colour.RED, Point(1, Colour.BLUE), Order, Order.Kind.SOON]
    assert type(error) is SoldOut
    assert error.args == ("pen",)


def test_and_go_there_as_those_of_the_program(processes: Executor) -> None:
    results = SyncRunner().map(
        shop, order=[Order("pen", 4)], map_over="order", executor=processes, **IGNORING
    )
    assert results[0]["total"] == 12


@pytest.mark.parametrize("what", ["generator", "lock"])
def test_an_output_that_cannot_be_pickled_is_named(processes: Executor, what: str) -> None:
    before, error, after = outcomes(processes, "a", what, "b", chunk_size=3)
    assert (before, after) == ("A", "B")
    assert isinstance(error, Unpicklable)
    assert (error.item, error.name) == (1, "result")
    assert str(error).startswith(f"Item 1: output 'result', a {what}, cannot be pickled: TypeError")


def test_an_output_that_nobody_wants_need_not_be_pickled(threads: Executor) -> None:
    assert [
        dict(one.values)
        for one in SyncRunner().map(
            both, x=[1, 2], map_over="x", select="plain", executor=threads, chunk_size=2
        )
    ] == [{"plain": 2}, {"plain": 3}]


@node(output_name=("plain", "lock"))
def give_both(x: int) -> tuple[int, Any]:
    """One that travels and one that does not."""
    return x + 1, threading.Lock()


both = Graph([give_both], name="both")


def test_an_input_that_cannot_be_pickled_is_named_with_its_item(threads: Executor) -> None:
    before, error, after = outcomes(threads, "a", threading.Lock(), "b", chunk_size=3)
    assert (before, after) == ("A", "B")
    assert isinstance(error, Unpicklable)
    assert (error.item, error.name) == (1, "what")
    assert "Input 'what' of item 1 cannot be pickled: a lock" in str(error)


def test_it_is_raised_where_errors_are(threads: Executor) -> None:
    with pytest.raises(Unpicklable, match="Input 'what' of item 0"):
        SyncRunner().map(odd, what=[threading.Lock()], map_over="what", executor=threads)


def test_a_shared_input_that_cannot_be_pickled_is_told_before_anything_is_sent() -> None:
    with pytest.raises(Unpicklable, match="Input 'y', which all items get, cannot be pickled"):
        SyncRunner().map_iter(two, x=[1], y=threading.Lock(), map_over="x", executor=lambda: 1 / 0)


@node(output_name="sum")
def add(x: int, y: Any) -> int:
    """Something with a second input."""
    return x


two = Graph([add], name="two")


class Fussy:
    """Pickles, and refuses to load again."""

    def __reduce__(self) -> Any:
        return int, ("no number",)


def test_an_input_that_a_worker_cannot_read_is_the_items_error(threads: Executor) -> None:
    before, error, after = outcomes(threads, "a", Fussy(), "b", chunk_size=3)
    assert (before, after) == ("A", "B")
    assert isinstance(error, Unpicklable)
    assert "Item 1: a worker cannot read its inputs: ValueError: invalid literal" in str(error)


def test_leaving_the_program_leaves_the_map(threads: Executor) -> None:
    with pytest.raises(SystemExit) as raised:
        outcomes(threads, "a", "exit", "b")
    assert raised.value.code == 4


def test_a_future_of_another_kind_is_refused() -> None:
    class Client:
        def submit(self, *call: Any) -> object:
            return object()

    with pytest.raises(TypeError, match=r"client\.get_executor\(pure=False\)"):
        outcomes(Client())  # type: ignore[arg-type]
        SyncRunner().map(odd, what=["a"], map_over="what", executor=Client())


def test_what_is_no_executor_is_refused() -> None:
    with pytest.raises(TypeError, match=r"made a list, which has no submit\(fn, \*args\)"):
        SyncRunner().map(odd, what=["a"], map_over="what", executor=list)
    with pytest.raises(TypeError, match="int is neither: 3"):
        SyncRunner().map(odd, what=["a"], map_over="what", executor=3)


@pytest.mark.parametrize("runner", [SyncRunner(), AsyncRunner()])
def test_options_for_workers_need_an_executor(runner: Any) -> None:
    with pytest.raises(ValueError, match="chunk_size is for maps on an executor"):
        runner.map_iter(odd, what=["a"], map_over="what", chunk_size=3)
    with pytest.raises(ValueError, match="max_in_flight must be a positive number, got 0"):
        runner.map_iter(odd, what=["a"], map_over="what", executor=list, max_in_flight=0)
    with pytest.raises(ValueError, match="chunk_size must be a positive number, got '10'"):
        runner.map_iter(odd, what=["a"], map_over="what", executor=list, chunk_size="10")
