"""Renaming: what a renamed copy is, and how names find their parameters."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from hypergraph import (
    END,
    FunctionNode,
    HyperNode,
    IfElseNode,
    InterruptNode,
    RouteNode,
)
from hypergraph.compiler.declare.rename import Rename


def minus(a: int, b: int = 9, *, mapping: int = 0) -> tuple[int, int]:
    return a - b, mapping


def make_function() -> FunctionNode:
    return FunctionNode(
        minus, output_name=("lo", "hi"), emit="done", wait_for="go", cache=True, hide=True
    )


KINDS: list[Callable[[], HyperNode]] = [
    make_function,
    lambda: InterruptNode(minus, output_name=("lo", "hi"), emit="done"),
    lambda: RouteNode(minus, ["x", END], emit="done"),
    lambda: IfElseNode(minus, "x", END, emit="done"),
]
every_kind = pytest.mark.parametrize("make", KINDS)


def test_g8_a_copy_keeps_function_flags_signals_and_hash() -> None:
    """G8, E21: only what was renamed differs, and the hash never does."""
    node = make_function()
    copied = node.with_name("n").with_inputs(a="x").with_outputs(lo="low")
    assert type(copied) is FunctionNode and copied.func is minus
    assert (copied.cache, copied.hide, copied.wait_for) == (True, True, ("go",))
    assert copied.definition_hash == node.definition_hash == copied.definition_hash
    assert (node.name, node.inputs[0], node.outputs[0]) == ("minus", "a", "lo")


def test_g8_a_copy_of_a_gate_keeps_its_decisions() -> None:
    """G8: targets, fallback and openness of a gate survive its renaming."""
    gate = RouteNode(minus, {"x": "why", END: "done"}, fallback="y", default_open=False)
    copied = gate.with_name("g").with_inputs(a="z")
    assert copied.targets == ["x", END, "y"] and copied.descriptions == {"x": "why", END: "done"}
    assert (copied.fallback, copied.multi_target, copied.default_open) == ("y", False, False)


def test_g9_mapping_is_positional_only_and_keywords_win() -> None:
    """G9, E17: both sources merge; an input called ``mapping`` or ``self`` goes by keyword."""
    node = make_function()
    assert node.with_inputs(mapping="m").inputs == ("a", "b", "m")
    assert node.with_inputs({"a": "x", "b": "y"}, b="z").inputs == ("x", "z", "mapping")
    assert node.with_outputs({"lo": "l"}, hi="h").outputs == ("l", "h", "done")
    own = FunctionNode(lambda self: self, name="own", output_name="self")
    assert own.with_inputs(self="me").inputs == ("me",)
    assert own.with_outputs(self="me").outputs == ("me",)


@every_kind
def test_g9_an_empty_merge_is_still_a_copy(make: Callable[[], HyperNode]) -> None:
    """G9, E16: without pairs the names are equal and the object is new."""
    node = make()
    for copied in (node.with_inputs(), node.with_outputs(), node.with_inputs({})):
        assert copied is not node
        assert (copied.inputs, copied.outputs) == (node.inputs, node.outputs)
        assert copied._rename_history == []


def test_g11_pairs_of_one_call_apply_simultaneously() -> None:
    """G11, E19: a swap is no chain, and feeds each parameter the right value."""
    swapped = make_function().with_inputs(a="b", b="a")
    assert swapped.inputs == ("b", "a", "mapping")
    assert swapped.map_inputs_to_params({"b": 1, "a": 2}) == {"a": 1, "b": 2}
    assert make_function().with_outputs(lo="hi", hi="lo").outputs == ("hi", "lo", "done")
    turned = make_function().with_inputs(a="b", b="mapping", mapping="a")
    assert turned.map_inputs_to_params({"b": 1, "mapping": 2, "a": 3}) == {
        "a": 1,
        "b": 2,
        "mapping": 3,
    }


def test_g11_successive_calls_compose() -> None:
    """G11, E18: after any number of hops the last name feeds the first parameter."""
    node = make_function()
    for hop in ("t", "u", "v", "z"):
        node = node.with_inputs({node.inputs[0]: hop})
        assert node.map_inputs_to_params({hop: 7}) == {"a": 7}


def test_g11_a_freed_name_can_be_used_again() -> None:
    """G11: ``a`` becomes ``x``, then ``b`` becomes ``a``; swapping back restores everything."""
    node = make_function().with_inputs(a="x").with_inputs(b="a")
    assert node.inputs == ("x", "a", "mapping") and node.defaults == {"a": 9, "mapping": 0}
    assert node.map_inputs_to_params({"x": 1, "a": 2}) == {"a": 1, "b": 2}
    back = node.with_inputs(a="b").with_inputs(x="a")
    given = {"a": 1, "b": 2}
    assert back.inputs == make_function().inputs and back.map_inputs_to_params(given) is given


@pytest.mark.parametrize("name", ["", "a b", "class", "ü", "a'b", "{x}", "minus"])
def test_g13_new_names_are_not_checked_here(name: str) -> None:
    """G13: any string is accepted, and ``with_name`` never fails."""
    node = make_function()
    assert node.with_inputs(a=name).inputs[0] == name
    assert node.with_outputs(lo=name).outputs[0] == name
    renamed = node.with_name(name)
    assert renamed.name == name and renamed is not node


def test_g13_a_name_may_be_mapped_to_itself() -> None:
    """G13: alone, and beside real renames."""
    node = make_function()
    assert node.with_inputs(a="a", b="c").inputs == ("a", "c", "mapping")
    assert node.with_outputs(lo="lo").outputs == node.outputs


@every_kind
def test_g14_a_signal_can_be_renamed_and_stays_a_signal(make: Callable[[], HyperNode]) -> None:
    """G14, E38: which outputs are signals goes by position."""
    node = make()
    renamed = node.with_outputs(done="fin")
    assert renamed.data_outputs == node.data_outputs
    assert renamed.outputs == (*node.data_outputs, "fin")


def test_g14_an_output_and_a_signal_may_swap_names() -> None:
    """G14: the last one is still the signal."""
    swapped = make_function().with_outputs(hi="done", done="hi")
    assert swapped.outputs == ("lo", "done", "hi") and swapped.data_outputs == ("lo", "done")


def test_g15_what_is_keyed_by_input_uses_current_names() -> None:
    """G15, E12: defaults, annotations and types follow; the original name answers nothing."""
    node = FunctionNode(minus, output_name="y", rename_inputs={"b": "c"}).with_inputs(c="d")
    assert node.defaults == {"d": 9, "mapping": 0}
    assert node.parameter_annotations == {"a": int, "d": int, "mapping": int}
    assert node.get_default_for("d") == 9 and node.get_input_type("d") is int
    for old in ("b", "c"):
        assert not node.has_default_for(old) and node.get_input_type(old) is None
        with pytest.raises(KeyError):
            node.get_default_for(old)


def test_g15_what_is_keyed_by_output_uses_current_names() -> None:
    """G15: output hints follow ``with_outputs``."""
    node = FunctionNode(minus, output_name=("lo", "hi")).with_outputs(lo="hi", hi="lo")
    assert node.output_annotation == {"hi": int, "lo": int}
    gone = node.with_outputs(hi="top")
    assert gone.get_output_type("top") is int and gone.get_output_type("hi") is None


@every_kind
def test_g16_translation_handles_chains_swaps_and_both(make: Callable[[], Any]) -> None:
    """G16, E18, E19: a chain through names that a swap also uses."""
    node = make().with_inputs(a="b", b="a").with_inputs(b="c").with_inputs(a="b", c="a")
    assert node.inputs == ("a", "b", "mapping")
    node = node.with_inputs(a="b", b="q")
    assert node.map_inputs_to_params({"b": 1, "q": 2}) == {"a": 1, "b": 2}


def test_g16_other_keys_pass_through_untouched() -> None:
    """G16, E20: extra keys survive, an empty dict stays empty."""
    node = make_function().with_inputs(a="x")
    assert node.map_inputs_to_params({"x": 1, "zz": 3}) == {"a": 1, "zz": 3}
    assert node.map_inputs_to_params({}) == {}


@pytest.mark.parametrize("given", [{"x": 1, "a": 2}, {"a": 2, "x": 1}])
def test_g16_a_current_name_wins_over_a_key_that_is_no_input(given: dict[str, int]) -> None:
    """G16: the value under the input's name is the one that reaches its parameter."""
    assert make_function().with_inputs(a="x").map_inputs_to_params(given) == {"a": 1}


@every_kind
def test_g16_without_renames_the_same_dict_comes_back(make: Callable[[], HyperNode]) -> None:
    """G16: nothing is copied when there is nothing to translate."""
    given = {"a": 1, "zz": 2}
    assert make().map_inputs_to_params(given) is given
    assert make().with_outputs(done="fin").map_inputs_to_params(given) is given


def test_g17_every_pair_is_recorded_with_its_call() -> None:
    """G17: kind, old, new and a group per call; two single renames leave two records."""
    node = make_function().with_inputs(a="x", b="y").with_name("n").with_outputs(lo="l")
    assert node._rename_history == [
        Rename("inputs", "a", "x", 0),
        Rename("inputs", "b", "y", 0),
        Rename("name", "minus", "n", 1),
        Rename("outputs", "lo", "l", 2),
    ]
    twice = make_function().with_inputs(a="t").with_inputs(t="z")
    assert [entry.group for entry in twice._rename_history] == [0, 1]


def test_g17_a_copy_has_a_history_of_its_own() -> None:
    """G17: renaming, or writing to, a copy leaves the original's list alone."""
    node = make_function().with_inputs(a="x")
    copied = node.with_inputs()
    copied._rename_history.append(Rename("name", "p", "q", 9))
    assert node.with_name("n")._rename_history != node._rename_history
    assert len(node._rename_history) == 1


def test_g17_the_unchanged_name_records_nothing() -> None:
    """G17: ``with_name`` to the same name."""
    assert make_function().with_name("minus")._rename_history == []


@pytest.mark.parametrize("nothing", [{}, None])
def test_e11_empty_rename_inputs_change_and_record_nothing(nothing: dict[str, str] | None) -> None:
    """E11: on every kind of node."""
    for node in (
        FunctionNode(minus, output_name="y", rename_inputs=nothing),
        InterruptNode(minus, output_name="y", rename_inputs=nothing),
        RouteNode(minus, ["x"], rename_inputs=nothing),
        IfElseNode(minus, "x", "y", rename_inputs=nothing),
    ):
        assert node.inputs == ("a", "b", "mapping") and node._rename_history == []


def test_e9_rename_inputs_reaches_every_kind_of_parameter() -> None:
    """E9, G22: positional-only and keyword-only alike."""

    def mixed(a: int, /, b: int, *, c: int) -> int:
        return a + b + c

    node = FunctionNode(mixed, output_name="y", rename_inputs={"a": "x", "b": "y", "c": "z"})
    assert node.inputs == ("x", "y", "z")
    assert node.map_inputs_to_params({"x": 1, "y": 2, "z": 3}) == {"a": 1, "b": 2, "c": 3}


def test_g22_rename_inputs_is_simultaneous_and_recorded() -> None:
    """G22, G17: the constructor swaps as ``with_inputs`` does."""
    node = FunctionNode(minus, output_name="y", rename_inputs={"a": "b", "b": "a"})
    assert node.inputs == ("b", "a", "mapping") and node.defaults == {"a": 9, "mapping": 0}
    assert len(node._rename_history) == 2


def test_parameters_pair_current_names_with_the_functions_own() -> None:
    """The ordered pairs from which calls are written."""
    for make in KINDS:
        node: Any = make().with_inputs(a="b", b="a")
        assert [(name, parameter.name) for name, parameter in node.parameters] == [
            ("b", "a"),
            ("a", "b"),
            ("mapping", "mapping"),
        ]
