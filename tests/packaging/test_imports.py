"""What importing a part of the package loads, looked at from fresh processes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
COMPILE_TIME = {"black", "click", "jinja2", "libcst", "networkx"}
OPTIONAL = {"diskcache", "opentelemetry", "rich"}
RUNTIME = sorted(
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
    for path in (ROOT / "runtime").rglob("*.py")
)


def loaded_by(statement: str) -> set[str]:
    """The modules in memory after this statement, in a process of its own."""
    script = f"import sys\nsys.path.insert(0, {str(ROOT)!r})\n{statement}\nprint(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return set(done.stdout.split())


def test_importing_the_face_loads_neither_half_nor_any_dependency() -> None:
    loaded = loaded_by("import hypergraph")
    assert not loaded & (COMPILE_TIME | OPTIONAL | {"asyncio", "dataclasses", "inspect"})
    assert [name for name in loaded if name.startswith("hypergraph.")] == []


@pytest.mark.parametrize("module", RUNTIME)
def test_a_module_of_the_runtime_loads_the_standard_library_only(module: str) -> None:
    loaded = loaded_by(f"import hypergraph.{module}")
    assert not loaded & (COMPILE_TIME | OPTIONAL)
    assert "hypergraph.compiler" not in loaded


@pytest.mark.parametrize("module", ["runtime", "runtime.program", "runtime.runners.sync"])
def test_what_a_sync_program_loads_has_no_event_loop(module: str) -> None:
    assert not loaded_by(f"import hypergraph.{module}") & {"asyncio", "concurrent.futures"}


def test_what_a_generated_module_imports_is_quick_to_load() -> None:
    loaded = loaded_by("from hypergraph.runtime import ABSENT, Inputs, Program")
    slow = {"asyncio", "dataclasses", "inspect", "logging", "typing"}
    assert not loaded & slow - loaded_by("pass")


@pytest.mark.parametrize("name", ["RichProgressProcessor", "DiskCache"])
def test_optional_packages_are_not_loaded_by_name_alone(name: str) -> None:
    assert not loaded_by(f"from hypergraph import {name}") & OPTIONAL


def test_declaring_a_graph_loads_nothing_that_writes_code() -> None:
    statement = (
        "from hypergraph import Graph, node\n"
        "Graph([node(output_name='y')(lambda x: x).with_name('one')]).inputs"
    )
    assert not loaded_by(statement) & {"black", "click", "jinja2", "libcst"}


def test_asking_for_help_loads_nothing_that_writes_code() -> None:
    statement = (
        "from hypergraph.compiler.cli.main import main\n"
        "try:\n    main(['--help'])\nexcept SystemExit:\n    pass"
    )
    assert not loaded_by(statement) & {"black", "jinja2", "libcst", "networkx"}


def test_no_module_of_the_runtime_is_called_like_what_programs_import_from_it() -> None:
    """Importing the module would put it in the place of the function."""
    from hypergraph.runtime.exports import EXPORTS

    modules = {path.stem for path in (ROOT / "runtime").glob("*.py")}
    assert modules.isdisjoint(EXPORTS)
