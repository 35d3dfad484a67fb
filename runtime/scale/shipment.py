"""What travels: a program as text, and how what comes back is to be understood."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from typing import Any

from hypergraph.runtime.scale.wire import unhindered


@dataclass(frozen=True)
class Shipment:
    """The text of a program for workers; its ``_hg_chunk`` runs a chunk of items.

    ``outputs`` are the cells that its entry gives, ``parameters`` those of inputs that could not
    keep their name, and ``limit`` is the one that bounds loops. ``homes`` tells what the text calls
    the classes and functions that it has from modules of this side. ``requires`` are the
    distributions it imports from, with their versions here. ``calls`` are the nodes behind the
    functions that its ``functions``, those of graphs, call. ``reason`` says why code of the user's
    is imported by the text, where that is so.
    """

    name: str
    source: str
    outputs: tuple[str, ...] = ()
    parameters: Mapping[str, str] = field(default_factory=dict)
    limit: str | None = None
    homes: Mapping[tuple[str, str], str] = field(default_factory=dict)
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

    @cached_property
    def imports(self) -> tuple[str, ...]:
        """The top-level modules that the text cannot do without, but for the standard library."""
        return tuple(sorted(set(imported(self._tree)) - set(sys.stdlib_module_names)))

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
        if line not in self._called:
            self._called[line] = {
                one.func.id
                for part in _parts_at(self._tree, line)
                for one in ast.walk(part)
                if isinstance(one, ast.Call)
                and isinstance(one.func, ast.Name)
                and one.func.id in self.calls
            }
        found = self._called[line]
        if len(found) == 1:
            return next(iter(found))
        return next((name for name in entered if name in found), None)

    @cached_property
    def _called(self) -> dict[int, set[str]]:
        """Which functions of ours the lines call that were asked for."""
        return {}

    @cached_property
    def _tree(self) -> ast.Module:
        tree: ast.Module = unhindered(lambda: ast.parse(self.source))
        return tree


def _parts_at(tree: ast.Module, line: int) -> list[ast.AST]:
    """The innermost statement around a line, without the statements inside of it."""
    covering = [
        one
        for one in ast.walk(tree)
        if isinstance(one, ast.stmt) and one.lineno <= line <= (one.end_lineno or one.lineno)
    ]
    if not covering:
        return []
    inner = min(covering, key=lambda one: (one.end_lineno or one.lineno) - one.lineno)
    return [one for one in ast.iter_child_nodes(inner) if not isinstance(one, ast.stmt)]


def imported(tree: ast.AST) -> Iterator[str]:
    """The top-level modules that code imports wherever it runs; what it tries to is left out.

    >>> list(imported(ast.parse("import a.b; from c import d\\ntry: import e\\nexcept: e = 1")))
    ['a', 'c']
    """
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.Import):
            yield from (one.name.partition(".")[0] for one in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield (node.module or "").partition(".")[0]
        elif not isinstance(node, ast.Try):
            yield from imported(node)
