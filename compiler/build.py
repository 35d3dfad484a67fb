"""All programs of a project: written anew when they change, removed when listed no longer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from hypergraph.compiler.artifact import Artifact, compile_target
from hypergraph.compiler.diagnostics import projects as catalogue
from hypergraph.compiler.diagnostics.artifacts import CompileError
from hypergraph.compiler.diagnostics.problems import problem
from hypergraph.compiler.project import Project
from hypergraph.compiler.target import load_target
from hypergraph.runtime.verify import FIRST, change

State = Literal["up to date", "changed", "missing", "left over"]


@dataclass(frozen=True)
class Output:
    """A file of a project and how it is; ``artifact`` is what it is to hold, if anything."""

    path: str
    state: State
    artifact: Artifact | None = None


def outputs_of(project: Project) -> tuple[Output, ...]:
    """Compile every program of a project and look at its file; nothing is written.

    Raises ``CompileError`` for the first program that cannot be compiled, and for a file that is
    left over and that somebody has changed.
    """
    outputs = []
    for one in project.programs:
        path = project.folder / one.output
        target = load_target(one.graph, project.folder)
        artifact = compile_target(target, one.options, path)
        outputs.append(Output(one.output, _state(path, artifact.text), artifact))
    return (*outputs, *_left_over(project))


def bring_up_to_date(project: Project, outputs: tuple[Output, ...]) -> None:
    """Write and remove what must be.

    Raises ``CompileError`` for a file that cannot be written, or that somebody wrote by hand.
    """
    for one in outputs:
        path = project.folder / one.path
        if one.artifact is None:
            path.unlink()
        elif one.state != "up to date":
            one.artifact.write(path)


def _state(path: Path, text: str) -> State:
    if not path.exists():
        return "missing"
    try:
        same = path.read_bytes().replace(b"\r\n", b"\n") == text.encode()
    except OSError:
        same = False
    return "up to date" if same else "changed"


def _left_over(project: Project) -> Iterator[Output]:
    """Files that match what the project owns, were generated, and are listed no longer."""
    listed = {(project.folder / one.output).resolve() for one in project.programs}
    found = {path for pattern in project.owned for path in project.folder.glob(pattern)}
    for path in sorted(found):
        if path.is_symlink() or not path.is_file() or path.resolve() in listed:
            continue
        data = path.read_bytes()
        if not data.replace(b"\r\n", b"\n").startswith(FIRST):
            continue
        name = path.relative_to(project.folder).as_posix()
        reason = change(data)
        if reason is not None:
            raise problem(CompileError, catalogue.EDITED_LEFTOVER, path=repr(name), reason=reason)
        yield Output(name, "left over")
