"""Defaults of parameters, as the inputs of a node see them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from hypergraph import FunctionNode, IfElseNode, InterruptNode, RouteNode
from tests.declare.refusals import refused

SHARED: list[int] = []


def f(a: int, /, b: Any = None, *args: int, c: list[int] = SHARED, d: int, **kw: int) -> bool:
    return True


KINDS: dict[str, Callable[..., Any]] = {
    "function": lambda **options: FunctionNode(f, output_name="y", **options),
    "interrupt": lambda **options: InterruptNode(f, output_name="y", **options),
    "route": lambda **options: RouteNode(f, ["t"], **options),
    "ifelse": lambda **options: IfElseNode(f, "t", "u", **options),
}
every_kind = pytest.mark.parametrize("make", KINDS.values(), ids=list(KINDS))


@every_kind
def test_g26_defaults_are_the_identical_objects(make: Callable[..., Any]) -> None:
    """G26, E7, E8: ``None`` included, never for ``*args`` and ``**kwargs``."""
    declared = make()
    assert declared.defaults == {"b": None, "c": SHARED}
    assert declared.defaults["c"] is SHARED is declared.get_default_for("c")
    assert [declared.has_default_for(name) for name in ("a", "b", "args", "c", "d", "kw")] == [
        False,
        True,
        False,
        True,
        False,
        False,
    ]


def test_e8_positional_only_parameters_may_have_defaults() -> None:
    """E8: they count like any other."""

    def g(a: int = 5, /, b: int = 10) -> int:
        return a + b

    assert FunctionNode(g, output_name="y").defaults == {"a": 5, "b": 10}


@every_kind
@pytest.mark.parametrize("param", ["a", "args", "kw", "nothing", ""])
def test_g26_asking_for_a_missing_default(make: Callable[..., Any], param: str) -> None:
    """G26, G3: a ``KeyError`` that names parameter, node and place."""
    declared = make(name="n")
    assert not declared.has_default_for(param)
    for ask in (declared.get_default_for, declared.get_signature_default_for):
        refused(KeyError, partial(ask, param), f"No default for '{param}'", "'n'", at=f)


@every_kind
def test_e12_defaults_follow_both_ways_of_renaming(make: Callable[..., Any]) -> None:
    """E12, G15: the last name has the default, earlier ones have none."""
    declared = make(rename_inputs={"b": "x"}).with_inputs(x="y", a="b")
    assert declared.defaults == {"y": None, "c": SHARED}
    assert not declared.has_default_for("b") and not declared.has_default_for("x")
    assert declared.has_signature_default_for("y")
    assert declared.get_signature_default_for("y") is None


def test_g26_the_dict_handed_out_is_a_fresh_one() -> None:
    """G26: writing to it changes no node."""
    declared = KINDS["function"]()
    declared.defaults["a"] = 1
    assert not declared.has_default_for("a")


def test_g26_a_default_may_be_something_that_refuses_comparison() -> None:
    """G26: whether there is one is decided by identity."""

    class Touchy:
        def __eq__(self, other: object) -> bool:
            raise RuntimeError("do not compare me")

    def g(x: Touchy = Touchy()) -> Touchy:  # noqa: B008
        return x

    assert FunctionNode(g, output_name="y").has_default_for("x")
