"""The programs that a project keeps: what ``[tool.hypergraph]`` in its ``pyproject.toml`` says."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import Field, dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from hypergraph.compiler.diagnostics import projects as catalogue
from hypergraph.compiler.diagnostics.artifacts import CompileError
from hypergraph.compiler.diagnostics.problems import closest, problem
from hypergraph.compiler.options import Options, option_fields, spelled

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

FILE = "pyproject.toml"


@dataclass(frozen=True)
class Listed:
    """A program: the target of its graph and its file, both seen from the project's folder."""

    graph: str
    output: str
    options: Options


@dataclass(frozen=True)
class Project:
    """A folder and the programs in it; generated files that match ``owned`` are all of them."""

    folder: Path
    programs: tuple[Listed, ...]
    owned: tuple[str, ...] = ()


def project_at(folder: Path) -> Project:
    """The project that a folder is in.

    Raises ``CompileError`` if there is none, and for what its ``pyproject.toml`` has wrong: types,
    unknown keys, no programs, two programs with one output, and paths that lead out of it.
    """
    for place in (folder, *folder.parents):
        if (place / FILE).is_file():
            return _read(place)
    raise problem(CompileError, catalogue.NO_PROJECT, folder=repr(str(folder)))


def _read(folder: Path) -> Project:
    try:
        data = tomllib.loads((folder / FILE).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        told = str(getattr(error, "strerror", None) or error)
        raise problem(
            CompileError, catalogue.UNREADABLE_PROJECT, file=repr(FILE), error=told
        ) from error
    tool = _typed(data, "tool", dict, "a table", {})
    table = _typed(tool, "tool.hypergraph", dict, "a table", {})
    _check_keys(table, "tool.hypergraph", ["programs", "owned"])
    listed = _typed(table, "tool.hypergraph.programs", list, "a list of tables", [])
    owned = _texts(table, "tool.hypergraph.owned")
    if not listed:
        raise problem(CompileError, catalogue.NO_PROGRAMS, file=repr(FILE))
    programs = tuple(_program(folder, one, number) for number, one in enumerate(listed, start=1))
    _check_outputs(programs)
    for pattern in owned:
        _check_inside(folder, pattern)
    return Project(folder, programs, owned)


def _program(folder: Path, table: Any, number: int) -> Listed:
    where = f"tool.hypergraph.programs[{number}]"
    if not isinstance(table, dict):
        raise _miswritten(where, "a table", table)
    options = list(option_fields())
    _check_keys(table, where, ["graph", "output", *map(spelled, options)])
    graph = _typed(table, f"{where}.graph", str, "a text such as 'package.module:graph'")
    output = _typed(table, f"{where}.output", str, "a text such as 'path/of/the/program.py'")
    given = {one.name: _option(table, f"{where}.{spelled(one)}", one) for one in options}
    return Listed(graph, _check_inside(folder, output), Options(**given))


def _option(table: Mapping[str, Any], key: str, one: Field[Any]) -> Any:
    if isinstance(one.default, bool):
        return _typed(table, key, bool, "true or false", one.default)
    if isinstance(one.default, tuple):
        return _texts(table, key)
    value = table.get(key.rpartition(".")[2])
    choices: tuple[str, ...] = one.metadata["choices"]
    if value is not None and value not in choices:
        raise _miswritten(key, f"one of {', '.join(map(repr, choices))}", value)
    return value


def _typed(table: Mapping[str, Any], key: str, kind: type, wanted: str, default: Any = None) -> Any:
    """What a table has under the last part of a key; without a default it must be there."""
    value = table.get(key.rpartition(".")[2], default)
    if type(value) is not kind:
        raise _miswritten(key, wanted, value)
    return value


def _texts(table: Mapping[str, Any], key: str) -> tuple[str, ...]:
    values = _typed(table, key, list, "a list of texts", [])
    for value in values:
        if not isinstance(value, str):
            raise _miswritten(key, "a list of texts", values)
    return tuple(values)


def _miswritten(key: str, wanted: str, found: Any) -> CompileError:
    told = "missing" if found is None else repr(found)
    return problem(
        CompileError,
        catalogue.MISWRITTEN_PROJECT,
        file=FILE,
        key=key,
        wanted=wanted,
        found=told if len(told) <= 60 else f"{told[:57]}...",
    )


def _check_keys(table: Mapping[str, Any], name: str, known: list[str]) -> None:
    for key in table:
        if key not in known:
            raise problem(
                CompileError,
                catalogue.UNKNOWN_KEY,
                near=closest(key, known),
                file=FILE,
                table=name,
                key=repr(key),
                known=", ".join(known),
            )


def _check_outputs(programs: tuple[Listed, ...]) -> None:
    seen: dict[str, Listed] = {}
    for one in programs:
        # Some file systems tell no upper case from lower case.
        other = seen.setdefault(one.output.casefold(), one)
        if other is not one:
            raise problem(
                CompileError,
                catalogue.SHARED_OUTPUT,
                output=repr(one.output),
                one=other.graph,
                other=one.graph,
            )


def _check_inside(folder: Path, path: str) -> str:
    """The path in its plainest form, if it leads to something in the folder."""
    parts = PurePosixPath(path).parts
    inside = bool(parts) and ".." not in parts and "\0" not in path
    if not (inside and (folder / path).resolve().is_relative_to(folder.resolve())):
        raise problem(
            CompileError, catalogue.OUTSIDE_PROJECT, path=repr(path), folder=repr(str(folder))
        )
    return PurePosixPath(path).as_posix()
