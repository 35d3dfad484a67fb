"""The wheel and the source distribution hold what the tree holds."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
HALVES = ("compiler", "runtime", "templates")
PROOF = ("reference", "differential")
FOLDERS = {**{half: half for half in HALVES}, **{part: f"tests/{part}" for part in PROOF}}
PROJECT_FILES = ("pyproject.toml", "README.md")

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with both distributions, built from a copy of the tree without its links."""
    tree = tmp_path_factory.mktemp("tree")
    for name in PROJECT_FILES:
        shutil.copy(ROOT / name, tree)
    ignored = shutil.ignore_patterns("__pycache__", *FOLDERS)
    shutil.copytree(ROOT / "hypergraph", tree / "hypergraph", ignore=ignored)
    for folder in FOLDERS.values():
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / folder, tree / folder, ignore=ignored)
    script = (
        "import setuptools.build_meta as backend\n"
        "backend.build_wheel('dist')\nbackend.build_sdist('dist')"
    )
    subprocess.run([sys.executable, "-c", script], cwd=tree, check=True, capture_output=True)
    return tree / "dist"


@pytest.fixture(scope="module")
def wheel(built: Path) -> Path:
    (found,) = built.glob("*.whl")
    return found


def wanted() -> set[str]:
    """What must be importable once installed, by its path in the wheel."""
    found = {
        f"hypergraph/{name}/{path.relative_to(ROOT / folder).as_posix()}"
        for name, folder in FOLDERS.items()
        for path in (ROOT / folder).rglob("*")
        if is_shipped(path)
    }
    return found | {"hypergraph/__init__.py", "hypergraph/__main__.py", "hypergraph/py.typed"}


def is_shipped(path: Path) -> bool:
    return path.suffix in {".py", ".j2"}


def test_the_wheel_holds_every_module_and_template(wheel: Path) -> None:
    names = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    assert names == wanted()


def test_the_source_distribution_holds_every_module_and_template(built: Path) -> None:
    (archive,) = built.glob("*.tar.gz")
    with tarfile.open(archive) as file:
        names = {name.partition("/")[2] for name in file.getnames()}
    packaged = {name.removeprefix("hypergraph/") for name in wanted()}
    homes = ("", "hypergraph/", "tests/")
    missing = {n for n in packaged if not any(f"{home}{n}" in names for home in homes)}
    assert missing == set() and set(PROJECT_FILES) <= names


def test_the_project_file_lists_every_sub_package() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    block = re.search(r"^packages = \[\n(.*?)^\]", text, re.DOTALL | re.MULTILINE)
    assert block is not None
    listed = re.findall(r'"(.+?)"', block[1])
    packages = {name.rpartition("/")[0] for name in wanted() if name.endswith("/__init__.py")}
    found = {package.replace("/", ".") for package in packages}
    assert sorted(listed) == sorted({"hypergraph", *found})


def test_the_wheel_declares_its_command_and_what_it_needs(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as file:
        texts = {Path(name).name: file.read(name).decode() for name in file.namelist()}
    assert "hypergraph = hypergraph.compiler.cli.main:main" in texts["entry_points.txt"]
    needed = set(re.findall(r"^Requires-Dist: ([\w-]+)[^;\n]*$", texts["METADATA"], re.MULTILINE))
    assert needed == {"black", "click", "jinja2", "libcst", "networkx"}


def test_an_installed_wheel_works_away_from_the_tree(wheel: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    zipfile.ZipFile(wheel).extractall(site)
    (tmp_path / "twice.py").write_text(
        "from hypergraph import Graph, node\n\n\n"
        "@node(output_name='y')\ndef double(x):\n    return 2 * x\n\n\n"
        "graph = Graph([double], name='twice')\n",
        encoding="utf-8",
    )

    def run(*arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, *arguments],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(site)},
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    assert run("-c", "import hypergraph; print(hypergraph.__file__)").startswith(str(site))
    run("-m", "hypergraph", "compile", "twice.py:graph", "-o", "twice_program.py")
    assert '"y": 42' in run("twice_program.py", "x=21")
    assert "4 cases" in run("-m", "hypergraph", "prove", "twice.py:graph", "--cases", "4")
