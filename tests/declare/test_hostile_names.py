"""Names that are legal and unkind: they must be carried, shown and refused like any other."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from hypergraph import END, FunctionNode, HyperNode, RenameError, RouteNode
from tests.declare.refusals import refused

NAMES = [
    "{name}",
    "{0}",
    "{",
    "}}",
    "%s",
    "a'b",
    'a"b',
    "a\nb",
    "\\N{DASH}",
    "'); raise SystemExit(",
    '"""',
    "#",
    "",
    " ",
    "class",
    "None",
    "self",
    "mapping",
    "cls",
    "args",
    "__class__",
    "ünïcödé",
    "\u202egnirts",
    "\ud800",
    "x" * 1000,
]
every_name = pytest.mark.parametrize("name", NAMES, ids=range(len(NAMES)))


def f(a: int, b: int = 1) -> tuple[int, int]:
    return a, b


def declared() -> FunctionNode:
    return FunctionNode(f, output_name=("p", "q"), emit="e", wait_for="w")


@every_name
def test_g13_any_string_is_carried_through(name: str) -> None:
    """G13, G15, G16: as name, input, output and signal."""
    node = declared().with_name(name).with_inputs({"b": name}).with_outputs({"p": name})
    assert node.defaults == {name: 1} and node.get_default_for(name) == 1
    assert node.get_input_type(name) is int and node.get_output_type(name) is int
    assert node.map_inputs_to_params({name: 5, "a": 1}) == {"b": 5, "a": 1}
    assert node.nx_attrs["label"] == name and name in node.nx_attrs["input_types"]
    assert repr(node) == f"FunctionNode(f as '{name}', outputs={node.outputs!r})"
    signalling = FunctionNode(f, name, ("p", "q"), emit=name)
    assert signalling.outputs[-1] == name


@every_name
def test_g10_any_string_can_be_told_to_be_unknown(name: str) -> None:
    """G10, G12, G26: messages quote it and do not interpret it."""
    refused(RenameError, lambda: declared().with_inputs({name: "x"}), f"'{name}' not found", at=f)
    refused(KeyError, lambda: declared().get_default_for(name), f"No default for '{name}'", at=f)
    refused(
        RenameError,
        lambda: FunctionNode(f, output_name="y", rename_inputs={name: "x"}),
        f"Cannot rename unknown inputs: {name!r}",
    )
    moved = declared().with_inputs(a=name)
    refused(RenameError, lambda: moved.with_inputs(a="z"), f"'a' was renamed: a→{name}.")
    refused(RenameError, lambda: declared().with_inputs(a=name, b=name), repr([name]))


@every_name
def test_g23_any_string_can_clash(name: str) -> None:
    """G23: the clashing names are listed as they are."""
    shown = name or f.__name__
    refused(ValueError, lambda: FunctionNode(f, name, "y", emit="y"), f"'{shown}'", "['y']")
    refused(ValueError, lambda: FunctionNode(f, "n", name, emit=name), repr([name]), at=f)


@every_name
def test_g42_any_string_can_be_a_target(name: str) -> None:
    """G42: and is quoted by ``repr``."""
    gate = RouteNode(f, [name, END])
    assert gate.targets == [name, END]
    assert repr(gate) == f"RouteNode(f, targets={[name, 'END']!r})"


@every_name
def test_g5_a_base_hash_is_made_of_any_string(name: str) -> None:
    """G5: 64 hexadecimal digits, different for different names."""

    class Own(HyperNode):
        def __init__(self, name: str) -> None:
            self.name, self.inputs, self.outputs = name, (name,), (name,)
            self._rename_history = []

    assert len(Own(name).definition_hash) == 64
    assert Own(name).definition_hash != Own(name + "x").definition_hash


def test_g22_parameters_may_be_called_like_the_apis_own() -> None:
    """G9, G22: ``self``, ``mapping``, ``source``, ``name`` and ``args`` are names like others."""

    def awkward(self: int, mapping: int, source: int, name: int, *, args: int, kwargs: int) -> int:
        return self + mapping + source + name + args + kwargs

    node = FunctionNode(awkward, output_name="y").with_inputs(
        self="a", mapping="b", source="c", name="d", args="e", kwargs="f"
    )
    assert node.inputs == ("a", "b", "c", "d", "e", "f")
    call: Callable[..., Any] = node
    assert call(self=1, mapping=2, source=3, name=4, args=5, kwargs=6) == 21


def test_g22_parameters_that_python_mangles() -> None:
    """G22, G27: inside a class, ``__x`` is what the interpreter makes of it."""

    class Holder:
        def method(self, __x: int = 1) -> int:
            return __x

    node = FunctionNode(Holder().method, output_name="y")
    assert node.inputs == ("_Holder__x",) and node.defaults == {"_Holder__x": 1}
    assert node.parameter_annotations == {"_Holder__x": int}
