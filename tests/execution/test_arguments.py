"""Where arguments come from, and how they reach the function (section 11)."""

from __future__ import annotations

import threading
from typing import Any

import pytest

from hypergraph import END, Graph, GraphConfigError, SyncRunner, ifelse, node, route
from tests.execution.tracing import says

RUNNER = SyncRunner()


def three(a: Any, b: Any, c: Any) -> tuple[Any, ...]:
    return a, b, c


def test_x58_the_state_then_a_binding_then_the_default() -> None:
    graph = Graph([node(lambda x="default": x, "y").with_name("f")])
    assert RUNNER.run(graph)["y"] == "default"
    assert RUNNER.run(graph.bind(x="bound"))["y"] == "bound"
    assert RUNNER.run(graph.bind(x="bound"), x="given")["y"] == "given"


def test_x58_a_produced_value_comes_before_a_binding() -> None:
    make = node(lambda flag: "made", "x").with_name("make")
    gate = ifelse(when_true="make", when_false=END)(lambda flag: flag).with_name("gate")
    use = node(lambda x: x, "y").with_name("use")
    inner = Graph([use], name="inner").bind(x="bound inside")
    graph = Graph([gate, make, inner.as_node()])
    assert RUNNER.run(graph, flag=True)["y"] == "made"
    assert RUNNER.run(graph, flag=False)["y"] == "bound inside"


@pytest.mark.parametrize("mutable", [[], {}, set()], ids=repr)
def test_x59_xe93_a_mutable_default_does_not_leak(mutable: Any) -> None:
    def fill(box: Any = mutable) -> Any:
        change = {"list": "append", "dict": "setdefault", "set": "add"}[type(box).__name__]
        getattr(box, change)(1)
        return box

    graph = Graph([node(fill, output_name="full")])
    assert len(RUNNER.run(graph)["full"]) == len(RUNNER.run(graph)["full"]) == 1
    assert not mutable


def test_x59_a_default_is_copied_each_time_it_is_used_in_a_run() -> None:
    @node(output_name="n")
    def step(n: int, seen: list[int] = []) -> int:  # noqa: B006
        seen.append(n)
        return n + len(seen)

    gate = route(targets=["step", END])(lambda n: "step" if n < 3 else END).with_name("gate")
    assert RUNNER.run(Graph([step, gate]), n=0)["n"] == 3


def test_x59_xe94_a_default_that_cannot_be_copied() -> None:
    lock = threading.Lock()
    graph = Graph([node(lambda x, guard=lock: guard is lock, "same").with_name("f")])
    with pytest.raises(GraphConfigError) as caught:
        RUNNER.run(graph, x=1)
    assert says(
        caught.value, "cannot be safely copied", "guard", "Why copying is needed", ".bind()"
    )
    failed = RUNNER.run(graph, x=1, error_handling="continue")
    assert failed.status == "failed" and isinstance(failed.error, GraphConfigError)
    assert RUNNER.run(graph.bind(guard=lock), x=1)["same"] is True
    assert RUNNER.run(graph, x=1, guard=lock)["same"] is True


def test_x59_xe95_bound_objects_are_passed_by_identity() -> None:
    counter: list[int] = []
    count = node(lambda log: log.append(1) or len(log), "n").with_name("count")
    graph = Graph([count]).bind(log=counter)
    assert [RUNNER.run(graph)["n"] for _ in range(3)] == [1, 2, 3]
    assert len(counter) == 3


def test_xe95_bound_objects_that_cannot_be_copied_at_any_depth() -> None:
    lock = threading.Lock()
    graph = Graph([node(lambda guard: guard, "out").with_name("f")], name="g0").bind(guard=lock)
    for depth in range(1, 4):
        graph = Graph([graph.as_node()], name=f"g{depth}")
        assert RUNNER.run(graph)["out"] is lock


def test_xe95_a_bound_list_is_the_one_list_at_any_depth() -> None:
    log: list[int] = []
    graph = Graph([node(lambda log: log.append(1), "out").with_name("f")], name="g0").bind(log=log)
    for depth in range(1, 4):
        graph = Graph([graph.as_node()], name=f"g{depth}")
        RUNNER.run(graph)
        assert len(log) == depth


def test_x59_supplied_values_are_shared_not_copied() -> None:
    box: list[int] = []
    pair = [node(lambda b: b, f"o{i}").with_name(f"n{i}") for i in range(2)]
    result = RUNNER.run(Graph(pair), b=box)
    assert result["o0"] is result["o1"] is box


def test_xe96_what_is_bound_inside_need_not_be_supplied() -> None:
    inner = Graph([node(lambda x, k: x * k, "y").with_name("scale")], name="inner").bind(k=10)
    outer = Graph([inner.as_node()])
    assert RUNNER.run(outer, x=2)["y"] == 20
    assert RUNNER.run(outer, x=2, k=3)["y"] == 6
    assert RUNNER.run(outer.bind(k=4), x=2)["y"] == 8


def test_xe97_bindings_three_levels_down() -> None:
    graph = Graph([node(lambda x, k: x * k, "y").with_name("scale")], name="g0").bind(k=10)
    for depth in range(1, 4):
        graph = Graph([graph.as_node()], name=f"g{depth}")
    assert RUNNER.run(graph, x=2)["y"] == 20


def test_xe98_none_is_a_value_to_bind() -> None:
    graph = Graph([node(lambda x: (x,), "y").with_name("f")]).bind(x=None)
    assert RUNNER.run(graph)["y"] == (None,)
    assert RUNNER.run(Graph([node(lambda x=5: (x,), "y").with_name("f")]), x=None)["y"] == (None,)


RENAMES: list[tuple[list[dict[str, str]], dict[str, Any]]] = [
    ([{"a": "p"}], {"p": 1, "b": 2, "c": 3}),
    ([{"a": "p", "b": "q"}], {"p": 1, "q": 2, "c": 3}),
    ([{"a": "p"}, {"p": "q"}, {"q": "r"}], {"r": 1, "b": 2, "c": 3}),
    ([{"a": "b", "b": "a"}], {"b": 1, "a": 2, "c": 3}),
    ([{"a": "b", "b": "c", "c": "a"}, {"b": "z"}], {"z": 1, "c": 2, "a": 3}),
]


@pytest.mark.parametrize(("renames", "values"), RENAMES)
def test_x59_xe48_renamed_inputs_reach_the_right_parameters(
    renames: list[dict[str, str]], values: dict[str, Any]
) -> None:
    plain = node(three, "out")
    gate = route(targets=["left", END])(lambda a, b, c: "left" if (a, b, c) == (1, 2, 3) else END)
    gate = gate.with_name("gate")
    left = node(lambda: "chosen", "word").with_name("left")
    nested = Graph([node(three, "deep")], name="nested").as_node()
    for pairs in renames:
        plain, gate = plain.with_inputs(pairs), gate.with_inputs(pairs)
        nested = nested.with_inputs(pairs)
    result = RUNNER.run(Graph([plain, gate, left, nested]), values)
    assert result.values == {"out": (1, 2, 3), "word": "chosen", "deep": (1, 2, 3)}


def test_x59_every_kind_of_parameter_gets_its_value() -> None:
    def every(a: Any, /, b: Any, *rest: Any, k: Any, opt: Any = "o", **more: Any) -> Any:
        return a, b, rest, k, opt, more

    graph = Graph([node(every, output_name="out")])
    values = {"a": 1, "b": 2, "rest": [3, 4], "k": 5, "more": {"z": 6}}
    assert RUNNER.run(graph, values)["out"] == (1, 2, (3, 4), 5, "o", {"z": 6})
    assert RUNNER.run(graph, {**values, "opt": 7})["out"] == (1, 2, (3, 4), 5, 7, {"z": 6})
