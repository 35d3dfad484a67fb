"""The same graphs give the same bytes, whatever the process that compiles them is like.

One process for each setting compiles all programs of the project.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from hypergraph.compiler.build import Output, outputs_of
from tests.artifact.rebuild import PROJECT
from tests.artifact.workplace import ROOT, Workplace

SCRIPT = """
import sys
from pathlib import Path
from hypergraph.compiler.build import outputs_of
from hypergraph.compiler.project import project_at
from tests.artifact.test_determinism import hashes
for path, found in hashes(outputs_of(project_at(Path(sys.argv[1])))).items():
    print(path, found)
"""
NEEDED = ("compiler", "runtime", "templates", "hypergraph", "examples", "tests", "pyproject.toml")
# What of Python itself could turn this locale into another one is switched off.
PLAIN_C = {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}


def hashes(outputs: tuple[Output, ...]) -> dict[str, str]:
    """The hash of each program."""
    return {
        one.path: hashlib.sha256(one.artifact.text.encode()).hexdigest()
        for one in outputs
        if one.artifact is not None
    }


@pytest.fixture(scope="module")
def expected() -> dict[str, str]:
    """The programs as this process compiles them."""
    found = hashes(outputs_of(PROJECT))
    assert len(found) == len(PROJECT.programs) >= 7
    return found


def compiled(root: Path, *options: str, cwd: Path, **environment: str) -> dict[str, str]:
    """The programs as a process like this one compiles them."""
    done = subprocess.run(
        [sys.executable, *options, "-c", SCRIPT, str(root)],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(root), **environment},
        capture_output=True,
        encoding="utf-8",
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    lines = [line.rsplit(" ", 1) for line in done.stdout.splitlines()]
    return {path: found for path, found in lines}


def checkout(folder: Path, *, crlf: bool) -> Path:
    """The project under another path, perhaps with the line ends of a Windows checkout."""
    for name in NEEDED:
        if (ROOT / name).is_dir():
            ignored = shutil.ignore_patterns("__pycache__")
            shutil.copytree(ROOT / name, folder / name, symlinks=True, ignore=ignored)
        else:
            shutil.copy(ROOT / name, folder / name)
    if crlf:
        for path in folder.rglob("*.*"):
            if path.suffix in (".py", ".j2", ".toml", ".csv") and not path.is_symlink():
                path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    return folder


@pytest.mark.slow
@pytest.mark.parametrize(
    ("options", "environment"),
    [
        (["-O"], {"PYTHONHASHSEED": "0", **PLAIN_C}),
        (["-OO"], {"PYTHONHASHSEED": "1", "LC_ALL": "C.UTF-8"}),
        ([], {"PYTHONHASHSEED": "2", "PYTHONUTF8": "1"}),
    ],
    ids=["seed 0, -O, locale C", "seed 1, -OO, locale C.UTF-8", "seed 2"],
)
def test_seeds_optimisation_and_locales_do_not_matter(
    expected: dict[str, str], options: list[str], environment: dict[str, str]
) -> None:
    assert compiled(ROOT, *options, cwd=ROOT, **environment) == expected


@pytest.mark.slow
def test_the_working_directory_does_not_matter(expected: dict[str, str], tmp_path: Path) -> None:
    assert compiled(ROOT, cwd=tmp_path, PYTHONHASHSEED="random") == expected


@pytest.mark.slow
@pytest.mark.parametrize("crlf", [False, True], ids=["LF", "CRLF"])
def test_the_checkout_does_not_matter(expected: dict[str, str], tmp_path: Path, crlf: bool) -> None:
    root = checkout(tmp_path, crlf=crlf)
    assert compiled(root, cwd=root, PYTHONHASHSEED="random") == expected
    done = subprocess.run(
        [sys.executable, "-m", "hypergraph", "build", "--check"],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root)},
        capture_output=True,
        encoding="utf-8",
        timeout=120,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_path_of_the_target_does_not_matter(place: Workplace) -> None:
    """A target may be spelled in many ways; the header has one."""
    source = (ROOT / "examples" / "refine" / "pipeline.py").read_text(encoding="utf-8")
    first = place.compile(source, "deep/text.py").text
    here = os.path.relpath(place.folder / "deep", place.folder / "deep")
    for target in (f"{here}/text.py:graph", "../deep/text.py:graph", "text.py:graph"):
        done = place.run("-m", "hypergraph", "compile", target, cwd=place.folder / "deep")
        assert (done.returncode, done.stdout) == (0, first), target
    assert str(place.folder) not in first


def test_line_ends_of_a_source_do_not_matter(place: Workplace) -> None:
    source = (ROOT / "examples" / "refine" / "pipeline.py").read_text(encoding="utf-8")
    first = place.compile(source, "one/text.py").text
    path: Path = place.write("two/text.py", source)
    path.write_bytes(source.replace("\n", "\r\n").encode())
    done = place.run("-m", "hypergraph", "compile", f"{path}:graph")
    assert done.stdout == first
