"""The head of a generated module: what it imports, and the user's functions by their own names."""

from __future__ import annotations

import keyword
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from hypergraph.compiler.emit.fragments import Code, Identifier, code, comment, join, literal
from hypergraph.compiler.emit.namespace import Key, Namespace, Request
from hypergraph.compiler.emit.naming import OTHER, Names
from hypergraph.compiler.link.reached import Lookup, Reached

IMPORT_MODULE: Key = ("import_module",)


def aliases_of(modules: Iterable[str], names: Iterable[Names]) -> Namespace:
    """A name for every module that is imported; it begins with an underscore and hides nothing."""
    taken = {text for one in names for text in one.local.texts() | one.module.texts()}
    requests = [
        Request(("module", module), (f"_{module.rpartition('.')[2]}", f"_{module}"), OTHER)
        for module in modules
    ]
    function = Request(IMPORT_MODULE, ("import_module", "_import_module"), OTHER)
    return Namespace([*requests, function], taken)


@dataclass(frozen=True)
class Facts:
    """What must be known about modules to import them.

    ``shadowed`` ones are not what their package has under their name. ``by_path`` ones belong to a
    target that was given as a file; ``remark`` says what makes their import work.
    """

    shadowed: frozenset[str] = frozenset()
    by_path: frozenset[str] = frozenset()
    remark: str = ""


def import_lines(modules: Iterable[str], facts: Facts, aliases: Namespace) -> list[Code]:
    """One import for each module.

    Python shows the line of an import that fails, and so whatever is remarked behind it.
    """
    lines: list[Code] = []
    by_function: list[Code] = []
    for module in sorted(modules):
        alias = aliases["module", module]
        as_statement = module not in facts.shadowed and _can_be_written(module)
        made = _import(module, alias) if as_statement else _called(module, alias, aliases)
        if module in facts.by_path:
            # This form stays on one line however long that gets, and so does the remark.
            made = _import_whole(module, alias) if as_statement else made
            made = code("{}  {}", made, comment(facts.remark))
        (lines if as_statement else by_function).append(made)
    if by_function:
        lines.insert(0, _import_of_function(aliases[IMPORT_MODULE]))
    return [*lines, *by_function]


def _called(module: str, alias: Identifier, aliases: Namespace) -> Code:
    return code("{} = {}({})", alias, aliases[IMPORT_MODULE], literal(module))


def _import(module: str, alias: Identifier) -> Code:
    *packages, tail = [Identifier(part) for part in module.split(".")]
    if not packages:
        return code("import {} as {}", tail, alias)
    return code("from {} import {} as {}", join(".", packages), tail, alias)


def _import_whole(module: str, alias: Identifier) -> Code:
    return code("import {} as {}", join(".", map(Identifier, module.split("."))), alias)


def _import_of_function(alias: Identifier) -> Code:
    if alias.text == "import_module":
        return Code("from importlib import import_module")
    return code("from importlib import import_module as {}", alias)


def _can_be_written(module: str) -> bool:
    plain = unicodedata.normalize("NFKC", module) == module
    parts = module.split(".")
    return plain and all(part.isidentifier() and not keyword.iskeyword(part) for part in parts)


def runtime_import(used: Iterable[str]) -> Code:
    """The import of what the module uses of the runtime, constants and classes first."""
    names = sorted(used, key=lambda name: (not name.isupper(), not name[0].isupper(), name))
    return code("from hypergraph.runtime import {}", join(", ", map(Identifier, names)))


def reached_text(reached: Reached, aliases: Namespace) -> Code:
    """The expression that leads to an object.

    >>> from hypergraph.compiler.link.reached import attributes
    >>> reached_text(Reached("rag", attributes("embed", "func")), aliases_of(["rag"], [])).text
    '_rag.embed.func'
    """
    lookups = [_lookup(lookup) for lookup in reached.lookups]
    return join("", [aliases["module", reached.module], *lookups])


def _lookup(lookup: Lookup) -> Code:
    if lookup.kind == "attribute":
        return code(".{}", Identifier(lookup.name))
    if lookup.kind == "item":
        return code("[{}]", literal(lookup.name))
    return code(".get_default_for({})", literal(lookup.name))
