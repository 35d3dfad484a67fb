"""The imports that remain, as sorted lines, and the packages that they need installed."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from importlib import metadata

import libcst as cst

from hypergraph.compiler.link.inline.meanings import Imported
from hypergraph.compiler.link.inline.modules import Modules
from hypergraph.compiler.link.inline.scopes import LocalImport
from hypergraph.compiler.link.inline.sources import Source
from hypergraph.compiler.link.inline.trees import chain_of, code_of, dotted

_MODULES = frozenset({".py", ".so", ".pyd"})


def import_lines(
    modules: Modules,
    called: Iterable[tuple[Imported, str]],
    importers: Mapping[Imported, set[str]],
) -> tuple[str, ...]:
    """Import statements for all of these, each with its name in the file.

    They are sorted, and there is one for each module that names are imported from.
    """
    whole: set[tuple[str, str]] = set()
    parts: dict[str, set[tuple[str, str]]] = {}
    for one, name in called:
        if one.name is not None:
            parts.setdefault(one.module, set()).add((one.name, name))
        elif one.root:
            whole |= _dotted_imports(modules, one, name, importers[one])
        else:
            whole.add((one.module, name))
    lines = [_import(module, called) for module, called in sorted(whole, key=_plain_first)]
    lines += [_from(module, sorted(found)) for module, found in sorted(parts.items())]
    return tuple(lines)


def _plain_first(one: tuple[str, str]) -> tuple[str, bool, str]:
    module, called = one
    return module, called != module.partition(".")[0], called


def _dotted_imports(
    modules: Modules, one: Imported, called: str, importers: Iterable[str]
) -> set[tuple[str, str]]:
    """``import a.b`` for every submodule of ``a`` that a module imports to find it in ``a``."""
    found = {
        dotted(each.alias.name)
        for importer in importers
        for each in _plain_imports(modules.source(importer))
        if dotted(each.alias.name).partition(".")[0] == one.module
    } or {one.module}
    if called == one.module:
        return {(module, called) for module in found}
    # Imported by another name, a submodule is an attribute of its package all the same.
    other = {(module, module.replace(".", "_")) for module in found if module != one.module}
    return {(one.module, called), *other}


def _plain_imports(source: object) -> list[LocalImport]:
    if not isinstance(source, Source):
        return []
    statements = [one for one in source.statements if not one.is_definition]
    return [
        each
        for statement in statements
        for nodes in statement.reading.binds.values()
        for each in nodes
        if isinstance(each, LocalImport)
        and isinstance(each.statement, cst.Import)
        and each.alias.asname is None
    ]


def _import(module: str, called: str) -> str:
    plain = called == module.partition(".")[0]
    return _written(cst.Import([cst.ImportAlias(chain_of(module), None if plain else _as(called))]))


def _from(module: str, names: list[tuple[str, str]]) -> str:
    aliases = [
        cst.ImportAlias(cst.Name(name), None if name == called else _as(called))
        for name, called in names
    ]
    chain = chain_of(module)
    return _written(cst.ImportFrom(chain, aliases))


def _written(statement: cst.BaseSmallStatement) -> str:
    return code_of(cst.SimpleStatementLine([statement])).strip()


def _as(name: str) -> cst.AsName:
    return cst.AsName(cst.Name(name))


def requirements(modules: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """The distributions that modules come from, with their installed versions."""
    tops = {module.partition(".")[0] for module in modules} - set(sys.stdlib_module_names)
    if not tops:
        return ()
    found = {one.metadata["Name"]: one.version for one in _distributions_with(tops)}
    return tuple(sorted(found.items()))


def _distributions_with(tops: set[str]) -> Iterator[metadata.Distribution]:
    """Those that have one of these packages; told by their files, as not all of them list them."""
    for one in metadata.distributions():
        names = {
            file.parts[0].partition(".")[0] for file in one.files or () if file.suffix in _MODULES
        }
        if names & tops:
            yield one
