"""Graph nodes that run once per item (section 20)."""

from __future__ import annotations

import threading
from typing import Any

import pytest

from hypergraph import END, Graph, GraphConfigError, SyncRunner, ifelse, node, route
from tests.execution.tracing import Trace, says

RUNNER = SyncRunner()


@node(output_name="y")
def double(x: int) -> int:
    if x == 3:
        raise ValueError("three")
    return 2 * x


@node(output_name=("p", "q"))
def both(x: int, k: int) -> tuple[int, int]:
    return x + k, 100 // x


ONE = Graph([double], name="one")
TWO = Graph([both], name="two")


def mapped(graph: Graph, *names: str, **options: Any) -> Graph:
    """A graph of nothing but the graph node, mapped."""
    return Graph([graph.as_node().map_over(*names, **options)])


def test_x96_x97_xe152_outputs_are_lists_in_item_order() -> None:
    assert RUNNER.run(mapped(ONE, "x"), x=[1, 2, 4]).values == {"y": [2, 4, 8]}
    result = RUNNER.run(mapped(TWO, "x"), x=[1, 2], k=10)
    assert result.values == {"p": [11, 12], "q": [100, 50]}


def test_xe152_every_combination() -> None:
    result = RUNNER.run(mapped(TWO, "x", "k", mode="product"), x=[1, 2], k=[10, 20])
    assert result["p"] == [11, 21, 12, 22]
    zipped = RUNNER.run(mapped(TWO, "x", "k"), x=[1, 2], k=[10, 20])
    assert zipped["p"] == [11, 22]


def test_x97_xe153_no_items() -> None:
    trace = Trace()
    inner = Graph([node(output_name=("a", "b"))(trace(lambda x: (x, x))).with_name("f")], name="i")
    result = RUNNER.run(mapped(inner, "x"), x=[])
    assert result.values == {"a": [], "b": []} and result.completed and trace.calls == []


def test_xe154_mapping_over_what_an_upstream_node_produces() -> None:
    make = node(lambda n: list(range(n)), "items").with_name("make")
    total = node(lambda y: sum(y), "total").with_name("total")
    before = ONE.as_node().with_inputs(x="items").map_over("items")
    after = ONE.as_node().map_over("x").with_inputs(x="items")
    chained = ONE.as_node().with_inputs(x="a").map_over("a").with_inputs(a="items")
    for one in (before, after, chained):
        assert RUNNER.run(Graph([make, one, total]), n=3)["total"] == 6


def test_xe154_swapped_inputs_and_renamed_outputs() -> None:
    node_ = TWO.as_node().map_over("x").with_inputs(x="k", k="x").with_outputs(p="q", q="p")
    result = RUNNER.run(Graph([node_]), k=[1, 2], x=10)
    assert result.values == {"q": [11, 12], "p": [100, 50]}


def test_x98_xe155_raise_throws_the_original_exception() -> None:
    with pytest.raises(ValueError, match=r"^three$"):
        RUNNER.run(mapped(ONE, "x"), x=[1, 3, 2])
    failed = RUNNER.run(mapped(ONE, "x"), x=[1, 3, 2], error_handling="continue")
    assert failed.status == "failed" and failed.values == {}


def test_x98_xe155_continue_puts_none_in_place_of_failed_items() -> None:
    result = RUNNER.run(mapped(ONE, "x", error_handling="continue"), x=[1, 2, 3, 4])
    assert result["y"] == [2, 4, None, 8] and result.completed
    result = RUNNER.run(mapped(TWO, "x", error_handling="continue"), x=[1, 0, 2], k=1)
    assert result.values == {"p": [2, None, 3], "q": [100, None, 50]}


def test_xe155_all_may_fail_and_outputs_may_be_renamed() -> None:
    inner = TWO.as_node().map_over("x", error_handling="continue").with_outputs(p="r")
    result = RUNNER.run(Graph([inner]), x=[0, 0], k=1)
    assert result.values == {"r": [None, None], "q": [None, None]} and result.completed


def test_x98_partial_values_of_a_failed_item_are_dropped() -> None:
    first = node(lambda x: x, "seen").with_name("first")
    inner = Graph([first, double], name="inner")
    result = RUNNER.run(mapped(inner, "x", error_handling="continue"), x=[3, 1])
    assert result.values == {"seen": [None, 1], "y": [None, 2]}


def test_x98_what_fails_before_the_items_fails_the_node() -> None:
    lenient = mapped(TWO, "x", "k", error_handling="continue")
    with pytest.raises(ValueError, match="equal lengths"):
        RUNNER.run(lenient, x=[1, 2], k=[1])


@pytest.mark.parametrize("handling", ["raise", "continue"])
def test_k7_x99_xe156_an_output_that_an_item_lacks_is_none(handling: Any) -> None:
    gate = ifelse(when_true="small", when_false=END)(lambda x: x < 10).with_name("gate")
    small = node(lambda x: -x, "minus").with_name("small")
    inner = Graph([gate, small, double], name="inner")
    result = RUNNER.run(mapped(inner, "x", error_handling=handling), x=[1, 20, 2])
    assert result.values == {"minus": [-1, None, -2], "y": [2, 40, 4]}


def test_xe157_maps_inside_maps() -> None:
    row = Graph([ONE.as_node().map_over("x")], name="row")
    assert RUNNER.run(mapped(row, "x"), x=[[1, 2], [], [4]])["y"] == [[2, 4], [], [8]]


def test_xe157_two_mapped_nodes_side_by_side() -> None:
    left = ONE.as_node(name="left").map_over("x").with_inputs(x="a").with_outputs(y="ya")
    right = ONE.as_node(name="right").map_over("x").with_inputs(x="b").with_outputs(y="yb")
    assert RUNNER.run(Graph([left, right]), a=[1], b=[2, 4]).values == {"ya": [2], "yb": [4, 8]}


def test_xe157_mapped_loops_over_seed_and_limit() -> None:
    step = node(lambda n: n + 1, "n").with_name("step")
    gate = route(targets=["step", END])(lambda n, top: "step" if n < top else END).with_name("gate")
    loop = Graph([step, gate], name="loop")
    assert RUNNER.run(mapped(loop, "n", "top"), n=[0, 5], top=[3, 2])["n"] == [3, 5]


def keeping() -> Graph:
    keep = node(lambda i, box, bag: (box, bag), "kept").with_name("keep")
    return Graph([keep], name="inner")


def test_x100_xe158_broadcast_objects_are_shared_unless_cloned() -> None:
    box, bag = [1], [2]
    given: dict[str, Any] = {"i": [1, 2], "box": box, "bag": bag}
    shared = RUNNER.run(mapped(keeping(), "i"), given)["kept"]
    assert all(one[0] is box and one[1] is bag for one in shared)
    cloned = RUNNER.run(mapped(keeping(), "i", clone=True), given)["kept"]
    assert len({id(one[0]) for one in [*cloned, *shared]}) == 3 and cloned == shared
    named = RUNNER.run(mapped(keeping(), "i", clone=["box"]), given)["kept"]
    assert all(one[0] is not box and one[1] is bag for one in named)


def test_xe158_a_change_in_one_item_is_invisible_to_others() -> None:
    fill = node(lambda i, box: box.append(i) or list(box), "seen").with_name("fill")
    inner = Graph([fill], name="inner")
    assert RUNNER.run(mapped(inner, "i"), i=[1, 2], box=[])["seen"] == [[1], [1, 2]]
    assert RUNNER.run(mapped(inner, "i", clone=True), i=[1, 2], box=[])["seen"] == [[1], [2]]


def test_xe158_clone_with_product_and_renames() -> None:
    box = [1]
    inner = keeping().as_node().map_over("i", "bag", mode="product", clone=["box"])
    renamed = inner.with_inputs(box="crate")
    kept = RUNNER.run(Graph([renamed]), i=[1, 2], bag=[3], crate=box)["kept"]
    assert [one[1] for one in kept] == [3, 3] and all(one[0] is not box for one in kept)


@pytest.mark.parametrize("bound", [False, True])
def test_xe159_a_value_that_cannot_be_copied(bound: bool) -> None:
    graph = mapped(keeping(), "i", clone=True)
    given: dict[str, Any] = {"i": [1, 2], "bag": 1}
    if bound:
        graph = graph.bind(box=threading.Lock())
    else:
        given["box"] = threading.Lock()
    with pytest.raises(GraphConfigError) as caught:
        RUNNER.run(graph, given)
    assert says(caught.value, "cannot be deep-copied for clone", "box")


@pytest.mark.parametrize("clone", [True, ["box"]])
def test_k6_x100_xe160_what_is_bound_inside_is_never_cloned(clone: Any) -> None:
    lock = threading.Lock()
    inner = keeping().bind(box=lock)
    kept = RUNNER.run(mapped(inner, "i", clone=clone), i=[1, 2], bag=0)["kept"]
    assert all(one[0] is lock for one in kept)


def test_k17_x100_each_item_has_its_own_copy_of_a_default() -> None:
    fill = node(lambda i, box=[]: box.append(i) or box, "full").with_name("fill")
    result = RUNNER.run(mapped(Graph([fill], name="inner"), "i"), i=[1, 2])
    assert result["full"] == [[1], [2]]


def test_x96_a_default_or_binding_can_be_mapped_over() -> None:
    inner = Graph([node(lambda x, k: x + k, "s").with_name("add")], name="inner")
    assert RUNNER.run(mapped(inner, "x").bind(x=[1, 2]), k=10)["s"] == [11, 12]


def test_x97_a_mapped_graph_without_outputs_just_runs() -> None:
    trace = Trace()
    inner = Graph([node(trace(lambda x: None)).with_name("tell")], name="inner")
    assert RUNNER.run(mapped(inner, "x"), x=[1, 2]).values == {}
    assert trace.calls == ["<lambda>(1)", "<lambda>(2)"]


def test_x84_an_inner_call_that_is_refused_fails_each_item() -> None:
    up = node(lambda lo: lo, "hi").with_name("up")
    down = node(lambda hi: hi, "lo").with_name("down")
    inner = Graph([up, down], name="inner")
    with pytest.raises(ValueError, match="Ambiguous cycle entry"):
        RUNNER.run(mapped(inner, "lo"), lo=[1, 2], hi=3)
    lenient = mapped(inner, "lo", error_handling="continue")
    assert RUNNER.run(lenient, lo=[1, 2], hi=3).values == {"hi": [None, None], "lo": [None, None]}
    assert RUNNER.run(lenient, lo=[], hi=3).values == {"hi": [], "lo": []}
