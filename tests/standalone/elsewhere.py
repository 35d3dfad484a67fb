"""The committed files of the examples, run by other interpreters than the one that runs the tests.

``python -m tests.standalone.elsewhere COMMAND ...`` takes commands such as ``pypy3`` or
``/opt/python/bin/python3.14``; ``--pyodide FOLDER`` takes a folder in which ``npm install pyodide``
was run, and runs the files as WebAssembly under node. Each has to print what the graph gives.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.standalone.alone import FILES
from tests.standalone.test_examples import INPUTS, in_memory

IN_NODE = """
import { loadPyodide } from "pyodide";
import { readFileSync } from "fs";
const [root, file, values] = process.argv.slice(2);
const python = await loadPyodide();
python.FS.mkdirTree(root);
python.FS.mount(python.FS.filesystems.NODEFS, { root }, root);
python.globals.set("file", file);
python.globals.set("values", values);
console.log(await python.runPythonAsync(`
import json, os, sys
sys.path[:0] = [os.path.dirname(file)]
program = __import__(os.path.basename(file)[:-3]).program
result = program.run(json.loads(values))
if program.mode == "async":
    result = await result
json.dumps(dict(result.items()))
`));
"""


def printed(command: list[str], folder: Path | None = None) -> Any:
    """What a process prints, as JSON; how it failed, if it did."""
    done = subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8", timeout=300)
    return json.loads(done.stdout) if done.returncode == 0 else done.stderr.strip()[-400:]


def by_command(command: str, file: Path, values: str) -> Any:
    """The outputs of a file that another Python runs as a script."""
    return printed([command, "-I", "-S", "-X", "utf8", str(file), "--values", values])


def by_pyodide(folder: Path, file: Path, values: str) -> Any:
    """The outputs of a file whose program WebAssembly runs."""
    script = folder / "standalone_example.mjs"
    script.write_text(IN_NODE, encoding="utf-8")
    root = str(file.parents[2])
    return printed(["node", str(script), root, str(file), values], folder)


def compared(commands: list[str], pyodide: Path | None) -> Iterator[tuple[str, bool, Any]]:
    """For each interpreter and file, whether it gives what the graph gives."""
    for file in FILES:
        name = file.parent.name
        expected = json.loads(json.dumps(dict(in_memory(name, INPUTS[name]).items())))
        values = json.dumps(INPUTS[name])
        for command in commands:
            found = by_command(command, file, values)
            yield f"{name:<12} {command}", found == expected, found
        if pyodide is not None:
            found = by_pyodide(pyodide.resolve(), file, values)
            yield f"{name:<12} pyodide", found == expected, found


def main() -> int:
    """Print a line for each; returns 1 if one differs."""
    parser = argparse.ArgumentParser(prog="python -m tests.standalone.elsewhere")
    parser.add_argument("commands", nargs="*")
    parser.add_argument("--pyodide", type=Path)
    given = parser.parse_args()
    worst = 0
    for told, same, found in compared(given.commands, given.pyodide):
        print(told, "same" if same else f"differs: {found}")
        worst = max(worst, not same)
    return worst


if __name__ == "__main__":
    sys.exit(main())
