"""A folder in which tests write the modules of a user, compile them and run what comes out."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent

from hypergraph.compiler.artifact import Artifact, compile_graph
from hypergraph.compiler.plan import Mode

ROOT = Path(__file__).parents[2]

RAG = """
    from hypergraph import Graph, node

    @node(output_name="embedding")
    def embed(text): return [len(word) for word in text.split()]

    @node(output_name="docs")
    def retrieve(embedding, top_k=2): return sorted(embedding)[:top_k]

    @node(output_name="answer")
    def generate(docs, query): return f"{query}: {docs}"

    graph = Graph([embed, retrieve, generate], name="rag")
"""


@dataclass(frozen=True)
class Workplace:
    """A folder, and what can be done in it."""

    folder: Path

    def write(self, file: str, source: str) -> Path:
        """Put a source text, which may be indented, into a file."""
        path = self.folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(source), encoding="utf-8", newline="\n")
        return path

    def compile(
        self,
        source: str,
        file: str = "rag.py",
        attribute: str = "graph",
        *,
        mode: Mode | None = None,
        output: str | None = None,
        partial: bool = False,
        events: bool = False,
        cache: bool = False,
        limit: bool = False,
    ) -> Artifact:
        """Compile a graph of the module with this source."""
        path = self.write(file, source)
        target = f"{path}:{attribute}"
        return compile_graph(
            target,
            mode=mode,
            output=output,
            partial=partial,
            events=events,
            cache=cache,
            limit=limit,
        )

    def run(
        self, *arguments: str, stdin: str = "", cwd: Path | None = None, **environment: str
    ) -> subprocess.CompletedProcess[str]:
        """Run Python in a process of its own that can import the project and this folder."""
        paths = os.pathsep.join([str(ROOT), str(self.folder)])
        return subprocess.run(
            [sys.executable, *arguments],
            cwd=cwd or self.folder,
            env={**os.environ, "PYTHONPATH": paths, "PYTHONIOENCODING": "utf-8", **environment},
            input=stdin,
            capture_output=True,
            encoding="utf-8",
            timeout=60,
        )


@contextmanager
def workplace(folder: Path) -> Iterator[Workplace]:
    """A folder whose modules are forgotten afterwards."""
    folder = folder.resolve()
    before = list(sys.path)
    try:
        yield Workplace(folder)
    finally:
        sys.path[:] = before
        for name, module in list(sys.modules.items()):
            file = getattr(module, "__file__", None)
            paths = list(getattr(module, "__path__", []))
            if any(str(path).startswith(f"{folder}{os.sep}") for path in (file, *paths) if path):
                del sys.modules[name]
