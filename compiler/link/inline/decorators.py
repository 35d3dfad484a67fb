"""Definitions without the decorators of this library."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import libcst as cst

from hypergraph.compiler.diagnostics import linking as catalogue
from hypergraph.compiler.diagnostics.problems import Place
from hypergraph.compiler.diagnostics.together import Finding, finding
from hypergraph.compiler.link.inline.live import is_ours, node_function, unwrapped
from hypergraph.compiler.link.inline.modules import loaded_module
from hypergraph.compiler.link.inline.sources import Source, Statement
from hypergraph.compiler.link.inline.trees import dotted


def without_ours(source: Source, statement: Statement) -> cst.BaseStatement | Finding:
    """A definition without the decorator that makes a node of it, and those above that one.

    What is above is given the node, and so is no part of the function that the node calls.
    """
    node = statement.node
    if not isinstance(node, cst.FunctionDef) or not node.decorators:
        return node
    made = _maker(source, node.decorators)
    if made is None:
        func = node_function(vars(loaded_module(source.module)).get(node.name.value))
        code = getattr(unwrapped(func), "__code__", None)
        if func is None or code is None or code.co_firstlineno != statement.line:
            return node
        # A decorator of the user's own makes the node; with only one there is no doubt.
        if len(node.decorators) > 1 and unwrapped(func) is not func:
            place = Place("defined", source.file, statement.line)
            return finding(catalogue.UNCLEAR_DECORATORS, place, name=repr(node.name.value))
        made = len(node.decorators) - 1
    kept = node.decorators[made + 1 :]
    return node.with_changes(
        decorators=kept, lines_after_decorators=() if not kept else node.lines_after_decorators
    )


def _maker(source: Source, decorators: Sequence[cst.Decorator]) -> int | None:
    """The innermost decorator of this library."""
    for position in reversed(range(len(decorators))):
        inner: Any = decorators[position].decorator
        if isinstance(inner, cst.Call):
            inner = inner.func
        if is_ours(_value(source, dotted(inner))):
            return position
    return None


def _value(source: Source, chain: str) -> Any:
    """What a chain of attributes leads to in the module as it is now."""
    first, *others = chain.split(".")
    value = vars(loaded_module(source.module)).get(first)
    for name in others:
        value = getattr(value, name, None)
    return value
