"""Write every committed program anew: ``python -m tests.artifact.rebuild``.

Run it when a change of the emitter is meant, and read what it changed in the diff, line by line.
"""

from __future__ import annotations

import shlex
from pathlib import Path

from hypergraph.compiler.artifact import compile_graph
from tests.artifact.workplace import ROOT

PROGRAMS = sorted(
    path
    for folder in ("examples", "tests")
    for path in (ROOT / folder).rglob("*_program.py")
    if not path.name.startswith("test_")
)


def rebuild_command(path: Path) -> list[str]:
    """The words of the command in a program's header, without ``hypergraph``."""
    third = path.read_text(encoding="utf-8").splitlines()[2]
    words = shlex.split(third.removeprefix("#   rebuild  "))
    assert words[:2] == ["hypergraph", "compile"], third
    return words[1:]


def rebuilt(path: Path) -> str:
    """What the compiler makes of the command in a program's header today."""
    _, target, _, mode, _, output = rebuild_command(path)
    assert output == path.relative_to(ROOT).as_posix()
    assert mode in ("sync", "async")
    artifact = compile_graph(
        str(ROOT / target), mode="async" if mode == "async" else "sync", output=path
    )
    return artifact.text


def main() -> None:
    """Rebuild all of them, and say which changed."""
    for path in PROGRAMS:
        text = rebuilt(path)
        if text != path.read_text(encoding="utf-8"):
            path.write_text(text, encoding="utf-8", newline="\n")
            print(f"changed {path.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
