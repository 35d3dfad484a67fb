"""The map of the repository, made from the first sentence of every file."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from tests.docs.markdown import ROOT

FOLDERS = {
    "hypergraph": "the face: public names, loaded when first used",
    "compiler": "from a declared graph to a Python module",
    "runtime": "what a program needs to run: the standard library only",
    "templates": "the layout of generated modules",
    "examples": "graphs that do something, and the modules generated from them",
    "benchmarks": "the speed of compiled graphs, against code written by hand and other libraries",
    "docs": "how to declare graphs, how fast they are, and the semantics rule by rule",
}


def purpose_of(path: Path) -> str:
    """The first sentence a file says about itself; nothing for an empty file."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        return first_sentence(ast.get_docstring(ast.parse(text)) or "")
    if path.suffix == ".j2":
        found = re.match(r"\{#-?\s*(.*?)\s*-?#\}", text, re.DOTALL)
        return first_sentence(found[1]) if found else ""
    return text.splitlines()[0].lstrip("# ") if text else ""


def first_sentence(text: str) -> str:
    """The first sentence on one line, without full stop, rule numbers and double backticks.

    >>> first_sentence("How ``x`` is\\nread (G1, X2 to X4). More.")
    'How `x` is read'
    """
    sentence = re.split(r"(?<=[.])\s", " ".join(text.split("\n\n")[0].split()))[0].rstrip(".:")
    return re.sub(r"\s*\([^()]*\b(?:[GLEXKD]\d|section)[^()]*\)$", "", sentence).replace("``", "`")


def files_of(folder: Path) -> list[Path]:
    """The files of a folder that say what they are for, those of its sub-folders last."""
    found = [path for path in folder.rglob("*") if path.suffix in {".py", ".j2", ".md"}]
    shown = [path for path in found if "__pycache__" not in path.parts and purpose_of(path)]
    return sorted(shown, key=lambda path: (path.parent.as_posix(), path.name))


def repository_map() -> str:
    """All folders with their files, one line each."""
    lines = ["```text"]
    for name, purpose in FOLDERS.items():
        lines += [f"{name}/".ljust(32) + purpose]
        seen = ROOT / name
        for path in files_of(ROOT / name):
            if path.parent != seen:
                seen = path.parent
                lines.append(f"  {seen.relative_to(ROOT / name).as_posix()}/")
            depth = "  " if seen == ROOT / name else "    "
            lines.append(f"{depth}{path.name}".ljust(32) + purpose_of(path))
    return "\n".join([*lines, "```", ""])
