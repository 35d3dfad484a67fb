"""What of the declaration of nodes is public, and which exceptions it raises."""

from __future__ import annotations

import inspect

import pytest

import hypergraph
from hypergraph import (
    END,
    FunctionNode,
    GateNode,
    GraphConfigError,
    HyperNode,
    IfElseNode,
    InterruptNode,
    RenameError,
    RouteNode,
)

FUNCTIONS = ("node", "ifelse", "route", "interrupt")
CLASSES = (
    ("HyperNode", object),
    ("FunctionNode", HyperNode),
    ("InterruptNode", FunctionNode),
    ("GateNode", HyperNode),
    ("RouteNode", GateNode),
    ("IfElseNode", GateNode),
)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_g1_decorators_are_public_functions(name: str) -> None:
    """G1: each is listed in ``__all__`` and importable from ``hypergraph``."""
    assert name in hypergraph.__all__
    assert inspect.isfunction(getattr(hypergraph, name))


@pytest.mark.parametrize(("name", "base"), CLASSES)
def test_g1_node_classes_are_public_and_derive_as_listed(name: str, base: type) -> None:
    """G1: the table of node classes, with the base of each."""
    assert name in hypergraph.__all__
    assert getattr(hypergraph, name).__bases__ == (base,)


def test_g1_the_sentinel_is_public() -> None:
    """G1: ``END`` is a class used as a value."""
    assert "END" in hypergraph.__all__ and isinstance(END, type)


@pytest.mark.parametrize("name", sorted(hypergraph.__all__))
def test_g2_a_public_name_is_listed_once_and_shown_by_dir(name: str) -> None:
    """G2: everything comes from ``hypergraph`` itself."""
    assert hypergraph.__all__.count(name) == 1
    assert name in dir(hypergraph)


@pytest.mark.parametrize("error", [GraphConfigError, RenameError])
def test_g3_errors_derive_directly_from_exception(error: type[Exception]) -> None:
    """G3: they are no ``ValueError``, no ``TypeError`` and not related to each other."""
    assert error.__bases__ == (Exception,)


def test_e30_every_kind_of_function_based_node_is_a_hypernode() -> None:
    """E30: ``isinstance`` holds for what the constructors make."""
    nodes = [
        FunctionNode(len, output_name="n"),
        InterruptNode(len, output_name="n"),
        RouteNode(len, ["a"]),
        IfElseNode(len, "a", "b"),
    ]
    assert all(isinstance(node, HyperNode) for node in nodes)
