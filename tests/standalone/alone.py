"""Running a file with Python and nothing else: no packages, no environment, an empty folder."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
FILES = sorted((ROOT / "examples").rglob("*_standalone.py"))


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
