"""Linking by inlining: what a standalone program needs of the user's, and where it is defined."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import FunctionType
from typing import Any

from hypergraph.compiler.diagnostics.together import Finding
from hypergraph.compiler.emit.namespace import Key
from hypergraph.compiler.link.inline.live import Wanted, function_root, object_root
from hypergraph.compiler.link.inline.owned import Own
from hypergraph.compiler.link.live import (
    Path,
    fallback_object,
    fallbacks_of,
    function_at,
    function_calls,
    graph_at,
)
from hypergraph.compiler.literals import literal_text
from hypergraph.compiler.plan import Fallback, Plan
from hypergraph.compiler.target import Target


@dataclass(frozen=True)
class Default:
    """A default of a function that the file defines: where among its defaults it stands."""

    function: Key
    place: int | str


@dataclass(frozen=True)
class Constant:
    """A value without a name that is written down as it is now; all runs share it."""

    value: Any


Found = Wanted | Default | Constant | Finding


def roots_of(
    target: Target, plans: Iterable[Plan], canonical: Mapping[Path, Path], own: Own
) -> dict[Key, Found]:
    """Where all functions, bindings and defaults that the plans call for are defined.

    What cannot be said of one stands in its place.
    """
    found: dict[Key, Found] = {}
    for plan in plans:
        for call in function_calls(plan):
            path = canonical[call.path]
            func = function_at(target.graph, call.path)
            found.setdefault(("node", *path), function_root(func, target.module))
        for one in fallbacks_of(plan):
            key = (one.kind, *one.owner, "|", one.parameter)
            found.setdefault(key, _fallback(target, one, canonical, own))
    return found


def _fallback(target: Target, one: Fallback, canonical: Mapping[Path, Path], own: Own) -> Found:
    if one.kind == "default":
        default = _default(target, one, canonical)
        if default is not None:
            return default
    value = fallback_object(target.graph, one)
    found = object_root(value, one.parameter, target.module, own)
    if isinstance(found, Finding) and literal_text(value) is not None:
        return Constant(value)
    return found


def _default(target: Target, one: Fallback, canonical: Mapping[Path, Path]) -> Default | None:
    """The place of a default, if the function is a plain one and has it itself."""
    node: Any = graph_at(target.graph, one.owner[:-1]).nodes[one.owner[-1]]
    func = getattr(node, "func", None)
    if type(func) is not FunctionType or hasattr(func, "__wrapped__"):
        return None
    value = fallback_object(target.graph, one)
    key: Key = ("node", *canonical[one.owner])
    for name, default in (func.__kwdefaults__ or {}).items():
        if default is value:
            return Default(key, name)
    for place, default in enumerate(func.__defaults__ or ()):
        if default is value:
            return Default(key, place)
    return None
