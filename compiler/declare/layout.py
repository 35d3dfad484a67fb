"""Where the boxes of a drawing go: rows from top to bottom, nested drawings inside their box."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from hypergraph.compiler.declare.diagram import Box, Diagram
from hypergraph.compiler.declare.digraph import levels, strong_components, successors_of

CHARACTER, HEIGHT, GAP, ROW, MARGIN = 8, 36, 36, 64, 24


@dataclass(frozen=True)
class Placed:
    """A box with its upper left corner and size, and what is inside, relative to that corner."""

    box: Box
    x: float
    y: float
    width: float
    height: float
    inner: Layout | None


@dataclass(frozen=True)
class Layout:
    """A drawing with all positions, and its size."""

    diagram: Diagram
    places: Mapping[str, Placed]
    width: float
    height: float


@dataclass(frozen=True)
class _Sized:
    box: Box
    width: float
    height: float
    inner: Layout | None


def laid_out(diagram: Diagram) -> Layout:
    """Positions for ``diagram``: each box below those that lead to it, rows centred."""
    rows: dict[int, list[_Sized]] = {}
    for box, rank in zip(diagram.boxes, _ranks(diagram), strict=True):
        rows.setdefault(rank, []).append(_sized(box))
    widths = {r: sum(s.width for s in row) + GAP * (len(row) - 1) for r, row in rows.items()}
    width = max(widths.values(), default=0) + 2 * MARGIN
    places: dict[str, Placed] = {}
    y: float = MARGIN
    for rank in sorted(rows):
        x = (width - widths[rank]) / 2
        for s in rows[rank]:
            places[s.box.id] = Placed(s.box, x, y, s.width, s.height, s.inner)
            x += s.width + GAP
        y += max(s.height for s in rows[rank]) + ROW
    return Layout(diagram, places, width, max(y - ROW, MARGIN) + MARGIN)


def _sized(box: Box) -> _Sized:
    text = CHARACTER * len(box.label) + 28
    if box.inner is None:
        return _Sized(box, text + (24 if box.shape == "gate" else 0), HEIGHT, None)
    inner = laid_out(box.inner)
    return _Sized(box, max(inner.width, text), inner.height + HEIGHT, inner)


def _ranks(diagram: Diagram) -> list[int]:
    """The row of every box; arrows that lead back inside a cycle are not followed."""
    ids = [box.id for box in diagram.boxes]
    position = {box_id: at for at, box_id in enumerate(ids)}
    pairs = [(arrow.source, arrow.target) for arrow in diagram.arrows]
    components = strong_components(ids, successors_of(pairs))
    home = {box_id: at for at, members in enumerate(components) for box_id in members}
    forward = ((a, b) for a, b in pairs if home[a] != home[b] or position[a] < position[b])
    level = levels(ids, successors_of(forward))
    return [level[box_id] for box_id in ids]
