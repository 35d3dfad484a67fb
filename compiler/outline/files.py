"""The outline of a generated file."""

from __future__ import annotations

import os
from pathlib import Path

from hypergraph.compiler.diagnostics import outlines as catalogue
from hypergraph.compiler.diagnostics.artifacts import CompileError
from hypergraph.compiler.diagnostics.problems import problem
from hypergraph.compiler.emit.header import EMITTER, MARK, read_header
from hypergraph.compiler.outline.model import Outline
from hypergraph.compiler.outline.read import read_outline
from hypergraph.compiler.outline.scope import Unreadable
from hypergraph.runtime.verify import change


def read_artifact(path: str | os.PathLike[str]) -> Outline:
    """What a generated program does, read from its code: calls, branches, loops, nesting, maps.

    Parameters:
        path: the file. Neither it nor the user's code is run.

    Raises ``CompileError`` for a file that cannot be read or was not generated, that was changed
    since, or that another emitter wrote.

    >>> outline = read_artifact("examples/refine/refine_program.py")
    >>> [call.node for call in outline.entry.calls()]
    ['measure', 'easy_enough', 'simplify', 'report_node']
    """
    file = repr(os.fspath(path))
    try:
        data = Path(path).read_bytes().replace(b"\r\n", b"\n")
    except OSError as error:
        reason = error.strerror or str(error)
        raise problem(CompileError, catalogue.UNREADABLE, path=file, reason=reason) from error
    text = data.decode("utf-8", errors="replace")
    header = read_header(text)
    if header is None or not text.startswith(f"# {MARK}"):
        raise problem(CompileError, catalogue.NOT_OURS, path=file)
    reason = change(data) or ""
    if reason:
        raise problem(CompileError, catalogue.CHANGED, path=file, reason=reason)
    if header.emitter != EMITTER:
        facts = {"theirs": str(header.emitter), "ours": str(EMITTER)}
        raise problem(CompileError, catalogue.OTHER_EMITTER, path=file, **facts)
    try:
        return read_outline(text)
    except Unreadable as error:
        line = f"line {error.line}: {error.what}"
        raise problem(CompileError, catalogue.CHANGED, path=file, reason=line) from error
