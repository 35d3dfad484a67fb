"""The check that a file with inlined code defines every name that it uses."""

from __future__ import annotations

import ast
import symtable
from collections.abc import Iterator

from hypergraph.compiler.emit.checks import broken
from hypergraph.compiler.emit.reserved import BUILTINS


def check_names(text: str, name: str) -> None:
    """Raise ``RuntimeError`` unless every name in a module is defined in it, or is a builtin.

    What only type checkers see counts as defined in annotations, and nowhere else. ``name`` is what
    to call the program. A failure is a mistake of the linker's.

    >>> check_names("import re\\ndef f(x: int): return re.sub('a', 'b', str(x))", "f")
    """
    tree = ast.parse(text)
    blocks = [one for one in tree.body if _is_for_types(one)]
    table = symtable.symtable(_without(text, blocks), name, "exec")
    defined = {symbol.get_name() for symbol in table.get_symbols() if _is_bound(symbol)}
    missing = set(_global_names(table)) - defined - BUILTINS
    typed = {one for block in blocks for one in _bound_in(block)}
    inner = {one for item in tree.body for one in _bound_in(item)}
    missing |= set(_annotation_names(tree)) - defined - typed - inner - BUILTINS
    if missing:
        raise broken(name, "names", f"undefined: {', '.join(sorted(missing))}")


def _is_bound(symbol: symtable.Symbol) -> bool:
    return symbol.is_assigned() or symbol.is_imported() or symbol.is_namespace()


def _is_for_types(item: ast.stmt) -> bool:
    return isinstance(item, ast.If) and ast.unparse(item.test) == "TYPE_CHECKING"


def _without(text: str, blocks: list[ast.stmt]) -> str:
    """The text with something harmless in the lines of these statements."""
    lines = text.split("\n")
    for block in blocks:
        for number in range(block.lineno, (block.end_lineno or block.lineno) + 1):
            lines[number - 1] = "pass"
    return "\n".join(lines)


def _global_names(table: symtable.SymbolTable) -> Iterator[str]:
    """The names that code anywhere in the module looks up in the module."""
    for symbol in table.get_symbols():
        if symbol.is_referenced() and (table.get_type() == "module" or symbol.is_global()):
            yield symbol.get_name()
    for inner in table.get_children():
        yield from _global_names(inner)


def _bound_in(item: ast.AST) -> Iterator[str]:
    """Every name that is bound somewhere in a statement; an annotation may mean any of them."""
    for one in ast.walk(item):
        if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store):
            yield one.id
        elif isinstance(one, (ast.Import, ast.ImportFrom)):
            yield from ((alias.asname or alias.name).partition(".")[0] for alias in one.names)
        elif isinstance(one, (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)):
            yield one.name
        elif type(one).__name__ in ("TypeVar", "ParamSpec", "TypeVarTuple"):
            yield str(getattr(one, "name", ""))


def _annotation_names(tree: ast.Module) -> Iterator[str]:
    for item in ast.walk(tree):
        for part in (getattr(item, "annotation", None), getattr(item, "returns", None)):
            if isinstance(part, ast.expr):
                yield from _names_in(part)


def _names_in(annotation: ast.expr) -> Iterator[str]:
    waiting: list[ast.AST] = [annotation]
    while waiting:
        item = waiting.pop()
        if isinstance(item, ast.Subscript) and _is_literal(item.value):
            waiting.append(item.value)
        elif isinstance(item, ast.Subscript) and _is_annotated(item.value):
            kinds = item.slice
            waiting += [item.value, kinds.elts[0] if isinstance(kinds, ast.Tuple) else kinds]
        elif isinstance(item, ast.Name):
            yield item.id
        elif isinstance(item, ast.Constant) and isinstance(item.value, str):
            waiting += _parsed(item.value)
        else:
            waiting += ast.iter_child_nodes(item)


def _parsed(text: str) -> list[ast.AST]:
    try:
        return [ast.parse(f"({text})", mode="eval").body]
    except (SyntaxError, ValueError):
        return []


def _is_literal(kind: ast.expr) -> bool:
    return ast.unparse(kind).rpartition(".")[2] == "Literal"


def _is_annotated(kind: ast.expr) -> bool:
    return ast.unparse(kind).rpartition(".")[2] == "Annotated"
