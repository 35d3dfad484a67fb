"""The inputs of the items of a map (execution.md, section 19)."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import pytest

from hypergraph import GraphConfigError
from hypergraph.runtime.expand import cloned_names, expand, mapped_names


def dicts(values: dict[str, Any], *over: str, mode: str = "zip", **how: Any) -> list[Any]:
    return list(expand(values, list(over), mode, **how).dicts())


def test_x88_zip_takes_elements_of_equal_position() -> None:
    items = expand({"x": [1, 2], "y": "ab", "k": 7}, ["x", "y"], "zip")
    assert items.names == ("x", "y") and items.shared == {"k": 7}
    assert list(items.rows) == [(1, "a"), (2, "b")]


def test_x88_zip_only_needs_len_and_indexing() -> None:
    class Squares:
        def __len__(self) -> int:
            return 3

        def __getitem__(self, index: int) -> int:
            return index * index

    assert dicts({"x": Squares(), "y": range(3)}, "x", "y") == [
        {"x": 0, "y": 0},
        {"x": 1, "y": 1},
        {"x": 4, "y": 2},
    ]


def test_x88_zip_without_names_is_one_item() -> None:
    assert dicts({"k": 7}) == [{"k": 7}]


def test_x88_product_varies_the_last_name_fastest() -> None:
    rows = list(expand({"y": "ab", "x": [1, 2]}, ["x", "y"], "product").rows)
    assert rows == [(1, "a"), (1, "b"), (2, "a"), (2, "b")]


def test_x88_product_takes_one_shot_iterators() -> None:
    def once() -> Iterator[int]:
        yield from (1, 2)

    items = expand({"x": once(), "y": {"a": 1}}, ["x", "y"], "product")
    assert list(items.rows) == [(1, "a"), (2, "a")]


def test_x88_product_without_names_is_one_item() -> None:
    assert dicts({"k": 7}, mode="product") == [{"k": 7}]


def test_x88_items_are_computed_before_any_runs() -> None:
    rows = [1, 2]
    items = expand({"x": rows}, ["x"], "zip")
    rows.clear()
    assert list(items.rows) == [(1,), (2,)]


@pytest.mark.parametrize("lengths", [([1, 2], [1]), ([], [1]), ([1], [])])
def test_x90_unequal_lengths_fail_even_if_one_is_empty(lengths: tuple[Any, Any]) -> None:
    with pytest.raises(ValueError, match="equal lengths") as caught:
        expand(dict(zip("xy", lengths, strict=True)), ["x", "y"], "zip")
    assert str({"x": len(lengths[0]), "y": len(lengths[1])}) in str(caught.value)


@pytest.mark.parametrize("mode", ["zip", "product"])
def test_x90_an_empty_list_gives_no_items(mode: str) -> None:
    items = expand({"x": [], "k": 1}, ["x"], mode)
    assert items.rows == [] == list(items.dicts())


def test_x88_unknown_mode_is_refused_even_without_items() -> None:
    with pytest.raises(ValueError, match="Unknown map_mode 'outer'"):
        expand({"x": []}, ["x"], "outer")


def test_x88_a_mapped_name_without_a_value_is_a_key_error() -> None:
    with pytest.raises(KeyError, match=r"'texts'.*Did you mean 'text'"):
        expand({"text": ["a"]}, ["texts"], "zip")


@pytest.mark.parametrize(
    ("value", "mode"),
    [(3, "zip"), (iter([1]), "zip"), ({1, 2}, "zip"), ({"a": 1}, "zip"), (3, "product")],
)
def test_x88_what_cannot_be_taken_apart_is_named(value: object, mode: str) -> None:
    with pytest.raises(TypeError, match=f"Cannot map over 'x'.*{type(value).__name__}"):
        expand({"x": value}, "x", mode)


def test_x88_one_name_may_be_given_bare_and_repeats_count_once() -> None:
    assert mapped_names("xy") == ("xy",)
    assert list(expand({"x": [1]}, ["x", "x"], "zip").rows) == [(1,)]


def test_x91_without_clone_all_items_share_the_broadcast_object() -> None:
    shared: list[int] = []
    first, second = dicts({"x": [1, 2], "k": shared}, "x")
    assert first["k"] is second["k"] is shared


@pytest.mark.parametrize("mode", ["zip", "product"])
def test_x91_clone_gives_each_item_its_own_copy(mode: str) -> None:
    original: list[list[int]] = [[]]
    first, second = dicts({"x": [1, 2], "k": original}, "x", mode=mode, clone=True)
    assert first["k"] == second["k"] == original
    assert first["k"][0] is not second["k"][0] and first["k"][0] is not original[0]


def test_x91_clone_copies_only_the_names_it_lists() -> None:
    copied: list[int] = []
    shared: list[int] = []
    items = expand({"x": [1, 2], "c": copied, "s": shared}, ["x"], "zip", clone=["c"])
    assert items.names == ("x", "c") and items.shared == {"s": shared}
    first, second = items.dicts()
    assert first["c"] is not second["c"]
    assert first["s"] is second["s"] is shared


def test_x91_mapped_elements_are_never_copied() -> None:
    element: list[int] = []
    (item,) = dicts({"x": [element], "k": []}, "x", clone=True)
    assert item["x"] is element


def test_x91_a_value_that_cannot_be_copied_is_named() -> None:
    with pytest.raises(GraphConfigError, match="'lock' cannot be deep-copied for clone"):
        expand({"x": [1], "lock": threading.Lock()}, ["x"], "zip", clone=True)


@pytest.mark.parametrize("clone", ["k", ("k",), None, 1])
def test_k34_clone_of_a_wrong_type(clone: object) -> None:
    with pytest.raises(TypeError, match="clone must be bool or list"):
        cloned_names(clone, ["x"], ["x", "k"])


def test_k34_clone_entries() -> None:
    with pytest.raises(ValueError, match="Cannot clone 'x'"):
        cloned_names(["x"], ["x"], ["x", "k"])
    for unknown in ("z", 1):
        with pytest.raises(ValueError, match=f"Cannot clone {unknown!r}: not an input"):
            cloned_names([unknown], ["x"], ["x", "k"])
    assert cloned_names(["k"], ["x"], ["x", "k"]) == ("k",)
    assert cloned_names(True, ["x"], ["x"]) == cloned_names(False, ["x"], ["x", "k"]) == ()
