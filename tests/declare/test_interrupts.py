"""Interrupts: function nodes that may have no answer."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

import pytest

from hypergraph import (
    FunctionNode,
    IfElseNode,
    InterruptNode,
    RouteNode,
    interrupt,
    node,
)
from tests.declare.refusals import refused

SHARED = [
    *("name", "inputs", "outputs", "data_outputs", "wait_for", "hide", "cache", "func"),
    *("defaults", "parameters", "parameter_annotations", "output_annotation"),
    *("definition_hash", "is_async", "is_generator", "node_type", "nx_attrs"),
]


def approve(draft: str, limit: int = 3) -> bool | None: ...


def test_g45_an_interrupt_is_a_function_node() -> None:
    """G45, E66: in inputs, outputs, defaults, hints, signals, hash and calls."""
    options: dict[str, Any] = {"rename_inputs": {"draft": "text"}, "emit": "e", "wait_for": "w"}
    asked = InterruptNode(approve, "ask", "ok", **options)
    plain = FunctionNode(approve, "ask", "ok", **options)
    assert isinstance(asked, FunctionNode)
    for member in SHARED:
        assert getattr(asked, member) == getattr(plain, member)


def test_g45_is_interrupt_is_true_only_there() -> None:
    """G45, E67: function nodes and gates say ``False``."""
    assert InterruptNode(approve, output_name="ok").is_interrupt is True
    others = [
        FunctionNode(approve, output_name="ok"),
        RouteNode(approve, ["a"]),
        IfElseNode(approve, "a", "b"),
    ]
    assert [other.is_interrupt for other in others] == [False] * 3


def test_g45_output_name_is_mandatory() -> None:
    """G45, E66, G3: a ``TypeError`` that names it, from the class and from the decorator."""
    refused(TypeError, lambda: InterruptNode(approve), "output_name", "'approve'", at=approve)
    refused(TypeError, lambda: interrupt(None)(approve), "output_name", "'approve'", at=approve)


def test_g45_repr_and_copies_stay_interrupts() -> None:
    """G45: every ``with_*`` gives an InterruptNode."""
    asked = InterruptNode(approve, output_name="ok")
    assert repr(asked) == "InterruptNode(approve, outputs=('ok',))"
    assert repr(asked.with_name("a")) == "InterruptNode(approve as 'a', outputs=('ok',))"
    for copied in (
        asked.with_name("a"),
        asked.with_inputs(draft="d"),
        asked.with_outputs(ok="o"),
    ):
        assert type(copied) is InterruptNode and copied.is_interrupt


def test_g46_the_decorator_takes_arguments_and_no_name() -> None:
    """G46: there is no bare ``@interrupt``; the result shows its function."""
    assert "name" not in inspect.signature(interrupt).parameters
    bare: Any = approve
    refused(TypeError, lambda: interrupt(bare), "@interrupt was given", at=approve)
    asked = interrupt("ok")(approve)
    assert type(asked) is InterruptNode and asked.name == "approve"
    assert inspect.unwrap(asked) is approve
    assert interrupt(output_name=("ok", "why"))(approve).outputs == ("ok", "why")


@pytest.mark.parametrize("declare", [InterruptNode, None])
def test_g47_cache_and_hide_are_off_unless_asked_for(declare: Callable[..., Any] | None) -> None:
    """G47, E32: and may be on."""

    def make(**options: Any) -> InterruptNode:
        if declare is None:
            return interrupt("ok", **options)(approve)
        return InterruptNode(approve, output_name="ok", **options)

    assert (make().cache, make().hide) == (False, False)
    asked = make(cache=True, hide=True)
    assert (asked.cache, asked.hide) == (True, True)


def test_e68_a_body_of_dots_answers_nothing() -> None:
    """E68: called directly it returns ``None``."""
    assert interrupt("ok")(approve)("text") is None


def test_e72_async_and_generator_interrupts_report_it() -> None:
    """E72: as function nodes do; renamed ones follow."""

    async def later(x: int) -> int:
        return x

    def pieces(x: int = 1) -> Any:
        yield x

    asked = interrupt("y")(later)
    assert (asked.is_async, asked.is_generator) == (True, False)
    yielding = interrupt("y", hide=True)(pieces).with_inputs(x="z")
    assert (yielding.is_async, yielding.is_generator, yielding.hide) == (False, True, True)
    assert yielding.defaults == {"z": 1} and yielding.map_inputs_to_params({"z": 2}) == {"x": 2}


def test_g19_an_interrupt_and_a_node_may_share_a_function() -> None:
    """G19, G45: each takes only the function of the other."""
    asked = interrupt("ok")(approve)
    assert node(asked, "y").func is approve and type(node(asked, "y")) is FunctionNode
    assert InterruptNode(node(approve, "y"), output_name="ok").is_interrupt
