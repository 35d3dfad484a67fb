"""``runner.map``: one run per item (section 19)."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import pytest

from hypergraph import (
    END,
    Graph,
    GraphConfigError,
    InfiniteLoopError,
    MissingInputError,
    RunStatus,
    SyncRunner,
    node,
    route,
)
from tests.execution.tracing import Trace, says, told

RUNNER = SyncRunner()


@node(output_name="sum")
def add(a: int, b: int = 0) -> int:
    return a + b


@node(output_name="share")
def divide(a: int, b: int = 12) -> float:
    return b / a


SUM = Graph([add])
SHARE = Graph([node(lambda a: a, "seen").with_name("look"), divide])


def sums(**call: Any) -> list[int]:
    """The sums of the items."""
    return [result["sum"] for result in RUNNER.map(SUM, **call)]


def test_x88_xe139_one_name() -> None:
    assert sums(a=[3, 1, 2], b=10, map_over="a") == [13, 11, 12]


def test_x88_xe139_several_names_side_by_side() -> None:
    assert sums(a=[1, 2], b=[10, 20], map_over=["a", "b"]) == [11, 22]


def test_x88_xe139_every_combination_last_name_fastest() -> None:
    call: dict[str, Any] = {"a": [1, 2], "b": [10, 20], "map_mode": "product"}
    assert sums(map_over=["a", "b"], **call) == [11, 21, 12, 22]
    assert sums(map_over=["b", "a"], **call) == [11, 12, 21, 22]


def test_x88_zip_takes_what_has_a_length_and_an_index() -> None:
    echo = Graph([node(lambda c: c, "out").with_name("echo")])
    for several in ([1, 2], (1, 2), range(1, 3)):
        assert [r["out"] for r in RUNNER.map(echo, c=several, map_over="c")] == [1, 2]
    assert [r["out"] for r in RUNNER.map(echo, c="xy", map_over="c")] == ["x", "y"]


def test_x88_product_takes_any_iterable_even_one_shot() -> None:
    def once() -> Iterator[int]:
        yield 1
        yield 2

    assert sums(a=once(), b={10: None, 20: None}, map_over=["a", "b"], map_mode="product") == [
        11,
        21,
        12,
        22,
    ]


@pytest.mark.parametrize("mode", ["zip", "product"])
def test_x88_mapping_over_nothing_is_one_item(mode: str) -> None:
    assert sums(a=1, b=2, map_over=[], map_mode=mode) == [3]


def test_x89_results_are_runs_of_their_own() -> None:
    results = RUNNER.map(SUM, a=[1, 2, 3], map_over="a")
    assert all(result.status is RunStatus.COMPLETED for result in results)
    assert len({result.run_id for result in results}) == 3


def test_xe140_the_rest_is_given_to_every_item_and_bindings_apply() -> None:
    assert sums(a=[1, 2], b=5, map_over="a") == [6, 7]
    bound = RUNNER.map(SUM.bind(b=100), a=[1, 2], map_over="a")
    assert [result["sum"] for result in bound] == [101, 102]


def test_x88_xe141_unequal_lengths() -> None:
    for short in ([], [1]):
        with pytest.raises(ValueError) as caught:
            RUNNER.map(SUM, a=[1, 2], b=short, map_over=["a", "b"])
        assert says(caught.value, "equal lengths", "a", "2", "b", str(len(short)))
    assert len(sums(a=[1, 2], b=[1, 2, 3], map_over=["a", "b"], map_mode="product")) == 6


def test_x90_xe142_no_items_no_runs_and_no_checks_of_items() -> None:
    trace = Trace()
    graph = Graph([node(output_name="y")(trace(lambda a, k: a)).with_name("f")])
    assert RUNNER.map(graph, a=[], map_over="a", on_missing="loud") == []
    assert trace.calls == []


def test_xe143_one_item() -> None:
    assert sums(a=[4], map_over="a") == [4]


def test_xe144_select_applies_to_items() -> None:
    results = RUNNER.map(SHARE, a=[1, 2], map_over="a", select="share")
    assert [result.values for result in results] == [{"share": 12.0}, {"share": 6.0}]


def test_xe144_on_internal_override_applies_to_items() -> None:
    with pytest.raises(ValueError, match="internal parameters"):
        RUNNER.map(SUM, a=[1, 2], odd=1, map_over="a", on_internal_override="error")
    with told() as texts:
        RUNNER.map(SUM, a=[1, 2], odd=1, map_over="a", on_internal_override="ignore")
    assert texts == []
    with told() as texts:
        RUNNER.map(SUM, a=[1, 2], odd=1, map_over="a")
    assert len(texts) == 2 and says(texts[0], "odd")


def test_x92_xe145_the_first_failing_item_in_item_order_is_raised() -> None:
    trace = Trace()
    graph = Graph([node(output_name="y")(trace(lambda a: 12 / a)).with_name("f")])
    with pytest.raises(ZeroDivisionError):
        RUNNER.map(graph, a=[1, 0, 2], map_over="a")
    assert trace.calls == ["<lambda>(1)", "<lambda>(0)"]


@pytest.mark.parametrize(
    ("items", "failing"), [([1, 0, 2], {1}), ([0, 1], {0}), ([0, 0], {0, 1}), ([1], set())]
)
def test_x92_xe146_continue_keeps_every_item(items: list[int], failing: set[int]) -> None:
    results = RUNNER.map(SHARE, a=items, map_over="a", error_handling="continue")
    assert {i for i, result in enumerate(results) if result.status == "failed"} == failing
    for value, result in zip(items, results, strict=True):
        assert result["seen"] == value
        assert isinstance(result.error, ZeroDivisionError if value == 0 else type(None))


def test_k8_a_check_that_fails_is_a_failed_result_of_every_item() -> None:
    results = RUNNER.map(SUM, b=[1, 2], map_over="b", error_handling="continue")
    assert [result.status for result in results] == ["failed", "failed"]
    assert all(isinstance(result.error, MissingInputError) for result in results)
    assert all(result.values == {} for result in results)
    with pytest.raises(MissingInputError):
        RUNNER.map(SUM, b=[1, 2], map_over="b")


def test_xe150_each_item_runs_its_loop_to_the_end() -> None:
    step = node(lambda n: n + 1, "n").with_name("step")
    gate = route(targets=["step", END])(lambda n, top: "step" if n < top else END).with_name("gate")
    loop = Graph([step, gate])
    results = RUNNER.map(loop, n=[0, 2, 9], top=[3, 3, 5], map_over=["n", "top"])
    assert [result["n"] for result in results] == [3, 3, 9]


def test_k36_x89_max_iterations_is_an_option_of_map() -> None:
    step = node(lambda n: n + 1, "n").with_name("step")
    gate = route(targets=["step", END])(lambda n: "step" if n < 9 else END).with_name("gate")
    loop = Graph([step, gate])
    with pytest.raises(InfiniteLoopError) as caught:
        RUNNER.map(loop, n=[8, 0], map_over="n", max_iterations=5)
    assert caught.value.max_iterations == 5
    kept = RUNNER.map(loop, n=[8, 0], map_over="n", max_iterations=5, error_handling="continue")
    assert [result.status for result in kept] == ["completed", "failed"]


def test_xe151_a_mapped_name_that_is_not_given() -> None:
    with pytest.raises(KeyError, match="zz"):
        RUNNER.map(SUM, a=[1], map_over="zz")


def test_xe151_an_unknown_mode() -> None:
    with pytest.raises(ValueError, match="Unknown map_mode"):
        RUNNER.map(SUM, a=[1], map_over="a", map_mode="zigzag")


def boxes(**call: Any) -> list[Any]:
    keep = node(lambda i, box, bag: (box, bag), "kept").with_name("keep")
    return [r["kept"] for r in RUNNER.map(Graph([keep]), map_over="i", i=[1, 2], **call)]


def test_x91_xe158_clone_copies_what_every_item_gets() -> None:
    box, bag = [1], [2]
    shared = boxes(box=box, bag=bag)
    assert all(one[0] is box and one[1] is bag for one in shared)
    cloned = boxes(box=box, bag=bag, clone=True)
    assert cloned == shared and len({id(one[0]) for one in [*cloned, *shared]}) == 3
    named = boxes(box=box, bag=bag, clone=["box"])
    assert all(one[0] is not box and one[1] is bag for one in named)


def test_x91_bindings_and_mapped_elements_are_never_copied() -> None:
    box, bag = [1], [2]
    keep = node(lambda box, bag: (box, bag), "kept").with_name("keep")
    (result,) = RUNNER.map(Graph([keep]).bind(bag=bag), box=[box], map_over="box", clone=True)
    assert result["kept"][0] is box and result["kept"][1] is bag


def test_x91_what_cannot_be_copied() -> None:
    with pytest.raises(GraphConfigError) as caught:
        boxes(box=threading.Lock(), bag=1, clone=True)
    assert says(caught.value, "cannot be deep-copied for clone", "box")


def test_k34_clone_is_checked_as_by_map_over() -> None:
    with pytest.raises(TypeError):
        boxes(box=1, bag=2, clone="box")
    for bad in (["zz"], ["i"]):
        with pytest.raises((ValueError, GraphConfigError)):
            boxes(box=1, bag=2, clone=bad)


def test_k17_x100_every_item_has_its_own_copy_of_a_default() -> None:
    fill = node(lambda a, box=[]: box.append(a) or box, "full").with_name("fill")
    results = RUNNER.map(Graph([fill]), a=[1, 2], map_over="a")
    assert [result["full"] for result in results] == [[1], [2]]


def test_x89_a_result_of_an_item_holds_partial_values() -> None:
    results = RUNNER.map(SHARE, a=[0], map_over="a", error_handling="continue")
    assert results[0].values == {"seen": 0}


def test_x69_on_missing_applies_to_items() -> None:
    gate = route(targets=["add", END])(lambda a: "add" if a else END).with_name("gate")
    graph = Graph([gate, add])
    call: dict[str, Any] = {"a": [1, 0], "map_over": "a", "select": "sum", "on_missing": "error"}
    with pytest.raises(ValueError, match="Requested outputs not found"):
        RUNNER.map(graph, **call)
    kept = RUNNER.map(graph, **call, error_handling="continue")
    assert [result.status for result in kept] == ["completed", "failed"]
