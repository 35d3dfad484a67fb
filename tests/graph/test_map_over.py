"""A graph as a node that runs once for every item."""

from __future__ import annotations

from typing import Any, get_args, get_origin

import pytest

from hypergraph import Graph, GraphNode, node
from tests.graph.making import explains, step


def nested() -> GraphNode:
    """A node with three inputs and a typed and an untyped output."""

    @node(output_name="vector")
    def embed(text: str, model: str, dim: int = 8) -> int:
        return dim

    return Graph([embed, step("plain", "vector", "other")], name="embedder").as_node()


def test_g108_e162_mapping_gives_a_copy() -> None:
    original = nested()
    mapped = original.map_over("text")
    assert mapped.map_config == (["text"], "zip", "raise") and mapped.clone is False
    assert original.map_config is None and original.clone is False and mapped is not original


def test_g108_mapping_again_replaces_the_whole_configuration() -> None:
    first = nested().map_over("text", mode="product", error_handling="continue", clone=["dim"])
    second = first.map_over("model")
    assert second.map_config == (["model"], "zip", "raise") and second.clone is False
    assert first.map_config == (["text"], "product", "continue") and first.clone == ["dim"]


def test_g108_e163_params_are_current_names_before_or_after_renaming() -> None:
    before = nested().map_over("text", clone=["dim"]).with_inputs(text="doc", dim="size")
    after = nested().with_inputs(text="doc", dim="size").map_over("doc", clone=["size"])
    assert before.map_config == after.map_config == (["doc"], "zip", "raise")
    assert before.clone == after.clone == ["size"]


def test_g109_e162_parameters_are_needed_and_must_be_inputs() -> None:
    with pytest.raises(ValueError) as caught:
        nested().map_over()
    assert explains(caught.value, "at least one parameter")
    with pytest.raises(ValueError) as caught:
        nested().map_over("txt", "nope")
    facts = ("'txt': not an input … ['text', 'model', 'dim']", "Did you mean 'text'", "'nope'")
    assert explains(caught.value, *facts)


@pytest.mark.parametrize("clone", ["x", ("x",), None, 1])
def test_g109_e165_clone_is_a_bool_or_a_list(clone: Any) -> None:
    with pytest.raises(TypeError) as caught:
        nested().map_over("text", clone=clone)
    assert explains(caught.value, "clone must be bool or list")


def test_g109_e165_clone_lists_names_of_other_inputs() -> None:
    bad: Any = ["dim", 1]
    with pytest.raises(TypeError) as mistyped:
        nested().map_over("text", clone=bad)
    assert explains(mistyped.value, "clone list entries must be strings")
    with pytest.raises(ValueError) as caught:
        nested().map_over("text", clone=["text"])
    assert explains(caught.value, "Cannot clone mapped parameter 'text'")
    with pytest.raises(ValueError) as caught:
        nested().map_over("text", clone=["din"])
    assert explains(caught.value, "'din': not an input", "Did you mean 'dim'")


def test_g110_e164_outputs_become_lists_and_inputs_stay() -> None:
    mapped = nested().map_over("text")
    wrapped = mapped.get_output_type("vector")
    assert (get_origin(wrapped), get_args(wrapped)) == (list, (int,))
    assert mapped.output_annotation == {"vector": list[int], "other": list}
    assert mapped.get_input_type("text") is str


def test_g111_the_configuration_follows_swaps_and_other_renames() -> None:
    mapped = nested().map_over("text", clone=["model"])
    swapped = mapped.with_inputs(text="model", model="text")
    assert swapped.map_config == (["model"], "zip", "raise") and swapped.clone == ["text"]
    other = swapped.with_name("n").with_outputs(vector="v")
    assert other.map_config == swapped.map_config and other.clone == swapped.clone


@pytest.mark.parametrize("clone", [True, False, ["dim", "model"]])
def test_g112_what_was_configured_is_what_execution_is_told(clone: Any) -> None:
    mapped = nested().map_over("text", mode="product", error_handling="continue", clone=clone)
    assert mapped.map_config == (["text"], "product", "continue") and mapped.clone == clone


def test_l21_modes_error_handling_and_repeats_are_checked() -> None:
    bad: Any = "zipp"
    with pytest.raises(ValueError) as caught:
        nested().map_over("text", mode=bad)
    assert explains(caught.value, "mode … 'zipp'", "Did you mean 'zip'")
    with pytest.raises(ValueError) as caught:
        nested().map_over("text", error_handling=bad)
    assert explains(caught.value, "error_handling … 'zipp'")
    with pytest.raises(ValueError) as caught:
        nested().map_over("text", "model", "text")
    assert explains(caught.value, "repeats ['text']")


def test_l23_the_configuration_handed_out_is_a_copy() -> None:
    clone = ["dim"]
    mapped = nested().map_over("text", clone=clone)
    clone.append("model")
    config = mapped.map_config
    assert config is not None
    config[0].append("model")
    assert isinstance(mapped.clone, list)
    mapped.clone.append("model")
    assert mapped.map_config == (["text"], "zip", "raise") and mapped.clone == ["dim"]
