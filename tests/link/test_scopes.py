"""Which names a statement looks up outside of itself: what CPython's own symbol tables say."""

from __future__ import annotations

import ast
import importlib
import symtable
import sys
from collections.abc import Iterator
from pathlib import Path

import libcst as cst
import pytest

from hypergraph.compiler.link.inline.binding import bound_names
from hypergraph.compiler.link.inline.scopes import Use, read_names
from hypergraph.compiler.link.inline.trees import rewritten

MODULES = "collections contextlib dataclasses enum functools typing urllib.parse"


def text_of(module: str) -> str:
    file = importlib.import_module(module).__file__
    assert file is not None
    return Path(file).read_text(encoding="utf-8")


def surely_looked_up(table: symtable.SymbolTable) -> Iterator[str]:
    """Every name that functions look up in the module, by Python's own account."""
    for symbol in table.get_symbols():
        if symbol.is_global() and symbol.is_referenced():
            yield symbol.get_name()
    for inner in table.get_children():
        yield from surely_looked_up(inner)


def maybe_looked_up(table: symtable.SymbolTable) -> Iterator[str]:
    """The same, and names that a class or the module itself may not have bound yet."""
    for symbol in table.get_symbols():
        if symbol.is_global() or table.get_type() in ("module", "class"):
            yield symbol.get_name()
    for inner in table.get_children():
        yield from maybe_looked_up(inner)


def read_text(text: str) -> list[Use]:
    return [use for one in cst.parse_module(text).body for use in read_names(one).uses]


@pytest.mark.parametrize("module", MODULES.split())
def test_names_in_real_modules_are_those_that_python_looks_up(module: str) -> None:
    text = text_of(module)
    uses = [use for use in read_text(text) if not use.imports]
    table = symtable.symtable(text, module, "exec")
    # Names in annotations that are strings are not in the table.
    assert {use.name for use in uses if not use.annotation} <= set(maybe_looked_up(table))
    # In some versions, `super()` counts as a use of `__class__`.
    assert set(surely_looked_up(table)) - {"__class__"} <= {use.name for use in uses}


@pytest.mark.parametrize("module", MODULES.split())
def test_names_that_statements_bind_are_the_same_in_either_tree(module: str) -> None:
    text = text_of(module)
    ours = [set(read_names(one).binds) for one in cst.parse_module(text).body]
    assert ours == [set(bound_names(one)) for one in ast.parse(text).body]


CASES = {
    "def f(a, /, b=p, *c, d=q, **e): return a, b, c, d, e, r": "p q r",
    "def f(x: p, *y: q) -> r: z: s = 1; return z": "p q r s",
    "@p.q\n@r(s)\ndef f(): pass": "p r s",
    "x = lambda y, z=p: y + z + q": "p q",
    "class A(p, metaclass=q):\n    b = r\n    def c(self): return b, A": "p q r b A",
    "class A:\n    b = b\n    c = b\n    d = [b for _ in b]": "b",
    "x = [a for a in p for b in a if b and q]": "p q",
    "x = {a: b for a, b in p}; y = {a for a in q}; z = (a for a in r)": "p q r",
    "def f():\n    def g(): nonlocal x; x = y\n    x = 1": "y",
    "def f():\n    global x\n    x = 1": "x",
    "def f():\n    for a, (b, *c) in p: pass\n    with q as d, r as (e, g.h): pass\n"
    "    return a, b, c, d, e, g": "p q r g",
    "def f():\n    try: pass\n    except p as e: return e\n    del e": "p",
    "def f():\n    [y := 1 for x in p]\n    return y": "p",
    "def f():\n    import a.b, c.d as e\n    from g import h as i, j\n    return a, e, i, j": "",
    "def f(v):\n    match v:\n        case p.q: pass\n        case {'k': a, **b}: return a, b\n"
    "        case R(1, s=c) | [*c]: return c\n        case (d as e): return d, e": "p R",
    "x = f'{a!r:{b}} {c=}'": "a b c",
    "def f():\n    x.y = 1; z[w] = 2; del u.v; t += 1": "x z w u",
    "class A:\n    def f(self): return __class__, b": "b",
    "async def f():\n    async with p as a: return [b async for b in q if await a]": "p q",
}


@pytest.mark.parametrize("text", CASES)
def test_names_are_read_by_the_rules_of_scopes(text: str) -> None:
    uses = [use for use in read_text(text) if not use.imports]
    assert {use.name for use in uses} == set(CASES[text].split())


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("def f[T: p](x: T, y: q) -> T: return r(T)", "p q r"),
        ("class A[T](Base[T]):\n    x: T\n    def f[S](self, y: S) -> T: ...", "Base"),
        ("type Pair[T] = tuple[T, p]", "tuple p"),
        ("try: pass\nexcept* p as e: e", "p e"),
    ],
)
def test_names_in_newer_syntax_are_read_whatever_python_is_running(text: str, names: str) -> None:
    assert {use.name for use in read_text(text)} == set(names.split())


def test_changing_uses_are_told_from_reading_ones() -> None:
    text = "def f():\n    a.b = 1\n    c[0] = 2\n    d.append(3)\n    global e\n    e = e + g"
    found = {(use.name, use.how) for use in read_text(text)}
    assert found == {
        *(("a", "change"), ("c", "change"), ("d", "call")),
        *(("e", "rebind"), ("e", "read"), ("g", "read")),
    }


def test_trees_are_only_rebuilt_where_something_changes() -> None:
    tree = cst.parse_module("def f(): return a + b\ndef g(): return b\n")
    first, second = tree.body
    (use,) = (use for use in read_names(first).uses if use.name == "a")
    after = rewritten(tree, {id(use.node): cst.Name("other")})
    assert after.code == "def f(): return other + b\ndef g(): return b\n"
    assert after.body[1] is second and rewritten(second, {}) is second


def test_every_part_of_real_modules_survives_a_rewriting() -> None:
    """Renaming each name to itself gives the same text, so no part of the syntax is forgotten."""
    text = text_of("dataclasses")
    tree = cst.parse_module(text)
    edits = {
        id(use.node): use.node.with_changes(value=use.node.value + "_")
        for one in tree.body
        for use in read_names(one).uses
    }
    renamed = rewritten(tree, edits).code
    assert len(renamed) > len(text)
    ast.parse(renamed)
    names = {use.name for use in read_text(renamed) if not use.imports}
    assert all(name.endswith("_") for name in names if name not in sys.builtin_module_names)
