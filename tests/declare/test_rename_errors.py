"""What a refused rename says: the unknown name, the names there are, and where a name went."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from hypergraph import FunctionNode, HyperNode, IfElseNode, InterruptNode, RenameError, RouteNode
from tests.declare.refusals import refused


def f(a: int, b: int = 1) -> tuple[int, int]:
    return a, b


def nullary() -> int:
    return 1


def declared() -> FunctionNode:
    return FunctionNode(f, output_name=("left", "right"), emit="done", wait_for="go")


def test_g10_an_unknown_name_is_refused_with_the_current_ones() -> None:
    """G10: the facts of the first row of the table, and where the function is."""
    refused(
        RenameError,
        lambda: declared().with_inputs(zz="x"),
        "'zz' not found",
        "Current inputs: ('a', 'b')",
        at=f,
    )
    refused(
        RenameError,
        lambda: declared().with_outputs(zz="x"),
        "'zz' not found",
        "Current outputs: ('left', 'right', 'done')",
        at=f,
    )


def test_g10_keys_are_checked_before_anything_changes() -> None:
    """G10: the first unknown key in merged order is the one reported."""
    node = declared()
    text = refused(
        RenameError, lambda: node.with_inputs({"a": "x", "p": "q"}, r="s"), "'p' not found"
    )
    assert "'r'" not in text and node.inputs == ("a", "b")


def test_g10_a_name_of_the_other_side_is_unknown() -> None:
    """G10: outputs are no inputs and inputs no outputs."""
    refused(RenameError, lambda: declared().with_inputs(left="x"), "'left' not found")
    refused(RenameError, lambda: declared().with_outputs(a="x"), "'a' not found")


def test_g10_names_match_exactly() -> None:
    """G10: case counts; a near miss is suggested."""
    text = refused(RenameError, lambda: declared().with_outputs(Left="x"), "'Left' not found")
    assert "Did you mean 'left'?" in text


def test_g14_wait_for_names_cannot_be_renamed_as_inputs() -> None:
    """G14: they are not inputs."""
    refused(RenameError, lambda: declared().with_inputs(go="x"), "'go' not found")


def test_e13_a_renamed_name_is_reported_with_its_new_one() -> None:
    """E13: after x → y, renaming x again."""
    refused(
        RenameError,
        lambda: declared().with_inputs(a="y").with_inputs(a="z"),
        "'a' was renamed: a→y",
        "Current inputs: ('y', 'b')",
        at=f,
    )


def test_e14_the_whole_chain_is_shown() -> None:
    """E14: over all calls, the constructor's ``rename_inputs`` included."""
    node = FunctionNode(f, output_name=("left", "right"), rename_inputs={"a": "x"})
    chained = node.with_inputs(x="y").with_name("other").with_inputs(y="z")
    refused(RenameError, lambda: chained.with_inputs(a="q"), "'a' was renamed: a→x→y→z")
    refused(RenameError, lambda: chained.with_inputs(x="q"), "'x' was renamed: x→y→z")
    outputs = declared().with_outputs(done="fin").with_outputs(fin="end")
    refused(
        RenameError,
        lambda: outputs.with_outputs(done="q"),
        "'done' was renamed: done→fin→end",
        "Current outputs: ('left', 'right', 'end')",
    )


def test_l28_pairs_of_one_call_are_not_spliced() -> None:
    """L28: after a="b", b="c" in one call, what was a is b and nothing more."""
    moved = declared().with_inputs(a="b", b="c")
    text = refused(RenameError, lambda: moved.with_inputs(a="q"), "'a' was renamed: a→b.")
    assert "a→b→c" not in text
    later = moved.with_inputs(b="d")
    refused(RenameError, lambda: later.with_inputs(a="q"), "'a' was renamed: a→b→d.")


def test_rename_chains_of_inputs_and_outputs_are_apart() -> None:
    """A name that was only an output is unknown among the inputs."""
    node = declared().with_outputs(left="l")
    refused(RenameError, lambda: node.with_inputs(left="q"), "'left' not found")


def test_a_name_mapped_to_itself_was_not_renamed() -> None:
    """An identity leaves no step in the chain."""
    node = declared().with_inputs(a="a").with_inputs(a="b2")
    refused(RenameError, lambda: node.with_inputs(a="q"), "'a' was renamed: a→b2.")


def test_g12_repeated_names_are_refused() -> None:
    """G12, E15: sorted, for inputs and for outputs including signals."""
    refused(
        RenameError,
        lambda: declared().with_inputs(a="same", b="same"),
        "duplicate",
        "inputs",
        "['same']",
        at=f,
    )
    refused(RenameError, lambda: declared().with_inputs(a="b"), "duplicate", "['b']")
    refused(
        RenameError, lambda: declared().with_outputs(left="d", right="d"), "duplicate", "outputs"
    )
    refused(RenameError, lambda: declared().with_outputs(left="done"), "duplicate", "['done']")

    def four(p: int, q: int, r: int, s: int) -> int:
        return p + q + r + s

    node = FunctionNode(four, output_name="y")
    refused(RenameError, lambda: node.with_inputs(p="z", q="z", r="y", s="y"), "['y', 'z']")


def test_g12_an_empty_call_on_intact_names_is_fine() -> None:
    """G12: only a result with repeats is refused."""
    assert declared().with_inputs(a="b", b="a").with_inputs().inputs == ("b", "a")


KINDS: dict[str, Callable[[dict[str, str]], HyperNode]] = {
    "function": lambda pairs: FunctionNode(f, output_name="y", rename_inputs=pairs),
    "interrupt": lambda pairs: InterruptNode(f, output_name="y", rename_inputs=pairs),
    "route": lambda pairs: RouteNode(f, ["t"], rename_inputs=pairs),
    "ifelse": lambda pairs: IfElseNode(f, "t", "u", rename_inputs=pairs),
}


@pytest.mark.parametrize("kind", KINDS)
def test_e10_unknown_rename_inputs_lists_all_unknown_and_all_valid(kind: str) -> None:
    """E10: every unknown key in mapping order, every valid name quoted, on each kind of node."""
    refused(
        RenameError,
        lambda: KINDS[kind]({"zz": "x", "a": "k", "yy": "w"}),
        "Cannot rename unknown inputs: 'zz', 'yy'",
        "'a', 'b'",
        at=f,
    )


def test_e10_a_function_without_parameters_has_none_to_rename() -> None:
    """E10: the message says ``(none)``."""
    refused(
        RenameError,
        lambda: FunctionNode(nullary, output_name="y", rename_inputs={"q": "x"}),
        "Cannot rename unknown inputs: 'q'",
        "(none)",
        at=nullary,
    )


@pytest.mark.parametrize("kind", KINDS)
def test_l8_rename_inputs_must_not_repeat_names(kind: str) -> None:
    """L8: two parameters of one name are refused."""
    refused(RenameError, lambda: KINDS[kind]({"a": "b"}), "duplicate", "inputs", "['b']", at=f)


def test_a_new_name_must_be_a_string() -> None:
    """A name that is no string is refused by both ways of renaming."""
    wrong: dict[str, str] = {"a": 5}  # type: ignore[dict-item]
    refused(RenameError, lambda: declared().with_inputs(wrong), "'a' to 5", at=f)
    refused(RenameError, lambda: KINDS["function"](wrong), "'a' to 5", at=f)


@pytest.mark.parametrize(
    "node",
    [
        declared(),
        InterruptNode(f, output_name="y", wait_for="go"),
        RouteNode(f, ["t"], wait_for="go"),
        IfElseNode(f, "t", "u", wait_for="go"),
    ],
)
def test_l15_an_input_may_not_get_a_name_that_is_waited_for(node: HyperNode) -> None:
    """L15: ``with_inputs`` checks the overlap as the constructor does (G23)."""
    refused(
        ValueError,
        lambda: node.with_inputs(a="go"),
        "wait_for names overlap with input parameters",
        "['go']",
        "'f'",
        at=f,
    )


def test_l15_a_signal_may_not_get_a_name_that_is_waited_for() -> None:
    """L15: the same for ``with_outputs`` and signals; a data output may."""
    refused(ValueError, lambda: declared().with_outputs(done="go"), "emit and wait_for share names")
    assert declared().with_outputs(left="go").data_outputs == ("go", "right")
