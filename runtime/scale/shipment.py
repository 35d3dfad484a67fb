"""What travels: a program as text, and how what comes back is to be understood."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from typing import Any

_CALLED = re.compile(r"\b(\w+)\(")


@dataclass(frozen=True)
class Shipment:
    """The text of a program for workers; its ``_hg_chunk`` runs a chunk of items.

    ``outputs`` are the cells that its entry gives, ``parameters`` those of inputs that could not
    keep their name, and ``limit`` is the one that bounds loops. ``homes`` tells what the text calls
    the classes and functions that it has from modules of this side. ``imports`` are the modules it
    cannot do without, and ``requires`` the distributions they are in, with their versions here.
    ``calls`` are the nodes behind the functions that its ``functions``, those of graphs, call.
    ``reason`` says why code of the user's is imported by the text, where that is so.
    """

    name: str
    source: str
    outputs: tuple[str, ...] = ()
    parameters: Mapping[str, str] = field(default_factory=dict)
    limit: str | None = None
    homes: Mapping[tuple[str, str], str] = field(default_factory=dict)
    imports: tuple[str, ...] = ()
    requires: tuple[tuple[str, str], ...] = ()
    calls: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    functions: frozenset[str] = frozenset()
    reason: str = ""

    @cached_property
    def digest(self) -> str:
        """What the text is known by."""
        return sha256(self.source.encode("utf-8", "surrogatepass")).hexdigest()[:16]

    @property
    def module(self) -> str:
        """The name under which workers keep the program."""
        return f"_hg_{self.digest}"

    @cached_property
    def known(self) -> dict[tuple[str, str], Any]:
        """What stands here for the names in the module there."""
        found: dict[tuple[str, str], Any] = {}
        for (module, name), called in self.homes.items():
            there: Any = getattr(sys.modules.get(module), name, None)
            node = type(there).__module__.startswith("hypergraph.compiler.")
            found[self.module, called] = there.func if node else there
        return found

    def told(self, qualified: str, short: bool = True) -> str:
        """A name in the module there as it is here; ``short`` for builtins is without a module.

        >>> shipment = Shipment("rag", "", homes={("app.rag", "Doc"): "rag_Doc"})
        >>> shipment.told(f"{shipment.module}.rag_Doc"), shipment.told("builtins.KeyError")
        ('app.rag.Doc', 'KeyError')
        """
        module, _, name = qualified.partition(".")
        if module == "builtins" and short:
            return name
        for (home, here), called in self.homes.items():
            if module == self.module and name == called:
                return f"{home}.{here}"
        return qualified

    def node_of(self, frames: Iterable[tuple[str, int]]) -> str | None:
        """The path of the node that raised, given the frames of the text that it went through."""
        frames = list(frames)
        path: list[str] = []
        for place, (function, line) in enumerate(frames):
            if function in self.functions:
                called = self._called_at(line, [name for name, _ in frames[place + 1 :]])
                if called is None:
                    break
                path.append("|".join(self.calls[called]))
        return "/".join(path) or None

    def _called_at(self, line: int, entered: list[str]) -> str | None:
        """Which function of ours a line calls; of several, the one that was entered."""
        found: set[str] = set(_CALLED.findall(self._lines[line - 1])) & self.calls.keys()
        if len(found) == 1:
            return found.pop()
        return next((name for name in entered if name in found), None)

    @cached_property
    def _lines(self) -> list[str]:
        return self.source.split("\n")


def imports_of(tree: ast.AST) -> tuple[str, ...]:
    """The top-level modules that code cannot do without, but for the standard library.

    >>> imports_of(ast.parse("import a.b, sys; from c import d\\ntry: import e\\nexcept: e = 1"))
    ('a', 'c')
    """
    return tuple(sorted(set(_imported(tree)) - set(sys.stdlib_module_names)))


def _imported(tree: ast.AST) -> Iterator[str]:
    """What code imports wherever it runs; what it tries to is left out."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.Import):
            yield from (one.name.partition(".")[0] for one in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield (node.module or "").partition(".")[0]
        elif not isinstance(node, ast.Try):
            yield from _imported(node)
