"""Reading the names of one statement in the order in which Python would meet them."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from typing import Any

import libcst as cst

from hypergraph.compiler.link.inline import reading_names, reading_scopes
from hypergraph.compiler.link.inline.scopes import (
    Annotation,
    How,
    LocalImport,
    Reading,
    Scope,
    Use,
    looked_up,
)
from hypergraph.compiler.link.inline.trees import children


class Reader:
    """Walks one statement; ``scope`` is where it is, ``annotation`` whether in an annotation."""

    def __init__(self) -> None:
        self.scope = Scope("module")
        self.annotation: Annotation = ""
        self.quotes = ""
        self.found: list[Use] = []
        self.reading = Reading()

    def finished(self) -> Reading:
        """What was found, without everything that turned out to be local."""
        for use in self.found:
            home = looked_up(use.name, use.scope)
            if home is None:
                self.reading.uses.append(use)
            elif use.name in home.imported:
                self.reading.uses.append(use._replace(imports=tuple(home.imported[use.name])))
        return self.reading

    def read(self, node: cst.CSTNode | None) -> None:
        """Take in an expression or a statement."""
        if node is None:
            return
        special = _SPECIAL.get(type(node))
        if special is not None:
            special(self, node)
        else:
            for child in children(node):
                self.read(child)

    def read_all(self, nodes: Sequence[Any]) -> None:
        """Take in several, in order."""
        for node in nodes:
            self.read(node)

    def inside(self, scope: Scope, action: Callable[[], None]) -> None:
        """Do something within a scope."""
        before, self.scope = self.scope, scope
        action()
        self.scope = before

    def read_values(self, node: cst.CSTNode, annotation: Annotation) -> None:
        """Take in a part of an annotation in which strings are just strings."""
        start = len(self.found)
        self.read(node)
        self.found[start:] = [use._replace(annotation=annotation) for use in self.found[start:]]

    def use(self, node: cst.Name, how: How = "read", chain: tuple[cst.Attribute, ...] = ()) -> None:
        """One name that is looked up."""
        if node.value in _CONSTANTS or (node.value == "__class__" and self.scope.owner):
            return
        name = mangled(node.value, self.scope)
        if self.quotes:
            self.reading.within[id(node)] = self.quotes
        scope = self.scope
        if scope.kind == "class" and name in scope.bound:
            # Statements of a class run in order: only what is bound before is found there.
            return
        self.found.append(Use(node, name, scope, chain, how, self.annotation))

    def reference(self, node: cst.CSTNode, how: How = "read") -> None:
        """A name, the attributes looked up from a name, or any other expression."""
        chain: list[cst.Attribute] = []
        inner = node
        while isinstance(inner, cst.Attribute):
            chain.append(inner)
            if inner.attr.value == "__annotations__":
                self.reading.annotations_read.append(inner)
            inner = inner.value
        if isinstance(inner, cst.Name):
            self.use(inner, how, tuple(reversed(chain)))
        else:
            self.read(inner)

    def bind(self, node: cst.CSTNode, name: str, imported: LocalImport | None = None) -> None:
        """One name that is bound in the current scope."""
        scope = self.scope
        name = mangled(name, scope)
        declared = scope.outward.get(name)
        if declared == "global" and isinstance(node, cst.Name):
            self.found.append(Use(node, name, scope, (), "rebind", ""))
            return
        if declared is not None:
            return
        if scope.kind == "module":
            self.reading.binds.setdefault(name, []).append(imported or node)
            return
        if imported is not None and (name not in scope.bound or name in scope.imported):
            scope.imported.setdefault(name, []).append(imported)
        else:
            scope.imported.pop(name, None)
        scope.bound.add(name)

    def target(self, node: cst.CSTNode | None) -> None:
        """What is assigned to, deleted, or looped over."""
        if isinstance(node, cst.Name):
            self.bind(node, node.value)
        elif isinstance(node, (cst.Attribute, cst.Subscript)):
            self.changed(node)
        elif isinstance(node, (cst.Tuple, cst.List)):
            for element in node.elements:
                self.target(element.value)
        elif isinstance(node, (cst.StarredElement, cst.AssignTarget)):
            self.target(node.value if isinstance(node, cst.StarredElement) else node.target)
        elif node is not None:
            self.read(node)

    def changed(self, node: cst.Attribute | cst.Subscript) -> None:
        """An attribute or item that is assigned: the object at its root is changed."""
        inner: cst.CSTNode = node
        chain: list[cst.Attribute] = []
        while isinstance(inner, (cst.Attribute, cst.Subscript)):
            if isinstance(inner, cst.Subscript):
                self.read_all(inner.slice)
                chain.clear()
            else:
                chain.append(inner)
            inner = inner.value
        if isinstance(inner, cst.Name):
            self.use(inner, "change", tuple(reversed(chain)))
        else:
            self.read(inner)


def mangled(name: str, scope: Scope) -> str:
    """A name as it is looked up: private names inside a class carry the name of the class."""
    if not name.isascii():
        name = unicodedata.normalize("NFKC", name)
    if scope.owner and name.startswith("__") and not name.endswith("__"):
        return f"_{scope.owner.lstrip('_')}{name}"
    return name


_CONSTANTS = frozenset({"None", "True", "False"})
_SPECIAL = reading_names.HANDLERS | reading_scopes.HANDLERS
