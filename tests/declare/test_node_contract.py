"""What holds for every node, and what a kind of node of one's own gets for free."""

from __future__ import annotations

import copy
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from hypergraph import (
    END,
    FunctionNode,
    HyperNode,
    IfElseNode,
    InterruptNode,
    RenameError,
    RouteNode,
)
from tests.declare.refusals import refused


class Reader(HyperNode):
    """A third-party node: it sets the four attributes and nothing else."""

    def __init__(self, name: str = "reader") -> None:
        self.name = name
        self.inputs = ("path", "encoding")
        self.outputs = ("text",)
        self._rename_history = []


def scale(x: int, by: int = 2) -> bool:
    return x * by > 0


KINDS: list[Callable[[], HyperNode]] = [
    Reader,
    lambda: FunctionNode(scale, output_name="y", emit="done", wait_for="go"),
    lambda: InterruptNode(scale, output_name="y", emit="done", wait_for="go"),
    lambda: RouteNode(scale, ["a", END], emit="done", wait_for="go"),
    lambda: IfElseNode(scale, "a", END, emit="done", wait_for="go"),
]
every_kind = pytest.mark.parametrize("make", KINDS)

READ_ONLY = [
    "definition_hash",
    "is_async",
    "is_generator",
    "is_interrupt",
    "cache",
    "hide",
    "wait_for",
    "data_outputs",
    "node_type",
    "nested_graph",
    "nx_attrs",
]


def test_g4_the_base_class_cannot_be_instantiated() -> None:
    """G4, E30: ``HyperNode()`` is refused, with or without arguments; subclasses are not."""
    refused(TypeError, HyperNode, "cannot be instantiated")
    refused(TypeError, lambda: HyperNode("x", inputs=()), "cannot be instantiated")
    assert isinstance(Reader(), HyperNode)


def test_g5_four_attributes_are_enough() -> None:
    """G5: the base-class value of every member."""
    reader = Reader()
    digest = reader.definition_hash
    assert len(digest) == 64 and set(digest) <= set("0123456789abcdef")
    flags = ("is_async", "is_generator", "is_interrupt", "cache", "hide")
    assert [getattr(reader, flag) for flag in flags] == [False] * 5
    assert reader.wait_for == () and reader.data_outputs == ("text",)
    assert reader.node_type == "FUNCTION" and reader.nested_graph is None
    assert not reader.has_default_for("path") and not reader.has_signature_default_for("path")
    assert reader.get_input_type("path") is None and reader.get_output_type("nothing") is None


def test_g5_asking_for_a_missing_default_is_a_key_error() -> None:
    """G5, G3: both ways of asking name the parameter, readably."""
    for ask in (Reader().get_default_for, Reader().get_signature_default_for):
        text = refused(KeyError, partial(ask, "path"), "No default for 'path'", "reader")
        assert "\\" not in text


def test_g5_signature_defaults_follow_an_overridden_default() -> None:
    """G5: the signature methods delegate to the plain ones."""

    class Defaulted(Reader):
        def has_default_for(self, param: str) -> bool:
            return param == "encoding"

        def get_default_for(self, param: str) -> Any:
            return "utf-8"

    assert Defaulted().has_signature_default_for("encoding")
    assert Defaulted().get_signature_default_for("encoding") == "utf-8"


def test_g5_base_definition_hash_covers_class_name_and_wiring() -> None:
    """G5: the hash of a third-party node is over class name, name, inputs and outputs."""

    class Writer(Reader):
        pass

    reader = Reader()
    others = [
        Writer(),
        reader.with_name("other"),
        reader.with_inputs(path="file"),
        reader.with_outputs(text="content"),
    ]
    assert Reader().definition_hash == reader.definition_hash
    assert len({node.definition_hash for node in [reader, *others]}) == 5


@every_kind
@pytest.mark.parametrize("attribute", ["name", "inputs", "outputs"])
def test_g5_name_inputs_and_outputs_are_writable(
    make: Callable[[], HyperNode], attribute: str
) -> None:
    """G5: the three stay ordinary attributes on every kind of node."""
    node = make()
    value = "other" if attribute == "name" else ("other", *getattr(node, attribute)[1:])
    setattr(node, attribute, value)
    assert getattr(node, attribute) == value


def test_g5_what_is_keyed_by_name_follows_a_written_attribute() -> None:
    """G5: after assigning ``inputs`` and ``outputs`` nothing answers for the old names."""
    node = FunctionNode(scale, output_name="y")
    node.inputs, node.outputs = ("x", "factor"), ("z",)
    assert node.defaults == {"factor": 2} and not node.has_default_for("by")
    assert node.get_output_type("z") is bool and node.get_output_type("y") is None
    assert node.map_inputs_to_params({"factor": 3}) == {"by": 3}


@every_kind
@pytest.mark.parametrize("member", READ_ONLY)
def test_g5_everything_else_is_read_only(make: Callable[[], HyperNode], member: str) -> None:
    """G5: assigning to a property is an ``AttributeError``."""
    with pytest.raises(AttributeError):
        setattr(make(), member, True)


@every_kind
def test_g6_nodes_compare_and_hash_by_identity(make: Callable[[], HyperNode]) -> None:
    """G6: two nodes declared alike are two nodes; a copy is another node."""
    node, twin = make(), make()
    assert node != twin and node == node and len({node, twin, node}) == 2
    assert copy.copy(node) != node


@every_kind
def test_g7_outputs_are_data_outputs_then_signals(make: Callable[[], HyperNode]) -> None:
    """G7: values first, signals last."""
    node = make()
    assert node.outputs[: len(node.data_outputs)] == node.data_outputs
    signals = node.outputs[len(node.data_outputs) :]
    assert signals == (() if isinstance(node, Reader) else ("done",))


@every_kind
def test_g8_a_renamed_copy_keeps_everything_else(make: Callable[[], HyperNode]) -> None:
    """G8: same class, same settings, and the receiver is unchanged."""
    node = make()
    before = dict(vars(node))
    renames: list[Callable[[], HyperNode]] = [
        lambda: node.with_name("n"),
        lambda: node.with_inputs({node.inputs[0]: "first"}),
        lambda: node.with_outputs({node.outputs[-1]: "last"}),
    ]
    for rename in renames:
        copied = rename()
        assert type(copied) is type(node) and copied is not node
        changed = {key for key in before if vars(copied)[key] != before[key]}
        assert len(changed - {"_rename_history"}) == 1
        assert copied.wait_for == node.wait_for and copied.node_type == node.node_type
    assert vars(node) == before


def test_g5_a_third_party_node_renames_with_history_and_errors() -> None:
    """G5, G17: renaming needs nothing but the four attributes."""
    renamed = Reader().with_inputs(path="file").with_inputs(file="source")
    assert renamed.inputs == ("source", "encoding")
    refused(
        RenameError, lambda: renamed.with_inputs(path="x"), "'path' was renamed: path→file→source"
    )
    assert renamed.map_inputs_to_params({"source": 1}) == {"source": 1}


def test_g5_a_third_party_node_may_use_slots_and_class_attributes() -> None:
    """G5: how the four attributes are stored, and how the rest is overridden, is free."""

    class Slotted(HyperNode):
        __slots__ = ("_rename_history", "inputs", "name", "outputs")
        is_async = True
        wait_for = ("go",)

        def __init__(self) -> None:
            self.name, self.inputs, self.outputs = "slotted", ("a",), ("b",)
            self._rename_history = []

    renamed = Slotted().with_inputs(a="c")
    assert (renamed.inputs, renamed.is_async, renamed.wait_for) == (("c",), True, ("go",))
    refused(ValueError, lambda: Slotted().with_inputs(a="go"), "wait_for names overlap", "go")


@every_kind
def test_nx_attrs_describe_the_node(make: Callable[[], HyperNode]) -> None:
    """The attributes that ``nx_attrs`` has for any node; gates add ``branch_data``."""
    node = make()
    attrs = node.nx_attrs
    plain = {
        *("node_type", "label", "inputs", "outputs", "data_outputs", "wait_for"),
        *("input_types", "output_types", "has_defaults", "hide"),
    }
    gate = {"branch_data"} if node.node_type == "BRANCH" else set()
    assert set(attrs) == plain | gate
    assert attrs["label"] == node.name and attrs["inputs"] == node.inputs
    assert set(attrs["input_types"]) == set(attrs["has_defaults"]) == set(node.inputs)
    assert set(attrs["output_types"]) == set(node.outputs)
