"""``emit`` and ``wait_for``, and the names a node may not use twice."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from hypergraph import FunctionNode, IfElseNode, InterruptNode, RouteNode, ifelse, interrupt, route
from hypergraph import node as node_decorator
from tests.declare.refusals import refused


def f(a: int, b: int = 0) -> bool:
    return a > b


KINDS: dict[str, Callable[..., Any]] = {
    "function": lambda **options: FunctionNode(f, output_name="result", **options),
    "interrupt": lambda **options: InterruptNode(f, output_name="result", **options),
    "route": lambda **options: RouteNode(f, ["t"], **options),
    "ifelse": lambda **options: IfElseNode(f, "t", "u", **options),
    "@node": lambda **options: node_decorator(output_name="result", **options)(f),
    "@interrupt": lambda **options: interrupt("result", **options)(f),
    "@route": lambda **options: route(["t"], **options)(f),
    "@ifelse": lambda **options: ifelse("t", "u", **options)(f),
}
every_kind = pytest.mark.parametrize("make", KINDS.values(), ids=list(KINDS))
with_data_outputs = pytest.mark.parametrize(
    "make", [KINDS["function"], KINDS["interrupt"]], ids=["function", "interrupt"]
)


@every_kind
@pytest.mark.parametrize(
    ("given", "names"),
    [("s", ("s",)), (("s", "r"), ("s", "r")), (["s", "r"], ("s", "r")), (None, ()), ((), ())],
)
def test_g23_what_is_given_becomes_a_tuple(
    make: Callable[..., Any], given: Any, names: tuple[str, ...]
) -> None:
    """G23, L10, E33, E35: for ``emit`` and ``wait_for`` of every kind; a list is fine."""
    assert make(wait_for=given).wait_for == names
    emitting = make(emit=given)
    assert emitting.outputs == (*emitting.data_outputs, *names)
    assert not set(names) & set(emitting.data_outputs)


@every_kind
def test_e46_what_is_waited_for_is_no_input(make: Callable[..., Any]) -> None:
    """E46: ``wait_for`` adds nothing to the node's inputs."""
    assert make(wait_for="s").inputs == ("a", "b")


def test_e34_a_node_may_send_a_signal_and_nothing_else() -> None:
    """E34: outputs ``("done",)``, data outputs ``()``."""

    @node_decorator(emit="done")
    def announce(x: int) -> None: ...

    assert announce.outputs == ("done",) and announce.data_outputs == ()


@with_data_outputs
def test_g23_a_signal_may_not_be_called_like_an_output(make: Callable[..., Any]) -> None:
    """G23, E36, E37: node and sorted names are told."""
    refused(
        ValueError,
        lambda: make(emit=("done", "result"), name="n"),
        "emit names overlap with output names",
        "['result']",
        "'n'",
        at=f,
    )
    two = ("z", "y", "x")
    refused(
        ValueError,
        lambda: FunctionNode(f, output_name=two, emit=("z", "x", "w")),
        "['x', 'z']",
    )


@every_kind
def test_g23_an_input_is_not_waited_for(make: Callable[..., Any]) -> None:
    """G23, E37: on names after ``rename_inputs``."""
    fact = "wait_for names overlap with input parameters"
    refused(ValueError, lambda: make(wait_for=("b", "s", "a")), fact, "['a', 'b']", "'f'", at=f)
    refused(ValueError, lambda: make(wait_for="x", rename_inputs={"a": "x"}), fact, "['x']", at=f)
    assert make(wait_for="a", rename_inputs={"a": "x"}).wait_for == ("a",)


@every_kind
def test_g23_a_signal_is_not_waited_for_by_its_sender(make: Callable[..., Any]) -> None:
    """G23, E37: ``emit`` and ``wait_for`` share no name."""
    refused(
        ValueError,
        lambda: make(emit=("s", "r", "q"), wait_for=("r", "s")),
        "emit and wait_for share names",
        "['r', 's']",
        "'f'",
        at=f,
    )


def test_g23_clashes_are_checked_in_order() -> None:
    """G23: emit with outputs, then wait_for with inputs, then emit with wait_for."""
    make = KINDS["function"]
    every = {"emit": ("result", "s"), "wait_for": ("a", "s")}
    refused(ValueError, lambda: make(**every), "overlap with output names")
    refused(ValueError, lambda: make(**{**every, "emit": "s"}), "overlap with input parameters")


@with_data_outputs
def test_g23_a_node_may_wait_for_its_own_output(make: Callable[..., Any]) -> None:
    """G23: a data output is no signal."""
    assert make(wait_for="result").wait_for == ("result",)


@every_kind
def test_g23_a_signal_may_be_called_like_an_own_input(make: Callable[..., Any]) -> None:
    """G23: it yields a self-loop."""
    assert make(emit="a").outputs[-1] == "a"


@with_data_outputs
def test_e38_outputs_and_signals_are_renamed_apart(make: Callable[..., Any]) -> None:
    """E38: each rename leaves the other alone."""
    declared = make(emit="done")
    assert declared.with_outputs(result="r2").outputs == ("r2", "done")
    assert declared.with_outputs(result="r2").data_outputs == ("r2",)
    assert declared.with_outputs(done="fin").outputs == ("result", "fin")
    assert declared.with_outputs(done="fin").data_outputs == ("result",)


@every_kind
def test_e39_any_name_can_be_waited_for(make: Callable[..., Any]) -> None:
    """E39: that of another node's data output too; nothing is looked up here."""
    assert make(wait_for="another_nodes_output").wait_for == ("another_nodes_output",)


@pytest.mark.parametrize("names", [["a", "b"], ("a", "b")])
def test_l10_a_list_of_outputs_becomes_a_tuple(names: Any) -> None:
    """L10: for ``output_name``."""
    assert FunctionNode(f, output_name=names).outputs == ("a", "b")
    assert InterruptNode(f, output_name=names).outputs == ("a", "b")


@pytest.mark.parametrize("option", ["emit", "wait_for"])
@pytest.mark.parametrize("given", [3, {"s": 1}, {"s"}, ("s", 1), [None], b"s"])
@every_kind
def test_l10_anything_else_is_refused(make: Callable[..., Any], given: Any, option: str) -> None:
    """L10: names are strings, in something that has an order."""
    refused(TypeError, lambda: make(**{option: given}), f"{option} must be a string", at=f)


@pytest.mark.parametrize("given", [3, {"s"}, ("s", 1), f])
def test_l10_the_same_for_output_name(given: Any) -> None:
    """L10: on function nodes and interrupts."""
    for kind in (FunctionNode, InterruptNode):
        declare = partial(kind, f, output_name=given)
        refused(TypeError, declare, "output_name must be", at=f)


@pytest.mark.parametrize("kind", [FunctionNode, InterruptNode])
def test_l9_an_output_name_is_given_once(kind: Any) -> None:
    """L9: repeats are a ``ValueError`` naming node and names."""
    refused(
        ValueError,
        lambda: kind(f, output_name=("y", "x", "y", "x")),
        "more than once in its output_name: ['x', 'y']",
        "'f'",
        at=f,
    )


@every_kind
def test_l9_so_is_a_signal(make: Callable[..., Any]) -> None:
    """L9: signals are outputs, whose names cannot repeat."""
    refused(ValueError, lambda: make(emit=("s", "s")), "more than once in its emit: ['s']", at=f)
