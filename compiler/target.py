"""Where a graph is: ``package.module:graph`` or ``path/to/file.py:graph``, read and imported."""

from __future__ import annotations

import importlib
import inspect
import keyword
import pkgutil
import sys
import traceback
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from hypergraph.compiler.declare.graph import Graph
from hypergraph.compiler.diagnostics import artifacts as catalogue
from hypergraph.compiler.diagnostics.artifacts import CompileError
from hypergraph.compiler.diagnostics.problems import Place, closest, problem

# Folders that hold what is installed; no project begins above them.
INSTALLED = frozenset({"site-packages", "dist-packages"})


@dataclass(frozen=True)
class Target:
    """A graph and the names by which it is found again.

    ``root`` is the folder from which ``module`` is imported, ``None`` for a module without a file;
    ``by_path`` says that the target was given as the path of a file.
    """

    graph: Graph
    module: str
    attribute: str
    root: Path | None
    by_path: bool = False

    @property
    def file(self) -> str | None:
        """The path of the module's file."""
        return None if self.root is None else sys.modules[self.module].__file__

    @property
    def project(self) -> Path | None:
        """The folder that paths are told from: that of ``pyproject.toml``, else the root."""
        if self.root is None:
            return None
        for folder in (self.root, *self.root.parents):
            if folder.name in INSTALLED:
                break
            if (folder / "pyproject.toml").is_file():
                return folder
        return self.root

    @property
    def spelled(self) -> str:
        """The target as it is written in the project's folder."""
        return f"{self.relative(self.file) if self.by_path else self.module}:{self.attribute}"

    def relative(self, file: str | Path | None) -> str | None:
        """A path as it is written in the project's folder; ``None`` for one outside of it."""
        if self.project is None or file is None:
            return None
        path = Path(file).resolve()
        inside = path.is_relative_to(self.project)
        return path.relative_to(self.project).as_posix() if inside else None


def load_target(text: str, folder: Path | None = None) -> Target:
    """Import the module of a target and take the graph from it.

    ``folder`` is where the target is seen from, by default the working directory.

    Raises ``CompileError`` for a target that is not one, a file, module or name that does not
    exist, a module that fails to import, and for what is not a ``Graph``.

    >>> load_target("examples.refine.pipeline:graph").graph.name
    'refine'
    """
    where, colon, attribute = text.rpartition(":")
    if not (colon and where and can_be_written(attribute)):
        raise problem(CompileError, catalogue.MALFORMED_TARGET, target=repr(text))
    folder = folder or Path.cwd()
    if where.endswith(".py") or "/" in where or "\\" in where:
        return _from_file(folder / where, attribute)
    if not all(part.isidentifier() for part in where.split(".")):
        raise problem(CompileError, catalogue.MALFORMED_TARGET, target=repr(text))
    with importable(folder):
        module = _imported(where)
    return Target(_graph_in(module, attribute), where, attribute, root_of(module))


def target_of(graph: Graph) -> Target:
    """The target of a graph that is at hand: the name it has at the top of a module.

    Raises ``CompileError`` for a graph that has no such name.
    """
    for module in _likely_modules(graph):
        name = name_in(module, graph, graph.name or "graph")
        if name is not None:
            return Target(graph, module.__name__, name, root_of(module))
    where = [] if graph.place is None else [graph.place]
    raise problem(CompileError, catalogue.UNNAMED_GRAPH, where=where, graph=repr(graph.name))


def name_in(module: ModuleType, value: Any, preferred: str) -> str | None:
    """The name that ``value`` has in a module; ``preferred``, if that is one of them."""
    names = [name for name, other in vars(module).items() if other is value]
    names = sorted(filter(can_be_written, names))
    return preferred if preferred in names else next(iter(names), None)


def can_be_written(name: str) -> bool:
    """Whether an attribute can be named in code, and code then means this very name."""
    plain = unicodedata.normalize("NFKC", name) == name
    return plain and name.isidentifier() and not keyword.iskeyword(name)


def root_of(module: ModuleType) -> Path | None:
    """The folder that must be on ``sys.path`` for the module to be found by its name."""
    if getattr(module, "__file__", None) is None:
        return None
    path = Path(str(module.__file__)).resolve()
    depth = module.__name__.count(".") + (path.stem == "__init__")
    return path.parents[depth]


@contextmanager
def importable(folder: Path) -> Iterator[None]:
    """Put a folder in front of ``sys.path`` for as long as it takes to import something."""
    entry = str(folder)
    sys.path.insert(0, entry)
    importlib.invalidate_caches()
    try:
        yield
    finally:
        if entry in sys.path:
            sys.path.remove(entry)


def _likely_modules(graph: Graph) -> Iterator[ModuleType]:
    """The module in which the graph was built, then every other, by name."""
    modules = [sys.modules[name] for name in sorted(sys.modules)]
    modules = [module for module in modules if isinstance(module, ModuleType)]
    built = graph.place.file if graph.place is not None else None
    yield from (module for module in modules if getattr(module, "__file__", "") == built)
    yield from modules


def _from_file(path: Path, attribute: str) -> Target:
    if not path.is_file():
        raise problem(CompileError, catalogue.UNKNOWN_FILE, file=repr(str(path)))
    root, name = _module_name(path.resolve())
    with importable(root):
        module = _imported(name)
    found = getattr(module, "__file__", None)
    if found is None or Path(found).resolve() != path.resolve():
        other = "a module without a file" if found is None else found
        raise problem(
            CompileError,
            catalogue.MODULE_NAME_TAKEN,
            file=repr(str(path)),
            module=repr(name),
            other=other,
        )
    return Target(_graph_in(module, attribute), name, attribute, root, by_path=True)


def _module_name(path: Path) -> tuple[Path, str]:
    """The nearest folder that is no package, and the name that the file has from there."""
    parts = [] if path.stem == "__init__" else [path.stem]
    folder = path.parent
    while (folder / "__init__.py").is_file():
        parts.insert(0, folder.name)
        folder = folder.parent
    for part in parts:
        if "." in part:
            raise problem(
                CompileError, catalogue.UNIMPORTABLE_FILE, file=repr(str(path)), part=repr(part)
            )
    return folder, ".".join(parts)


def _imported(name: str) -> ModuleType:
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError as error:
        missing = str(error.name)
        if name == missing or name.startswith(f"{missing}."):
            near = _similar_module(missing)
            raise problem(
                CompileError, catalogue.UNKNOWN_MODULE, near=near, module=repr(missing)
            ) from error
        raise _failing(name, error) from error
    except (Exception, SystemExit) as error:
        raise _failing(name, error) from error


def _failing(name: str, error: BaseException) -> CompileError:
    told = "".join(traceback.format_exception_only(error)).strip()
    if isinstance(error, SyntaxError):
        told = f"{type(error).__name__}: {error.msg}"
    return problem(
        CompileError,
        catalogue.FAILING_MODULE,
        where=[_place_of_failure(error)],
        module=repr(name),
        error=told,
    )


def _place_of_failure(error: BaseException) -> Place | None:
    """The last line of the user's that was running, or that could not be read."""
    if isinstance(error, SyntaxError) and error.filename and error.lineno:
        return Place("raised", error.filename, error.lineno)
    ours = Path(__file__).resolve().parents[1]
    frames = [
        frame
        for frame in traceback.extract_tb(error.__traceback__)
        if not frame.filename.startswith("<frozen") and not _is_below(frame.filename, ours)
    ]
    frames = [frame for frame in frames if frame.filename != importlib.__file__]
    return Place("raised", frames[-1].filename, frames[-1].lineno or 0) if frames else None


def _is_below(file: str, folder: Path) -> bool:
    path = Path(file).resolve()
    return any(path.is_relative_to(folder / part) for part in ("compiler", "runtime"))


def _similar_module(name: str) -> str | None:
    parent, _, tail = name.rpartition(".")
    paths = getattr(sys.modules.get(parent), "__path__", [str(Path.cwd())])
    near = closest(tail, [one.name for one in pkgutil.iter_modules(list(paths))])
    return f"{parent}.{near}" if near and parent else near


def _graph_in(module: ModuleType, attribute: str) -> Graph:
    graphs = sorted(name for name, value in vars(module).items() if isinstance(value, Graph))
    listed = ", ".join(graphs) or "none"
    try:
        found = getattr(module, attribute)
    except AttributeError as error:
        raise problem(
            CompileError,
            catalogue.UNKNOWN_ATTRIBUTE,
            near=closest(attribute, graphs),
            module=repr(module.__name__),
            attribute=repr(attribute),
            graphs=listed,
        ) from error
    if not isinstance(found, Graph):
        raise problem(
            CompileError,
            catalogue.NOT_A_GRAPH,
            target=f"{module.__name__}:{attribute}",
            what=_described(found),
            graphs=listed,
        )
    return found


def _described(value: Any) -> str:
    if inspect.isclass(value):
        return f"the class {value.__name__}"
    kind = type(value).__name__
    return f"{'an' if kind[0] in 'aeiouAEIOU' else 'a'} {kind}"
