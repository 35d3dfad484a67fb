"""What the names in modules stand for: definitions, imports, modules, builtins."""

from __future__ import annotations

import ast
import importlib
import sys
from dataclasses import replace
from functools import cache
from importlib.util import find_spec
from types import ModuleType
from typing import Any

import libcst as cst

import hypergraph
from hypergraph.compiler.diagnostics import linking as catalogue
from hypergraph.compiler.diagnostics.problems import Place
from hypergraph.compiler.diagnostics.together import Finding, finding
from hypergraph.compiler.emit.reserved import BUILTINS
from hypergraph.compiler.link.inline.live import (
    Wanted,
    function_root,
    library_kind,
    node_function,
)
from hypergraph.compiler.link.inline.meanings import (
    Attribute,
    Builtin,
    Defined,
    Imported,
    Meaning,
    OwnModule,
    Refused,
    Unit,
)
from hypergraph.compiler.link.inline.owned import LIBRARY, RUNTIME, Own, of_library, of_runtime
from hypergraph.compiler.link.inline.scopes import LocalImport
from hypergraph.compiler.link.inline.sources import Source, Statement, read_source
from hypergraph.compiler.link.inline.stale import is_stale
from hypergraph.compiler.link.inline.trees import dotted
from hypergraph.compiler.link.inline.units import Unclear, unit_for
from hypergraph.runtime.exports import EXPORTS

_MODULE_ATTRIBUTES = "__name__ __file__ __doc__ __package__ __spec__ __loader__ __path__ __dict__"
_OF_EVERY_MODULE = frozenset(_MODULE_ATTRIBUTES.split())


class Modules:
    """Reads every module once, and tells what its names mean."""

    def __init__(self, own: Own) -> None:
        self.own = own
        self.sources: dict[str, Source | Finding] = {}
        self.known: dict[tuple[str, str, bool], Meaning] = {}

    def source(self, module: str) -> Source | Finding:
        """The file of a module, or why there is none to be read."""
        if module not in self.sources:
            self.sources[module] = _read_once(module) if of_runtime(module) else _read(module)
        return self.sources[module]

    def root(self, wanted: Wanted) -> Meaning:
        """What a definition that the program asks for is."""
        if self.own.has(wanted.module) or of_library(wanted.module):
            return self.attribute(wanted.module, wanted.qualname)
        return Imported(wanted.module, wanted.qualname, wanted.qualname)

    def meaning(self, module: str, name: str, typing: bool = False) -> Meaning:
        """What a name means in the code of a module; ``typing`` in an annotation."""
        key = (module, name, typing)
        if key not in self.known:
            # Met again while it is looked up, it is defined by nothing but itself.
            self.known[key] = Refused(_undefined(module, name))
            self.known[key] = self._meaning(module, name, typing)
        return self.known[key]

    def _meaning(self, module: str, name: str, typing: bool) -> Meaning:
        source = self.source(module)
        if isinstance(source, Finding):
            return Refused(source)
        statements = source.bound.get(name)
        if statements is None:
            return self._unbound(source, name)
        if is_stale(source, name):
            return Refused(_stale(source, name))
        held = self._held(source, name) if not of_library(module) else None
        if held is not None:
            return held
        suited = [one for one in statements if one.typing == typing] or statements
        imports = [one for each in suited for one in _imports(each, name)]
        if imports and len(imports) == len(suited):
            meanings = {
                self.imported(source, one, each.typing): one
                for each in suited
                for one in _imports(each, name)
            }
            if len(meanings) == 1:
                return next(iter(meanings))
        try:
            return Defined(unit_for(source, name, suited, self._stays), name)
        except Unclear as unclear:
            return Refused(unclear.finding)

    def _stays(self, source: Source, one: LocalImport) -> bool:
        return isinstance(self.imported(source, one, False), Imported)

    def _unbound(self, source: Source, name: str) -> Meaning:
        if name in _OF_EVERY_MODULE:
            return Attribute(name)
        if is_stale(source, name):
            return Refused(_stale(source, name))
        loaded = sys.modules.get(source.module)
        if name in BUILTINS and not hasattr(loaded, name):
            return Builtin(name)
        if "*" in source.bound:
            star = source.bound["*"][0]
            place = Place("imported", source.file, star.line)
            facts = {"name": repr(name), "module": repr(source.module)}
            return Refused(finding(catalogue.STAR_IMPORT, place, **facts))
        return Refused(_undefined(source.module, name))

    def _held(self, source: Source, name: str) -> Meaning | None:
        """What a name means that is, by now, an object of this library's."""
        value = vars(loaded_module(source.module)).get(name)
        func = node_function(value)
        if func is None:
            kind = library_kind(value)
            return None if kind is None else Refused(_library(name, kind))
        root = function_root(func, source.module)
        if isinstance(root, Finding):
            return Refused(root)
        if root == Wanted(source.module, name):
            statements = [one for one in source.bound[name] if one.is_function]
            if len(statements) == 1:
                return Defined(Unit(source.module, name, tuple(statements)), name, held=True)
            return None
        found = self.root(root)
        return replace(found, held=True) if isinstance(found, Defined) else found

    # Imports

    def imported(self, source: Source, one: LocalImport, typing: bool) -> Meaning:
        """What one part of an import brings."""
        if isinstance(one.statement, cst.Import):
            return self._whole_module(one, typing)
        base = absolute(source, one.statement)
        name = dotted(one.alias.name)
        local = dotted(one.alias.asname.name) if one.alias.asname is not None else name
        if self._is_looked_into(base) or self.own.has(f"{base}.{name}"):
            return self.attribute(base, name, typing)
        return Imported(base, name, local, typing=typing)

    def _whole_module(self, one: LocalImport, typing: bool) -> Meaning:
        module = dotted(one.alias.name)
        if one.alias.asname is None:
            top = module.partition(".")[0]
            if self._is_looked_into(top):
                return OwnModule(top)
            return Imported(top, None, top, root=True, typing=typing)
        if self._is_looked_into(module):
            return OwnModule(module)
        return Imported(module, None, dotted(one.alias.asname.name), typing=typing)

    def _is_looked_into(self, module: str) -> bool:
        return of_library(module) or self.own.has(module)

    def attribute(self, module: str, name: str, typing: bool = False) -> Meaning:
        """What ``module.name`` is, for a module that is inlined, or one of this library's."""
        home = _home(module, name)
        if module == LIBRARY and home is not None and home.startswith(f"{RUNTIME}.runners"):
            return Refused(_library(name, "a runner"))
        if home is not None:
            return self.attribute(home, name, typing)
        inner = f"{module}.{name}"
        if of_library(module) and not self.own.has(module):
            return OwnModule(inner) if _exists(inner) else Refused(_library(name, "the compiler's"))
        if not self._is_looked_into(module):
            return Imported(module, name, name, typing=typing)
        source = self.source(module)
        if isinstance(source, Finding):
            return OwnModule(inner) if _exists(inner) else Refused(source)
        if name in source.bound:
            return self.meaning(module, name, typing)
        if _exists(inner):
            local = Imported(inner, None, name, typing=typing)
            return OwnModule(inner) if self._is_looked_into(inner) else local
        if "__getattr__" in source.bound:
            return self._made_when_asked(module, name)
        return self._unbound(source, name)

    def _made_when_asked(self, module: str, name: str) -> Meaning:
        """A name that the module's own ``__getattr__`` finds."""
        value = getattr(loaded_module(module), name, None)
        home, found = getattr(value, "__module__", None), getattr(value, "__qualname__", "")
        if isinstance(home, str) and found.isidentifier() and home != module:
            return self.root(Wanted(home, found))
        return Refused(_undefined(module, name))


def loaded_module(module: str) -> ModuleType:
    """The module itself, imported if nobody has done so yet."""
    found: Any = sys.modules.get(module)
    return found if isinstance(found, ModuleType) else importlib.import_module(module)


def absolute(source: Source, statement: cst.ImportFrom) -> str:
    """The full name of the module that names are imported from."""
    level = len(statement.relative)
    module = dotted(statement.module)
    if not level:
        return module
    parts = source.module.split(".")
    kept = parts[: len(parts) - level + source.is_package]
    return ".".join([*kept, *([module] if module else [])])


def _imports(statement: Statement, name: str) -> list[LocalImport]:
    """The imports at the top of a module that bind a name; none of those in compound statements."""
    if not isinstance(statement.plain[0], (ast.Import, ast.ImportFrom)) and not (
        len(statement.plain) > 1
    ):
        return []
    found = statement.reading.binds.get(name, ())
    return [one for one in found if isinstance(one, LocalImport)]


def _read(module: str) -> Source | Finding:
    try:
        loaded = loaded_module(module)
    except Exception as error:
        return _unreadable(module, f"importing it ends with {type(error).__name__}: {error}")
    file = getattr(loaded, "__file__", None)
    if file is None or not file.endswith(".py"):
        return _unreadable(module, "it is not a Python file")
    try:
        return read_source(module, file, hasattr(loaded, "__path__"))
    except (OSError, SyntaxError, ValueError, cst.ParserSyntaxError) as error:
        return _unreadable(module, f"{type(error).__name__}: {error}")


@cache
def _read_once(module: str) -> Source | Finding:
    """A module of the runtime, which does not change while it is installed."""
    return _read(module)


def _exists(module: str) -> bool:
    if isinstance(sys.modules.get(module), ModuleType):
        return True
    try:
        return find_spec(module) is not None
    except (ImportError, AttributeError, ValueError):
        return False


def _home(module: str, name: str) -> str | None:
    """Where a name lives that this library's packages only pass on."""
    if module == "hypergraph" and name in hypergraph._MODULE_OF:
        return f"hypergraph.{hypergraph._MODULE_OF[name]}"
    if module == "hypergraph.runtime" and name in EXPORTS:
        return f"hypergraph.runtime.{EXPORTS[name]}"
    return None


def _unreadable(module: str, reason: str) -> Finding:
    return finding(catalogue.UNREADABLE, module=repr(module), reason=reason)


def _stale(source: Source, name: str) -> Finding:
    place = Place("module", source.file, 1)
    return finding(catalogue.STALE_SOURCE, place, what=repr(name))


def _undefined(module: str, name: str) -> Finding:
    return finding(catalogue.UNDEFINED, name=repr(name), module=repr(module))


def _library(name: str, kind: str) -> Finding:
    return finding(catalogue.NEEDS_LIBRARY, name=repr(name), kind=kind)
