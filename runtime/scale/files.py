"""The shipment of a generated file: its own text, and a few lines that run a chunk."""

from __future__ import annotations

import ast
from importlib import metadata

from hypergraph.runtime.program import Program
from hypergraph.runtime.scale.shipment import Shipment, imports_of
from hypergraph.runtime.scale.wire import unhindered
from hypergraph.runtime.shapes import Request, limit_of

DISTRIBUTION = "hypergraph-compiler"
MAKERS = {
    ("sync", False): ("worker", "chunks_of"),
    ("async", False): ("worker_async", "awaited_chunks_of"),
    ("sync", True): ("worker_watched", "watched_chunks_of"),
    ("async", True): ("worker_watched_async", "watched_awaited_chunks_of"),
}


def shipment_of_file(program: Program, request: Request) -> Shipment:
    """What travels for a kind of call of a file that is linked by imports.

    The file imports the modules of its graph and this package, so the workers must have both.
    """
    shape = program.shape_for(request)
    own = {program.entry, program.watched.entry if program.watched else None}
    partial = None if shape.entry in own else program.partial
    module, maker = MAKERS[program.mode, shape.watched]
    lines = [
        program.source.rstrip("\n"),
        f"from hypergraph.runtime.scale.{module} import {maker} as _hg_chunks_of",
        f"_hg_chunk = _hg_chunks_of({shape.entry.__name__}, {dict(shape.variables)!r}, {{}})",
    ]
    text = "\n".join(lines) + "\n"
    return Shipment(
        program.name,
        text,
        program.outputs if partial is None else tuple(partial.outputs),
        program.interface.parameters if partial is None else partial.parameters,
        limit_of(shape.entry),
        imports=imports_of(unhindered(lambda: ast.parse(text))),
        requires=_requires(),
    )


def _requires() -> tuple[tuple[str, str], ...]:
    """This package with its version, unless it runs from where it was written."""
    try:
        return ((DISTRIBUTION, metadata.version(DISTRIBUTION)),)
    except metadata.PackageNotFoundError:
        return ()
