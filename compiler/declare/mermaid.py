"""Drawings as Mermaid text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from hypergraph.compiler.declare.diagram import SHAPES, Arrow, Box, Diagram
from hypergraph.compiler.diagnostics import graphs as catalogue
from hypergraph.compiler.diagnostics.problems import closest, problem

DIRECTIONS = ("TD", "TB", "BT", "LR", "RL")
OUTLINES = {
    "function": ("[", "]"),
    "gate": ("{", "}"),
    "interrupt": ("{{", "}}"),
    "graph": ("[[", "]]"),
    "value": ("(", ")"),
    "end": ("([", "])"),
}
LINES = {"data": "-->", "control": "==>", "ordering": "-.->"}


def mermaid_text(
    diagram: Diagram, direction: str = "TD", colors: Mapping[str, str] | None = None
) -> str:
    """The text of a flowchart.

    ``colors`` gives fill colours by shape. Raises ``ValueError`` for an unknown direction or shape,
    and for what is no colour name or hexadecimal colour.
    """
    if direction not in DIRECTIONS:
        raise problem(ValueError, catalogue.UNKNOWN_DIRECTION, value=repr(direction))
    lines = [f"flowchart {direction}", *_level(diagram, "    ")]
    lines += (f"    {line}" for line in _styles(diagram, colors or {}))
    return "\n".join(lines) + "\n"


def quoted(text: str) -> str:
    """``text`` as a quoted label, in which only letters, digits and a few signs are left as is.

    >>> quoted('say "hi"]')
    '"say #34;hi#34;#93;"'
    """
    harmless = (c if c.isalnum() or c in " _.,:-" else f"#{ord(c)};" for c in text)
    return f'"{"".join(harmless)}"'


def _level(diagram: Diagram, indent: str) -> Iterator[str]:
    for box in diagram.boxes:
        if box.inner is None:
            left, right = OUTLINES[box.shape]
            yield f"{indent}{box.id}{left}{quoted(box.label)}{right}"
        else:
            yield f"{indent}subgraph {box.id}[{quoted(box.label)}]"
            yield from _level(box.inner, indent + "    ")
            yield f"{indent}end"
    yield from (indent + _arrow(arrow) for arrow in diagram.arrows)


def _arrow(arrow: Arrow) -> str:
    label = f"|{quoted(arrow.label)}|" if arrow.label else ""
    return f"{arrow.source} {LINES[arrow.kind]}{label} {arrow.target}"


def _styles(diagram: Diagram, colors: Mapping[str, str]) -> Iterator[str]:
    for shape, color in colors.items():
        _check_color(shape, color)
        ids = [box.id for box in _boxes(diagram) if box.shape == shape]
        if ids:
            yield f"classDef {shape}_box fill:{color}"
            yield f"class {','.join(ids)} {shape}_box"


def _check_color(shape: Any, color: Any) -> None:
    if shape not in SHAPES:
        near = closest(str(shape), SHAPES)
        raise problem(
            ValueError, catalogue.UNKNOWN_SHAPE, near=near, value=repr(shape), shapes=list(SHAPES)
        )
    if not isinstance(color, str) or not re.fullmatch("#[0-9A-Fa-f]{3,8}|[A-Za-z]+", color):
        raise problem(ValueError, catalogue.UNKNOWN_COLOR, value=repr(color), shape=shape)


def _boxes(diagram: Diagram) -> Iterator[Box]:
    for box in diagram.boxes:
        yield box
        if box.inner is not None:
            yield from _boxes(box.inner)
