"""From what a function returns to the outputs of its node (sections 12.2 and 12.3)."""

from __future__ import annotations

import types
from collections.abc import Iterator
from typing import Any

import pytest

from hypergraph import Graph, SyncRunner, node
from tests.execution.tracing import says

RUNNER = SyncRunner()


def giving(value: Any, *outputs: str) -> Graph:
    """A node that returns ``value``."""
    names = outputs if len(outputs) != 1 else outputs[0]
    return Graph([node(lambda: value, names).with_name("give")])


def test_x65_one_output_is_stored_as_it_is() -> None:
    for value in ((1, 2), [1], "ab", None, {"a": 1}):
        assert RUNNER.run(giving(value, "out"))["out"] is value


@pytest.mark.parametrize("value", [(1, 2), [1, 2], {1: "x", 2: "y"}, range(1, 3)], ids=repr)
def test_x65_several_outputs_are_taken_in_order(value: Any) -> None:
    assert RUNNER.run(giving(value, "a", "b")).values == {"a": 1, "b": 2}


def test_x65_a_string_of_the_right_length_will_do() -> None:
    assert RUNNER.run(giving("xy", "a", "b")).values == {"a": "x", "b": "y"}


@pytest.mark.parametrize(("value", "count"), [((1,), 1), ((1, 2, 3), 3), ([], 0)])
def test_x65_xe119_the_wrong_number_of_values(value: Any, count: int) -> None:
    with pytest.raises(ValueError) as caught:
        RUNNER.run(giving(value, "a", "b"))
    assert says(caught.value, "'give'", "2 data outputs", f"returned {count} values")


def test_x65_xe119_what_has_no_length() -> None:
    with pytest.raises(TypeError):
        RUNNER.run(giving(None, "a", "b"))
    with pytest.raises(TypeError):
        RUNNER.run(giving(iter((1, 2)), "a", "b"))


def test_x65_without_outputs_the_result_is_dropped() -> None:
    quiet = Graph([node(lambda x: x).with_name("quiet")])
    assert RUNNER.run(quiet, x=5).values == {}


def test_x65_signals_are_not_counted() -> None:
    pair = node(lambda: (1, 2), ("a", "b"), emit=("done", "more")).with_name("pair")
    assert RUNNER.run(Graph([pair])).values == {"a": 1, "b": 2}


@node(output_name="items")
def produce(count: int) -> Iterator[int]:
    yield from range(count)


@pytest.mark.parametrize("count", [0, 1, 3])
def test_x66_xe129_a_generator_becomes_a_list(count: int) -> None:
    assert RUNNER.run(Graph([produce]), count=count)["items"] == list(range(count))


def test_x66_a_generator_fills_several_outputs() -> None:
    def pair() -> Iterator[int]:
        yield 1
        yield 2

    graph = Graph([node(pair, output_name=("a", "b"))])
    assert RUNNER.run(graph).values == {"a": 1, "b": 2}


def test_k20_x66_a_generator_object_from_a_plain_function_is_stored_as_it_is() -> None:
    made = RUNNER.run(giving((i for i in range(2)), "out"))["out"]
    assert isinstance(made, types.GeneratorType) and list(made) == [0, 1]


def test_x66_a_coroutine_object_from_a_plain_function_is_stored_as_it_is() -> None:
    async def later() -> int:
        return 1

    made = RUNNER.run(Graph([node(lambda: later(), "out").with_name("give")]))["out"]
    assert isinstance(made, types.CoroutineType)
    made.close()
