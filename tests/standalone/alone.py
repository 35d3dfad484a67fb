"""Running a file with Python and nothing else: no packages, no environment, an empty folder."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from hypergraph.compiler.artifact import compile_graph
from tests.artifact.workplace import workplace

ROOT = Path(__file__).parents[2]
FILES = sorted((ROOT / "examples").rglob("*_standalone.py"))


def linked(folder: Path, source: str) -> Path:
    """The file that stands alone of a module with a ``graph``, written beside it."""
    with workplace(folder) as place:
        target = place.write("app.py", source)
        text = compile_graph(f"{target}:graph", standalone=True).text
    file = folder / "app_alone.py"
    file.write_text(text, encoding="utf-8")
    return file


def run_alone(
    file: Path, *arguments: str, folder: Path, code: str | None = None
) -> subprocess.CompletedProcess[str]:
    """The file as a script in a folder; or code that may import it from there."""
    source = (folder / file.name).resolve()
    if not source.exists():
        source.write_bytes(file.read_bytes())
    what = [source.name] if code is None else ["-c", f"import sys; sys.path[:0] = ['.']\n{code}"]
    return subprocess.run(
        [sys.executable, "-I", "-S", "-X", "utf8", "-W", "error", *what, *arguments],
        cwd=folder,
        env={},
        capture_output=True,
        encoding="utf-8",
        timeout=60,
    )
