"""Formatting and checking a module that stands alone, piece by piece: it is long."""

from __future__ import annotations

import ast
from collections.abc import Callable, Collection, Mapping, Sequence

from hypergraph.compiler.emit.checks import WIDTH, blackened, broken, parsed
from hypergraph.compiler.emit.fragments import Code, Fragment, text_of
from hypergraph.compiler.emit.places import with_places
from hypergraph.compiler.emit.sections import Section
from hypergraph.compiler.link.inline.round_trip import check_names


def finished(layout: Callable[..., str], sections: Sequence[Section], name: str) -> str:
    """The text of a module; ``RuntimeError`` if it does not stand every check.

    ``layout`` gives it with its ``parts``. What is generated is formatted by black; definitions of
    the user and of the runtime stay as they were written.
    """
    text = layout(parts=[part for one in sections for part in (one.title, *one.blocks)])
    before = parsed(text, name, "parse")
    check_names(text, name)
    marks: list[Fragment] = []
    written: dict[str, str] = {}
    for section in sections:
        marks.append(section.title)
        for block in section.blocks:
            mark = Code(f"_hg_part_{len(marks)}")
            own = text_of(block) if section.written else blackened(text_of(block), name)
            written[mark.text] = own.strip("\n")
            marks.append(mark)
    lines = blackened(layout(parts=marks), name).split("\n")
    once = "\n".join(written.get(line, line) for line in lines)
    if ast.dump(parsed(once, name, "parse after formatting")) != ast.dump(before):
        raise broken(name, "format", "black changed its meaning")
    return once


def with_places_in(
    text: str, name: str, functions: Collection[str], places: Mapping[str, str]
) -> str:
    """Say where calls lead in the functions of the graph only: the rest is the user's own text."""
    lines = text.split("\n")
    found = [
        one
        for one in ast.parse(text).body
        if isinstance(one, (ast.FunctionDef, ast.AsyncFunctionDef)) and one.name in functions
    ]
    for one in reversed(found):
        part = slice(one.lineno - 1, one.end_lineno)
        told = with_places("\n".join(lines[part]), places, WIDTH)
        if blackened(told, name).rstrip("\n") != told:
            raise broken(name, "format", "black changes it again")
        lines[part] = told.split("\n")
    return "\n".join(lines)
