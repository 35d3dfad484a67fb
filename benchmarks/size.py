"""How long files that stand alone are, and how much of them is the runtime.

``python -m benchmarks.size`` prints a line for each example, and for a chain of three functions
with and without a command line. Lines of code are counted: not blank ones, comments and
docstrings.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from hypergraph.compiler.artifact import compile_graph
from hypergraph.compiler.emit.sections import FIRST, RUNTIME, SIGNS

ROOT = Path(__file__).parents[1]
CHAIN = "tests.standalone.chain:graph"
TITLES = tuple(f"# -- {title} " for title in (SIGNS, FIRST, RUNTIME))


def lines_of_code(text: str) -> int:
    """Lines without blank ones, comments and docstrings.

    >>> lines_of_code('def f():\\n    "Do it."\\n\\n    # How?\\n    return 1\\n')
    2
    """
    told = {number for one in _docstrings(ast.parse(text)) for number in one}
    lines = enumerate(map(str.strip, text.splitlines()), start=1)
    return sum(1 for at, line in lines if line and not line.startswith("#") and at not in told)


def _docstrings(tree: ast.Module) -> Iterator[range]:
    """The lines of each docstring."""
    for item in ast.walk(tree):
        if isinstance(item, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            first = item.body[0]
            if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
                yield range(first.lineno, (first.end_lineno or 0) + 1)


def runtime_of(text: str) -> str:
    """The parts of a standalone file that come from the runtime."""
    found, inside = [], False
    for line in text.partition("\nprogram = Program(")[0].splitlines():
        inside = line.startswith(TITLES) or (inside and not line.startswith("# -- "))
        found += [line] if inside else []
    return "\n".join(found)


def chain(no_main: bool = False) -> str:
    """The file of a chain of three functions."""
    return compile_graph(CHAIN, standalone=True, no_main=no_main).text


def files() -> Iterator[tuple[str, str]]:
    """All files, with what they are called here."""
    yield "chain, without a command line", chain(no_main=True)
    yield "chain", chain()
    for path in sorted((ROOT / "examples").rglob("*_standalone.py")):
        yield path.parent.name, path.read_text(encoding="utf-8")


def main() -> None:
    """Print the table."""
    print(f"{'':<30} {'lines':>6} {'of code':>8} {'runtime':>8}")
    for name, text in files():
        lines, own = lines_of_code(text), lines_of_code(runtime_of(text))
        print(f"{name:<30} {len(text.splitlines()):>6} {lines:>8} {own:>8}")


if __name__ == "__main__":
    main()
