"""From objects that are at hand to the names by which their definitions are found."""

from __future__ import annotations

import functools
import inspect
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from types import BuiltinFunctionType, FunctionType, ModuleType
from typing import Any

from hypergraph.compiler.declare.function import FunctionNode
from hypergraph.compiler.declare.gates import GateNode
from hypergraph.compiler.declare.graph import Graph
from hypergraph.compiler.declare.node import HyperNode
from hypergraph.compiler.diagnostics import linking as catalogue
from hypergraph.compiler.diagnostics.problems import Place, place_of
from hypergraph.compiler.diagnostics.together import Finding, finding
from hypergraph.compiler.link.inline.owned import Own, of_library
from hypergraph.compiler.target import can_be_written, name_in


@dataclass(frozen=True)
class Wanted:
    """A definition at the top of a module that the program calls by name."""

    module: str
    qualname: str


def function_root(func: Any, near: str | None = None) -> Wanted | Finding:
    """Where the function of a node is defined, or why that cannot be said.

    ``near`` is a module in which names for it are looked for as well: that of the graph.
    """
    plain = _plain_function(func)
    if plain is None:
        return _other_callable(func)
    what, place = _called(func), place_of("defined", plain)
    if plain.__name__ == "<lambda>" or plain.__code__.co_name == "<lambda>":
        return finding(catalogue.LAMBDA, place, what=what)
    named = _by_name(func, plain, near)
    if named is not None:
        return named
    if plain.__code__.co_filename.startswith("<"):
        reason = f"it comes from {plain.__code__.co_filename}"
        return finding(catalogue.NO_FILE, place, what=what, reason=reason)
    if "<locals>" in plain.__qualname__ or plain.__closure__:
        names = ", ".join(plain.__code__.co_freevars)
        used = f" and uses {names} of it" if names else ""
        return finding(catalogue.CLOSURE, place, what=what, names=used)
    if plain.__qualname__ != plain.__name__:
        kind = f"defined inside class {plain.__qualname__.rpartition('.')[0]}"
        return finding(catalogue.NOT_A_DEFINITION, place, what=what, kind=kind)
    return Wanted(plain.__module__, plain.__code__.co_name)


def object_root(value: Any, parameter: str, near: str, own: Own) -> Wanted | Finding:
    """The name of a bound object in the module of the graph, or in another one of the user's."""
    if isinstance(value, (FunctionType, BuiltinFunctionType, type)):
        found = _by_qualified_name(value)
        if found is not None:
            return found
    for module in (near, *sorted(sys.modules)):
        loaded = sys.modules.get(module)
        if isinstance(loaded, ModuleType) and (module == near or own.has(module)):
            name = name_in(loaded, value, parameter)
            if name is not None:
                return Wanted(module, name)
    shown = f"{type(value).__qualname__} object"
    return finding(catalogue.UNNAMED_OBJECT, parameter=repr(parameter), value=shown)


def node_function(value: Any) -> Any:
    """The function behind one of our nodes; ``None`` for anything else."""
    return value.func if isinstance(value, (FunctionNode, GateNode)) else None


def library_kind(value: Any) -> str | None:
    """What an object of this library's is, if it is one that only the compiler knows."""
    if isinstance(value, (Graph, HyperNode)) or (
        not isinstance(value, type)
        and of_library(type(value).__module__)
        and type(value).__module__.startswith(("hypergraph.compiler", "hypergraph.runtime.runners"))
    ):
        return f"a {type(value).__name__}"
    return None


def is_ours(value: Any) -> bool:
    """Whether calling it makes nodes: ``node``, a class of nodes, or a partial of one of them."""
    while isinstance(value, functools.partial):
        value = value.func
    value = getattr(value, "__func__", value)
    return str(getattr(value, "__module__", "")).startswith("hypergraph.compiler.")


def unwrapped(func: Any) -> Any:
    """The innermost function that decorators have left a way back to."""
    try:
        return inspect.unwrap(func)
    except ValueError:
        return func


def _plain_function(func: Any) -> FunctionType | None:
    if not isinstance(func, FunctionType) and not hasattr(func, "__wrapped__"):
        return None
    inner = unwrapped(func)
    return inner if isinstance(inner, FunctionType) else None


def _other_callable(func: Any) -> Wanted | Finding:
    what = _called(func)
    if isinstance(func, functools.partial):
        kind = "a functools.partial object"
    elif inspect.ismethod(func):
        kind = f"a method bound to an object of class {type(func.__self__).__qualname__}"
        if isinstance(func.__self__, type):
            kind = f"a method bound to class {func.__self__.__qualname__}"
        return finding(catalogue.NOT_A_DEFINITION, place_of("defined", func), what=what, kind=kind)
    elif isinstance(func, (type, BuiltinFunctionType)) or hasattr(func, "__qualname__"):
        named = _by_qualified_name(func)
        if named is not None:
            return named
        kind = "not at the top of a module"
    else:
        kind = f"an object of class {type(func).__qualname__}"
    return finding(catalogue.NOT_A_DEFINITION, _place_of_class(func), what=what, kind=kind)


def _by_qualified_name(value: Any) -> Wanted | None:
    module, name = getattr(value, "__module__", None), getattr(value, "__qualname__", "")
    if isinstance(module, str) and getattr(sys.modules.get(module), name, None) is value:
        return Wanted(module, name)
    return None


def _by_name(func: Any, plain: FunctionType, near: str | None) -> Wanted | None:
    """A name at the top of a module that stands for this very function, or a node made from it."""
    for module in dict.fromkeys((plain.__module__, getattr(func, "__module__", None), near)):
        loaded = sys.modules.get(str(module))
        if isinstance(loaded, ModuleType):
            if _stands_for(vars(loaded).get(plain.__name__), func):
                return Wanted(loaded.__name__, plain.__name__)
            names = sorted(_names_for(loaded, func))
            if names:
                return Wanted(loaded.__name__, names[0])
    return None


def _names_for(module: ModuleType, func: Any) -> Iterator[str]:
    for name, value in vars(module).items():
        if _stands_for(value, func) and can_be_written(name):
            yield name


def _stands_for(value: Any, func: Any) -> bool:
    return value is func or (value is not None and node_function(value) is func)


def _called(func: Any) -> str:
    name = getattr(func, "__qualname__", None) or getattr(func, "__name__", None)
    return f"Function {name!r}" if name else f"A {type(func).__qualname__}"


def _place_of_class(value: Any) -> Place | None:
    return place_of("defined", vars(type(value)).get("__call__"))
