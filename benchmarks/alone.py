"""What a file that stands alone costs from the start of a process to its first result.

``python -m benchmarks.alone [ROUNDS]`` takes turns between a chain of three functions written by
hand, the same as a standalone file, and the graph handed to a runner, and prints the least
processor time of each: unlike the time that passes, it is hardly disturbed by what else goes on.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from hypergraph.compiler.artifact import compile_graph

ROOT = Path(__file__).parents[1]
FUNCTIONS = """
def add_one(x: int) -> int:
    return x + 1


def double(b: int) -> int:
    return 2 * b


def take_three(c: int) -> int:
    return c - 3
"""
BY_HAND = f"""{FUNCTIONS}

def chain(x: int) -> dict[str, int]:
    b = add_one(x)
    c = double(b)
    return {{"b": b, "c": c, "d": take_three(c)}}


if __name__ == "__main__":
    import json
    import sys

    name, _, text = sys.argv[1].partition("=")
    print(json.dumps(chain(**{{name: json.loads(text)}}), indent=2))
"""
DECLARED = """
from hypergraph import Graph, FunctionNode, SyncRunner

nodes = [
    FunctionNode(add_one, output_name="b"),
    FunctionNode(double, output_name="c"),
    FunctionNode(take_three, output_name="d"),
]
graph = Graph(nodes, name="chain")
if __name__ == "__main__":
    print(SyncRunner().run(graph, x=4)["d"])
"""


def written(folder: Path) -> None:
    """The files that are compared."""
    (folder / "by_hand.py").write_text(BY_HAND, encoding="utf-8")
    (folder / "graph.py").write_text(FUNCTIONS + DECLARED, encoding="utf-8")
    artifact = compile_graph(f"{folder / 'graph.py'}:graph", standalone=True)
    (folder / "alone.py").write_text(artifact.text, encoding="utf-8")


def commands(folder: Path) -> dict[str, list[str]]:
    """What is measured: as scripts, and as modules that are imported from their bytecode."""
    bare = [sys.executable, "-I", "-S", "-X", f"pycache_prefix={folder / 'cache'}"]
    here = f"import sys; sys.path[:0] = [{str(folder)!r}, {str(ROOT)!r}]; "
    script = {
        "by hand, as a script": [*bare, str(folder / "by_hand.py"), "x=4"],
        "standalone, as a script": [*bare, str(folder / "alone.py"), "x=4"],
    }
    imported = {
        "by hand, imported": "from by_hand import chain; print(chain(4)['d'])",
        "standalone, imported": "from alone import program; print(program.run(x=4)['d'])",
    }
    library = {"the graph in a runner": [sys.executable, str(folder / "graph.py")]}
    return {
        **script,
        **{name: [*bare, "-c", here + text] for name, text in imported.items()},
    } | library


def seconds_of(command: list[str]) -> float:
    """The processor time that a process takes, in user and in system mode."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, env=environment)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{command} failed")
    return usage.ru_utime + usage.ru_stime


def measured(rounds: int) -> dict[str, float]:
    """The least processor time of each over the rounds, in seconds."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        written(folder)
        what = commands(folder)
        found: dict[str, list[float]] = {name: [] for name in what}
        for _ in range(rounds):
            for name, command in what.items():
                found[name].append(seconds_of(command))
    return {name: min(times) for name, times in found.items()}


def main(rounds: int = 30) -> None:
    """Print a line for each, with the ratio to the hand-written way."""
    times = measured(rounds)
    for name, seconds in times.items():
        way = "imported" if "imported" in name else "as a script"
        ratio = seconds / times[f"by hand, {way}"]
        print(f"{name:<26} {seconds * 1000:7.1f} ms  {ratio:5.2f}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
