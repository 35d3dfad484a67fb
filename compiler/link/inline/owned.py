"""Which modules are inlined: the user's own, and those of the runtime."""

from __future__ import annotations

import sys
import sysconfig
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

RUNTIME = "hypergraph.runtime"
LIBRARY = "hypergraph"


@dataclass(frozen=True)
class Own:
    """What counts as the user's own.

    ``top`` is the package, or module, of the target; ``inline`` and ``keep`` are packages that the
    user has named. Of two names that fit, the longer decides.
    """

    top: str
    inline: frozenset[str] = frozenset()
    keep: frozenset[str] = frozenset()

    def has(self, module: str) -> bool:
        """Whether a module is inlined, rather than imported by the program.

        >>> own = Own("app", inline=frozenset({"json"}), keep=frozenset({"app.vendored"}))
        >>> [own.has(name) for name in ("app.steps", "app.vendored.x", "json", "re", "hypergraph")]
        [True, False, True, False, False]
        """
        for name in _enclosing(module):
            if name in self.keep:
                return False
            if name in self.inline or name == RUNTIME:
                return True
        top = module.partition(".")[0]
        if top == LIBRARY:
            return False
        return top == self.top or not _comes_from_elsewhere(top)


def own_code(target: str, inline: Iterable[str] = (), keep: Iterable[str] = ()) -> Own:
    """What is the user's own, for a graph in the module ``target``."""
    return Own(target.partition(".")[0], frozenset(inline), frozenset(keep))


def of_library(module: str) -> bool:
    """Whether a module belongs to this package."""
    return module == LIBRARY or module.startswith(f"{LIBRARY}.")


def of_runtime(module: str) -> bool:
    """Whether a module is part of what programs run on."""
    return module == RUNTIME or module.startswith(f"{RUNTIME}.")


def _enclosing(module: str) -> list[str]:
    parts = module.split(".")
    return [".".join(parts[:end]) for end in range(len(parts), 0, -1)]


def _comes_from_elsewhere(top: str) -> bool:
    """Whether a package is of the standard library, installed, or not written in Python."""
    if top in sys.stdlib_module_names or top == "__main__":
        return True
    files = _files_of(top)
    installed = [sysconfig.get_path(name) for name in ("purelib", "platlib")]
    return not files or any(_is_installed(file, installed) for file in files)


def _is_installed(file: str, folders: Iterable[str]) -> bool:
    path = Path(file).resolve()
    if {"site-packages", "dist-packages"} & set(path.parts):
        return True
    return any(path.is_relative_to(Path(folder).resolve()) for folder in folders)


def _files_of(top: str) -> list[str]:
    module = sys.modules.get(top)
    spec = getattr(module, "__spec__", None)
    if module is None:
        try:
            spec = find_spec(top)
        except (ImportError, ValueError):
            return []
    found = [getattr(module, "__file__", None) or getattr(spec, "origin", None)]
    places = getattr(spec, "submodule_search_locations", None) or ()
    files = [file for file in found if file] or list(places)
    return [file for file in files if file.endswith(".py") or Path(file).is_dir()]
