"""Positions in the user's source: where a graph was built, where a node was declared."""

from __future__ import annotations

import sys

from hypergraph.compiler.declare.node import HyperNode
from hypergraph.compiler.diagnostics.problems import Place, place_of

PACKAGE = "hypergraph"


def caller(label: str) -> Place | None:
    """The innermost position outside of the package; ``None`` when all frames are inside."""
    frame = sys._getframe(1)
    while frame is not None:
        if str(frame.f_globals.get("__name__")).partition(".")[0] != PACKAGE:
            return Place(label, frame.f_code.co_filename, frame.f_lineno)
        frame = frame.f_back  # type: ignore[assignment]
    return None


def declared_at(node: HyperNode, label: str | None = None) -> Place | None:
    """Where the function of ``node`` was written, or the graph it wraps was built."""
    label = node.name if label is None else label
    if node.nested_graph is not None:
        built = getattr(node.nested_graph, "place", None)
        return None if built is None else Place(label, built.file, built.line)
    return place_of(label, getattr(node, "func", None))
