"""Small packages of a user's, linked into one file that is then run."""

from __future__ import annotations

import importlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent, indent
from typing import Any

import pytest

from hypergraph.compiler.diagnostics.artifacts import CompileError
from hypergraph.compiler.diagnostics.together import Finding
from hypergraph.compiler.link.inline.inlining import Inlined, inline
from hypergraph.compiler.link.inline.live import Wanted, function_root
from hypergraph.compiler.link.inline.owned import own_code
from hypergraph.compiler.link.inline.round_trip import check_names


@dataclass(frozen=True)
class Packages:
    """A folder of modules, and what the linker makes of them."""

    folder: Path

    def write(self, **modules: str) -> None:
        """Write modules; ``__`` in a name stands for a dot, and packages are made as needed."""
        for name, text in modules.items():
            *packages, last = name.split("__")
            folder = self.folder
            for package in packages:
                folder = folder / package
                folder.mkdir(exist_ok=True)
                (folder / "__init__.py").touch()
            path = folder / f"{last}.py"
            if last == "init":
                path = folder / "__init__.py"
            path.write_text(dedent(text).lstrip("\n"), encoding="utf-8")

    def link(
        self,
        *roots: str,
        taken: Iterable[str] = (),
        inlined: Iterable[str] = (),
        kept: Iterable[str] = (),
    ) -> Inlined:
        """Link definitions, each written ``module:name`` or ``module:name=name_in_the_file``."""
        wanted = {}
        for root in roots:
            path, _, called = root.partition("=")
            module, _, name = path.partition(":")
            importlib.import_module(module)
            wanted[Wanted(module, name)] = called or name
        own = own_code(roots[0].partition(":")[0], inlined, kept)
        return inline(wanted, own, frozenset(taken), root=self.folder)

    def text(self, *roots: str, **options: Any) -> str:
        """The definitions, as one text that stands the check of its names."""
        return file_of(self.link(*roots, **options))

    def run(self, *roots: str, **options: Any) -> Any:
        """The definitions, as a module with that text."""
        name = f"linked_{len(list(self.folder.glob('linked_*.py'))) + 1}"
        (self.folder / f"{name}.py").write_text(self.text(*roots, **options), encoding="utf-8")
        importlib.invalidate_caches()
        return importlib.import_module(name)

    def refused(self, *roots: str, **options: Any) -> CompileError:
        """The error that linking these definitions ends with."""
        with pytest.raises(CompileError) as caught:
            self.link(*roots, **options)
        return caught.value

    def root(self, path: str) -> Wanted | Finding:
        """Where the function of a node is found that a module has under some name."""
        module, _, name = path.partition(":")
        held = getattr(importlib.import_module(module), name)
        return function_root(getattr(held, "func", held), module)


def file_of(inlined: Inlined) -> str:
    """A whole file of what was linked."""
    typing = [*inlined.typing_imports, *(block.text for block in inlined.typing_blocks)]
    parts = ["from __future__ import annotations", *inlined.imports, "TYPE_CHECKING = False"]
    parts += ["if TYPE_CHECKING:", *(indent(one, "    ") for one in typing or ["pass"])]
    parts += [f"\n# {block.place}\n{block.text}\n" for block in inlined.blocks]
    text = "\n".join(parts)
    check_names(text, "the_file")
    return text


def names_in(inlined: Inlined) -> list[str]:
    """The names of what was linked, in the order in which it stands in the file."""
    return [block.name for block in inlined.blocks]
