"""Where in the user's source the functions of a program were written."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path as File
from typing import Any

from hypergraph.compiler.diagnostics.problems import Place, place_of
from hypergraph.compiler.link.live import Path, function_at, graph_at
from hypergraph.compiler.plan import Plan
from hypergraph.compiler.target import INSTALLED, Target


def places_of(target: Target, plans: Iterable[Plan]) -> dict[Path, str]:
    """For calls by their path: file and line of the function, seen from the graph's own folder.

    For a function from elsewhere there is just its module: the lines of what is installed differ
    from machine to machine. For the graph of a graph node it is where that was built.
    """
    found: dict[Path, str] = {}
    for call in (call for plan in plans for one in (*plan.functions, plan) for call in one.calls()):
        if call.function is None:
            func = function_at(target.graph, call.path)
            place = _told(target, place_of("", func)) or _module_of(func)
        else:
            place = _told(target, graph_at(target.graph, call.path).place)
        if place is not None:
            found[call.path] = place
    return found


def _told(target: Target, place: Place | None) -> str | None:
    file = None if place is None else target.relative(place.file)
    if place is None or file is None or INSTALLED.intersection(file.split("/")):
        return None
    return f"{_plain(File(os.path.relpath(file, _folder(target))).as_posix())}:{place.line}"


def _module_of(func: Any) -> str | None:
    module = getattr(func, "__module__", None)
    return f"in {_plain(module)}" if isinstance(module, str) else None


def _folder(target: Target) -> str:
    """The folder of the file that the header names as the source."""
    place = target.graph.place
    file = None if place is None else target.relative(place.file)
    return os.path.dirname(file or target.relative(target.file) or "")


def _plain(words: str) -> str:
    """Without what a tool could take for an instruction: ``fmt: off``, ``type: ignore``."""
    return "".join(f"\\x{ord(one):02x}" if one in "#:" else one for one in words)
