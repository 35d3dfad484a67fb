"""Linking by import: every object of the user's is found again in the modules it is in."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from hypergraph.compiler.declare.function import FunctionNode
from hypergraph.compiler.declare.gates import GateNode
from hypergraph.compiler.diagnostics import artifacts as catalogue
from hypergraph.compiler.diagnostics.artifacts import CompileError
from hypergraph.compiler.diagnostics.problems import place_of, problem
from hypergraph.compiler.emit.namespace import Key
from hypergraph.compiler.link.live import (
    Path,
    fallback_object,
    fallbacks_of,
    function_at,
    function_calls,
    live_objects,
)
from hypergraph.compiler.link.reached import Lookup, Reached, attributes
from hypergraph.compiler.plan import Fallback, Plan
from hypergraph.compiler.target import Target, can_be_written, name_in


def linked(target: Target, plan: Plan, canonical: dict[Path, Path]) -> dict[Key, Reached]:
    """Where the object behind every name is found that the program needs from the user.

    Raises ``CompileError`` for what is in a module that cannot be imported by name.
    """
    links = Links(target)
    links.check_module(target.module, f"Graph {target.attribute!r}")
    found: dict[Key, Reached] = {}
    live = live_objects(target.graph, plan, canonical)
    for call in function_calls(plan):
        path = canonical[call.path]
        found.setdefault(("node", *path), links.function(call.path))
        if call.definition is not None:
            key: Key = ("definition", *path)
            live[key] = call.definition
            found.setdefault(key, links.definition(call.path))
    for one in fallbacks_of(plan):
        found.setdefault((one.kind, *one.owner, "|", one.parameter), links.fallback(one))
    for key, reached in found.items():
        check_reached(reached, live[key])
    return found


@dataclass(frozen=True)
class Links:
    """Looks objects up, always the same way: by a name of their own first, then in the graph."""

    target: Target

    @property
    def graph(self) -> Reached:
        """The graph that is compiled."""
        return Reached(self.target.module, attributes(self.target.attribute))

    def function(self, path: Path) -> Reached:
        """The function of the node at a path."""
        func = function_at(self.target.graph, path)
        home = getattr(func, "__module__", None)
        if home == "__main__":
            self.check_module(home, f"The function of node {path[-1]!r}", func)
        by_name = None
        if isinstance(home, str) and why_not_importable(home) is None:
            by_name = named_function(sys.modules[home], func)
        return by_name or self.node(path).then(*attributes("func"))

    def definition(self, path: Path) -> Reached:
        """The hash of the definition that the function at a path has when the program starts.

        A hash in the text would find entries of what the function did when it was compiled.
        """
        func = function_at(self.target.graph, path)
        home = getattr(func, "__module__", None)
        if isinstance(home, str) and why_not_importable(home) is None:
            by_name = named_function(sys.modules[home], func)
            if by_name is not None and by_name.lookups[-1].name == "func":
                return Reached(home, (*by_name.lookups[:-1], *attributes("definition_hash")))
        return self.node(path).then(*attributes("definition_hash"))

    def fallback(self, one: Fallback) -> Reached:
        """A bound object, or a default."""
        if one.kind == "default":
            return self.node(one.owner).then(Lookup("default", one.parameter))
        value = fallback_object(self.target.graph, one)
        return self.named_object(value, one.parameter) or self.binding(one.owner, one.parameter)

    def bound(self, name: str) -> Reached:
        """What the graph, or a graph inside it, has bound to a name of the graph."""
        value = self.target.graph.inputs.bound[name]
        return self.named_object(value, name) or self.binding((), name)

    def binding(self, path: Path, name: str) -> Reached:
        """A bound object, in the bindings of the graph at a path."""
        return self.inner(path).then(*attributes("inputs", "bound"), Lookup("item", name))

    def named_object(self, value: Any, preferred: str) -> Reached | None:
        """An object by the name it has in the module of the graph."""
        name = name_in(sys.modules[self.target.module], value, preferred)
        return None if name is None else Reached(self.target.module, attributes(name))

    def node(self, path: Path) -> Reached:
        """The node at a path, through the graphs around it."""
        return self.inner(path[:-1]).then(*attributes("nodes"), Lookup("item", path[-1]))

    def inner(self, path: Path) -> Reached:
        """The graph at a path, through the graphs around it."""
        reached = self.graph
        for name in path:
            reached = reached.then(*attributes("nodes"), Lookup("item", name), *attributes("graph"))
        return reached

    def check_module(self, module: str, what: str, func: Any = None) -> None:
        """Raise ``CompileError`` unless a program can import the module."""
        reason = why_not_importable(module)
        if reason is not None:
            place = self.target.graph.place if func is None else place_of("declared", func)
            raise problem(
                CompileError,
                catalogue.NO_MODULE_TO_IMPORT,
                where=[place],
                what=what,
                module=repr(module),
                reason=reason,
            )


def why_not_importable(name: str) -> str | None:
    """Why a module that is loaded could not be imported by its name; ``None`` if it could."""
    if name == "__main__":
        return "that is whatever script was started"
    module = sys.modules.get(name)
    if not isinstance(module, ModuleType):
        return "no such module is loaded"
    if getattr(module, "__spec__", None) is None:
        return "it was not made by an import"
    return None


def named_function(module: ModuleType, func: Any) -> Reached | None:
    """A function by the name it, or a node made from it, has in a module."""
    own = getattr(func, "__name__", None)
    found = [name for name, value in vars(module).items() if is_or_holds(value, func)]
    found = sorted(filter(can_be_written, found))
    if not found:
        return None
    name = own if own in found else found[0]
    held = () if vars(module)[name] is func else attributes("func")
    return Reached(module.__name__, attributes(name) + held)


def is_or_holds(value: Any, func: Any) -> bool:
    """Whether a module's attribute is the function, or a node made from it."""
    return value is func or (isinstance(value, (FunctionNode, GateNode)) and value.func is func)


def check_reached(reached: Reached, wanted: Any) -> None:
    """Raise ``CompileError`` unless the lookups lead to the object itself."""
    value: Any = sys.modules[reached.module]
    for lookup in reached.lookups:
        if lookup.kind == "attribute":
            value = getattr(value, lookup.name)
        elif lookup.kind == "item":
            value = value[lookup.name]
        else:
            value = value.get_default_for(lookup.name)
    if value is not wanted and not (isinstance(wanted, str) and value == wanted):
        raise problem(CompileError, catalogue.UNREACHABLE, what=repr(wanted), path=str(reached))


def shadowed_modules(modules: Iterable[str]) -> frozenset[str]:
    """Those of which the package has something else under the same name, as a function ``rag`` that
    a package took from its module ``rag``; ``from package import rag`` would give the function."""
    found = []
    for name in modules:
        package, _, tail = name.rpartition(".")
        if package and getattr(sys.modules[package], tail, None) is not sys.modules[name]:
            found.append(name)
    return frozenset(found)
