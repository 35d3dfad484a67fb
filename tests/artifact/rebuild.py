"""Write every committed program anew: ``python -m tests.artifact.rebuild``.

Run it when a change of the emitter is meant, and read what it changed in the diff, line by line.
"""

from __future__ import annotations

import shlex
from pathlib import Path

from hypergraph.compiler.artifact import compile_target
from hypergraph.compiler.cli.compile import compile_command
from hypergraph.compiler.cli.options import options_of
from hypergraph.compiler.target import load_target
from tests.artifact.workplace import ROOT

PROGRAMS = sorted(
    path
    for folder in ("examples", "tests")
    for path in (ROOT / folder).rglob("*_program.py")
    if not path.name.startswith("test_")
)


def rebuild_command(path: Path) -> list[str]:
    """The words of the command in a program's header, without ``hypergraph``."""
    start = "#   rebuild  "
    lines = path.read_text(encoding="utf-8").splitlines()
    words = shlex.split(next(line for line in lines if line.startswith(start))[len(start) :])
    assert words[:2] == ["hypergraph", "compile"], words
    return words[1:]


def rebuilt(path: Path) -> str:
    """What the compiler makes of the command in a program's header today."""
    given = compile_command.make_context("compile", rebuild_command(path)[1:]).params
    assert given.pop("output") == path.relative_to(ROOT).as_posix()
    target = load_target(str(ROOT / given.pop("target")))
    return compile_target(target, options_of(given), path).text


def main() -> None:
    """Rebuild all of them, and say which changed."""
    for path in PROGRAMS:
        text = rebuilt(path)
        if text != path.read_text(encoding="utf-8"):
            path.write_text(text, encoding="utf-8", newline="\n")
            print(f"changed {path.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
