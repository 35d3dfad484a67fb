"""The rules of the house that imports and sizes can break, checked on the source itself."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LONGEST_MODULE = 450


def modules_under(*folders: str) -> list[Path]:
    found = [path for folder in folders for path in (ROOT / folder).rglob("*.py")]
    assert found, f"no modules under {folders}"
    return sorted(found)


def imports_of(path: Path) -> Iterator[tuple[int, str]]:
    """Every module that this one imports, anywhere in it, and the line; relative ones included."""
    for item in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(item, ast.Import):
            yield from ((item.lineno, alias.name) for alias in item.names)
        elif isinstance(item, ast.ImportFrom):
            base = "." * item.level + (item.module or "")
            yield from ((item.lineno, f"{base}.{alias.name}") for alias in item.names)


def importing(paths: list[Path], pattern: str) -> list[str]:
    """Where these modules import something whose full name matches."""
    return [
        f"{path.relative_to(ROOT)}:{line} imports {name}"
        for path in paths
        for line, name in imports_of(path)
        if re.match(pattern, name)
    ]


def test_no_module_is_too_long() -> None:
    too_long = {
        str(path.relative_to(ROOT)): lines
        for path in modules_under("compiler", "runtime", "hypergraph")
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > LONGEST_MODULE
    }
    assert too_long == {}


def test_runtime_imports_only_the_standard_library_and_itself() -> None:
    optional = {"rich", "diskcache", "opentelemetry"}
    foreign = [
        f"{path.relative_to(ROOT)}:{line} imports {name}"
        for path in modules_under("runtime")
        for line, name in imports_of(path)
        if name.split(".")[0] not in sys.stdlib_module_names | {"hypergraph"} | optional
    ]
    assert foreign == []


def test_runtime_imports_optional_packages_inside_functions_only() -> None:
    """Importing a module of the runtime must work where only Python is installed."""
    at_the_top = []
    for path in modules_under("runtime"):
        for item in top_level(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in item.names] if isinstance(item, ast.Import) else []
            if isinstance(item, ast.ImportFrom):
                names = [item.module or ""]
            at_the_top += [
                f"{path.relative_to(ROOT)}:{item.lineno} imports {name}"
                for name in names
                if name.split(".")[0] not in sys.stdlib_module_names | {"hypergraph"}
            ]
    assert at_the_top == []


def top_level(module: ast.Module) -> Iterator[ast.stmt]:
    """The statements that run on import, those under `if TYPE_CHECKING:` left out."""
    waiting = list(module.body)
    while waiting:
        item = waiting.pop()
        if isinstance(item, ast.If) and ast.unparse(item.test).endswith("TYPE_CHECKING"):
            waiting += item.orelse
        elif isinstance(item, ast.If | ast.Try | ast.With):
            waiting += [part for part in ast.walk(item) if isinstance(part, ast.stmt)][1:]
        else:
            yield item


@pytest.mark.parametrize(
    ("folder", "forbidden"),
    [
        ("runtime", r"hypergraph\.(compiler|templates)\b"),
        ("compiler/emit", r"hypergraph\.compiler\.(declare|check|cli)\b"),
        ("compiler/schedule", r"hypergraph\.compiler\.(emit|link|cli)\b"),
        ("compiler/declare", r"hypergraph\.compiler\.(emit|cli)\b"),
        ("compiler/diagnostics", r"hypergraph\.compiler\.(declare|check|schedule|emit|link|cli)\b"),
    ],
)
def test_imports_follow_the_direction_of_the_house(folder: str, forbidden: str) -> None:
    assert importing(modules_under(folder), forbidden) == []


def test_the_plan_stands_alone() -> None:
    plan = ROOT / "compiler" / "plan.py"
    pattern = r"hypergraph\.compiler\.(declare|check|schedule|emit|link|cli)\b"
    assert importing([plan], pattern) == []


def test_imports_are_absolute_and_by_the_package_name() -> None:
    shipped = modules_under("compiler", "runtime", "hypergraph")
    assert importing(shipped, r"\.") == []
    others = modules_under("tests", "examples", "benchmarks")
    assert importing(shipped + others, r"(compiler|runtime|templates)(\.|$)") == []


def test_nothing_is_left_undone() -> None:
    """No marker of unfinished work stands anywhere in the project's own code."""
    marker = re.compile(r"\b(TO" r"DO|FIX" r"ME|X" r"XX)\b|raise NotImplemented" r"Error")
    left = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in modules_under("compiler", "runtime", "hypergraph", "benchmarks")
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if marker.search(line)
    ]
    assert left == []
