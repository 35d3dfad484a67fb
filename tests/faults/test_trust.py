"""What emitted text contains, and what it never does: the promises of ``docs/security.md``."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings

from hypergraph.compiler.artifact import compile_graph
from hypergraph.compiler.diagnostics.artifacts import CompileError
from hypergraph.compiler.plan import Mode
from tests.agreement.test_differential import many
from tests.differential.artifacts import module_of
from tests.differential.cases import cases
from tests.differential.spec import Case

ROOT = Path(__file__).parents[2]
IMPORTED = sorted((ROOT / "examples").glob("*/*_program.py"))
FORBIDDEN = {
    "__builtins__",
    "__import__",
    "breakpoint",
    "compile",
    "eval",
    "exec",
    "getattr",
    "globals",
    "importlib",
    "input",
    "locals",
    "open",
    "os",
    "pickle",
    "setattr",
    "socket",
    "subprocess",
    "sys",
    "vars",
}
some = settings(many, max_examples=60)


def found_in(text: str, users: set[str]) -> Iterator[str]:
    """Names that emitted text uses and should not; ``users`` modules may be imported."""
    for item in ast.walk(ast.parse(text)):
        if isinstance(item, ast.Name) and isinstance(item.ctx, ast.Load):
            yield from FORBIDDEN & {item.id}
        elif isinstance(item, ast.Import):
            yield from {alias.name for alias in item.names} - users
        elif isinstance(item, ast.ImportFrom) and item.module != "hypergraph.runtime":
            whole = {f"{item.module}.{alias.name}" for alias in item.names}
            yield from whole - users


@pytest.mark.parametrize("path", IMPORTED, ids=lambda path: path.stem)
def test_programs_of_the_examples_do_nothing_but_call(path: Path) -> None:
    module = f"examples.{path.parent.name}.pipeline"
    assert not set(found_in(path.read_text(encoding="utf-8"), {module}))


def assigned_in(text: str) -> set[str]:
    """The names that a module binds itself: a value of the user's may be called ``input``."""
    tree = ast.parse(text)
    stored = {
        item.id
        for item in ast.walk(tree)
        if isinstance(item, ast.Name) and isinstance(item.ctx, ast.Store)
    }
    parameters = {item.arg for item in ast.walk(tree) if isinstance(item, ast.arg)}
    return stored | parameters


@some
@given(case=cases(concurrent=True, own_shape=True))
def test_programs_of_drawn_graphs_do_nothing_but_call(case: Case) -> None:
    mode: Mode = "async"
    with module_of(case.graph) as module:
        try:
            text = compile_graph(f"{module.__name__}:graph", mode=mode).text
        except CompileError:
            return
        assert not set(found_in(text, {module.__name__})) - assigned_in(text)
