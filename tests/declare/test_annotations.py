"""Type hints, as the inputs and outputs of a node see them."""

# Annotations here are real objects, so that local types can be used; strings are marked as such.

import typing
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Annotated, Any, Optional

import pytest

from hypergraph import FunctionNode, GateNode, IfElseNode, InterruptNode, RouteNode


def made(func: Callable[..., Any], outputs: Any = "y") -> FunctionNode:
    return FunctionNode(func, output_name=outputs)


def returning(hint: Any) -> Callable[..., Any]:
    def func() -> Any: ...

    func.__annotations__["return"] = hint
    return func


def test_g27_hints_are_resolved_by_current_name() -> None:
    """G27: annotated parameters only; strings are evaluated, extras dropped."""

    def f(a: "int", b: Annotated[str, "note"], c: Any, d=1, *args: float, **kw: bytes):  # type: ignore[no-untyped-def]
        ...

    declared = made(f).with_inputs(a="b", b="a")
    assert declared.parameter_annotations == {
        "b": int,
        "a": str,
        "c": Any,
        "args": float,
        "kw": bytes,
    }
    assert declared.get_input_type("b") is int and declared.get_input_type("d") is None


def test_g27_one_unresolvable_hint_empties_all() -> None:
    """G27, G28: all or nothing, for parameters and for the return hint."""

    def f(a: int, b: "Missing") -> int:  # type: ignore[name-defined]  # noqa: F821
        return a

    def g(a: int) -> "Missing":  # type: ignore[name-defined]  # noqa: F821
        return a

    for func in (f, g):
        assert made(func).parameter_annotations == {} and made(func).output_annotation == {}
        assert made(func).get_input_type("a") is None and made(func).get_output_type("y") is None


def test_g27_a_forward_reference_may_be_resolved_later() -> None:
    """G27: a hint that failed once is tried again when it is next asked for."""
    scope: dict[str, Any] = {}
    exec("def f(a: 'Later') -> 'Later': ...", scope)
    declared = FunctionNode(scope["f"], output_name="y")
    assert declared.parameter_annotations == {}
    scope["Later"] = int
    assert declared.parameter_annotations == {"a": int}
    assert declared.with_inputs(a="b").output_annotation == {"y": int}


def test_g27_a_hint_that_raises_is_unresolvable() -> None:
    """G27: evaluating a string may raise anything."""

    def f(a: "1 / 0"): ...  # type: ignore[no-untyped-def,valid-type]

    assert made(f).parameter_annotations == {}


def test_e26_unannotated_and_unknown_names_have_no_type() -> None:
    """E26: ``None``, never an error, for inputs and outputs."""

    def f(a, b: int):  # type: ignore[no-untyped-def]
        ...

    declared = made(f)
    assert [declared.get_input_type(name) for name in ("a", "nothing")] == [None, None]
    assert [declared.get_output_type(name) for name in ("y", "nothing")] == [None, None]
    assert made(len).parameter_annotations == {}


def test_e27_optional_hints_survive() -> None:
    """E27: with a default of ``None`` the hint stays optional."""

    def f(x: str | None = None, y: Optional[int] = None) -> str | None:  # noqa: UP045
        return x

    declared = made(f)
    assert declared.get_input_type("x") == Optional[str]  # noqa: UP045
    assert declared.get_input_type("y") == Optional[int]  # noqa: UP045
    assert declared.get_output_type("y") == Optional[str]  # noqa: UP045


@pytest.mark.parametrize(
    "hint", [int, tuple[int], tuple[int, str], Iterator[int], AsyncIterator[int], list[str], Any]
)
def test_g28_the_hint_of_a_single_output_is_taken_verbatim(hint: Any) -> None:
    """G28: tuples and iterator types included, for a string and for a 1-tuple of outputs."""
    for outputs in ("y", ("y",)):
        assert made(returning(hint), outputs).output_annotation == {"y": hint}


def test_g28_none_means_nonetype() -> None:
    """G28: ``-> None`` maps to ``NoneType``."""
    assert made(returning(None)).output_annotation == {"y": type(None)}


@pytest.mark.parametrize("hint", [tuple[str, float], typing.Tuple[str, float]])  # noqa: UP006
def test_e28_several_outputs_map_element_wise(hint: Any) -> None:
    """E28, G28: by position, under current names."""
    declared = made(returning(hint), ("a", "b")).with_outputs(a="b", b="a")
    assert declared.output_annotation == {"b": str, "a": float}


@pytest.mark.parametrize(
    "hint",
    [
        tuple[int, int, int],
        tuple[int],
        tuple,
        typing.Tuple,  # noqa: UP006
        tuple[()],
        list,
        list[int],
        dict[str, int],
        Optional[tuple[int, int]],  # noqa: UP045
        int,
        None,
    ],
)
def test_e28_a_hint_of_another_shape_says_nothing(hint: Any) -> None:
    """E28, G28: only a tuple with exactly as many arguments counts for two outputs."""
    assert made(returning(hint), ("a", "b")).output_annotation == {}


@pytest.mark.parametrize("outputs", [("a", "b"), ("a", "b", "c")])
def test_l26_a_homogeneous_tuple_types_every_output(outputs: tuple[str, ...]) -> None:
    """L26: ``tuple[int, ...]`` gives ``int`` for each, any count."""
    expected = dict.fromkeys(outputs, int)
    assert made(returning(tuple[int, ...]), outputs).output_annotation == expected
    assert made(returning(tuple[int, ...]), "y").output_annotation == {"y": tuple[int, ...]}


def test_g28_without_outputs_or_hint_there_is_nothing() -> None:
    """G28: and signals never appear."""

    def untyped():  # type: ignore[no-untyped-def]
        ...

    assert made(returning(int), ()).output_annotation == {}
    assert made(untyped).output_annotation == {}
    signalling = FunctionNode(returning(tuple[int, str]), output_name=("a", "b"), emit="done")
    assert signalling.output_annotation == {"a": int, "b": str}
    assert signalling.get_output_type("done") is None


def test_e69_interrupts_map_their_outputs_the_same_way() -> None:
    """E69: element-wise; unknown outputs have no type."""
    declared = InterruptNode(returning(tuple[int, str]), output_name=("a", "b"))
    assert declared.output_annotation == {"a": int, "b": str}
    assert declared.get_output_type("c") is None


def decide(a: int, b: "str" = "") -> bool:
    return True


@pytest.mark.parametrize("gate", [RouteNode(decide, ["t"]), IfElseNode(decide, "t", "u")])
def test_e57_gate_input_types_follow_renames(gate: GateNode) -> None:
    """E57, G33: the original name has no type any more, and a gate no output type at all."""
    renamed = gate.with_inputs(a="x")
    assert renamed.parameter_annotations == {"x": int, "b": str}
    assert renamed.get_input_type("x") is int and renamed.get_input_type("a") is None
    assert renamed.get_output_type("x") is None and renamed.get_output_type("") is None
