"""The reference's acyclic part: order, sources of arguments, nested graphs, maps, failures."""

from __future__ import annotations

from typing import Any

import pytest

from hypergraph import Graph, node
from tests.reference.interpreter import interpret, interpret_map
from tests.reference.planning import plan
from tests.reference.steps import arguments, called, values


@node(output_name="half")
def halve(whole: float) -> float:
    if whole == 13:
        raise LookupError("thirteen")
    return whole / 2


@node(output_name="text")
def show(half: float, unit: str = "kg") -> str:
    return f"{half}{unit}"


def test_semantics_3_generations_follow_the_longest_path() -> None:
    @node(output_name="both")
    def join(half: float, whole: float, text: str) -> str:
        return text

    planned = plan(Graph([join, show, halve]))
    members = [[region.members for region in layer] for layer in planned.generations]
    assert members == [[("halve",)], [("show",)], [("join",)]]


def test_x37_what_lies_before_the_entry_point_never_runs() -> None:
    seen = interpret(Graph([halve, show]).with_entrypoint("show"), {"half": 1.0, "whole": 4.0})
    assert called(seen) == ["show"]
    assert seen.warnings[0].facts == ("internal parameters", "whole")


def test_xe24_produced_beats_supplied_beats_bound_beats_default() -> None:
    assert values(interpret(Graph([show]), {"half": 1}))["text"] == "1kg"
    assert values(interpret(Graph([show]).bind(unit="g"), {"half": 1}))["text"] == "1g"
    assert values(interpret(Graph([show]).bind(unit="g"), {"half": 1, "unit": "t"}))["text"] == "1t"


def test_x59_a_mutable_default_is_fresh_every_time() -> None:
    @node(output_name="seen")
    def push(item: int, seen_before: list[int] = []) -> list[int]:  # noqa: B006
        seen_before.append(item)
        return seen_before

    for _ in range(2):
        assert values(interpret(Graph([push]), {"item": 1})) == {"seen": [1]}


def test_x72_x73_siblings_of_a_failure() -> None:
    def sibling(name: str, fails: bool) -> Any:
        def body(seed: int) -> str:
            if fails:
                raise LookupError(name)
            return name

        return node(body, output_name=f"from_{name}").with_name(name)

    siblings = Graph([sibling("a", False), sibling("b", True), sibling("c", False)])
    alone = interpret(siblings, {"seed": 1}, error_handling="continue")
    assert (called(alone), values(alone)) == (["a", "b"], {"from_a": "a"})
    together = interpret(siblings, {"seed": 1}, runner="async", error_handling="continue")
    assert called(together) == ["a", "b", "c"]
    assert values(together) == {"from_a": "a", "from_c": "c"}


def test_x83_a_graph_node_runs_its_graph_with_all_its_inputs() -> None:
    inner = Graph([halve, show], name="inner").bind(unit="lb")
    outer = Graph([inner.as_node().with_inputs(whole="weight").with_outputs(text="label")])
    seen = interpret(outer, {"weight": 4.0})
    assert arguments(seen, "inner/show") == [{"half": 2.0, "unit": "lb"}]
    assert values(seen) == {"half": 2.0, "label": "2.0lb"}


def test_x97_x98_k7_a_mapped_graph_node_makes_aligned_lists() -> None:
    inner = Graph([halve, show], name="inner")
    mapped = inner.as_node().map_over("whole", error_handling="continue")
    seen = interpret(Graph([mapped]), {"whole": [2, 13, 4]})
    assert values(seen) == {"half": [1.0, None, 2.0], "text": ["1.0kg", None, "2.0kg"]}
    empty = interpret(Graph([mapped]), {"whole": []})
    assert values(empty) == {"half": [], "text": []} and called(empty) == []


@pytest.mark.parametrize(
    ("mode", "texts"), [("zip", ["1a", "2b"]), ("product", ["1a", "1b", "2a", "2b"])]
)
def test_x88_items_of_a_map(mode: str, texts: list[str]) -> None:
    batch = interpret_map(
        Graph([show]), {"half": [1, 2], "unit": "ab"}, map_over=["half", "unit"], map_mode=mode
    )
    assert [values(item)["text"] for item in batch.items] == texts


def test_x92_the_first_failed_item_ends_a_sequential_map() -> None:
    batch = interpret_map(Graph([halve]), {"whole": [2, 13, 4]}, map_over="whole")
    assert (batch.status, batch.error) == ("raised", ("LookupError", ()))
    assert called(batch) == ["halve", "halve"]
    whole = interpret_map(
        Graph([halve]), {"whole": [2, 13, 4]}, map_over="whole", error_handling="continue"
    )
    assert [item.status for item in whole.items] == ["completed", "failed", "completed"]


def test_x151_declared_edges_say_where_a_value_comes_from() -> None:
    first = node(lambda seed: "first", output_name="v").with_name("first")
    second = node(lambda seed: "second", output_name="v", emit="late").with_name("second")
    reader = node(lambda v: v, output_name="read").with_name("reader")
    other = node(lambda v: v, output_name="other").with_name("other")
    edges = [("first", "reader", "v"), ("second", "other", "v"), ("first", "second")]
    seen = interpret(Graph([reader, first, second, other], edges=edges), {"seed": 1})
    assert values(seen) == {"read": "first", "v": "second", "other": "second"}
