"""What a drawing of a graph shows, whatever it is drawn with."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from hypergraph.compiler.declare.gates import GateNode, IfElseNode
from hypergraph.compiler.declare.node import HyperNode
from hypergraph.compiler.declare.wiring import Link
from hypergraph.runtime.sentinels import END

if TYPE_CHECKING:
    from hypergraph.compiler.declare.graph import Graph

Shape = Literal["function", "gate", "interrupt", "graph", "value", "end"]
ArrowKind = Literal["data", "control", "ordering"]
SHAPES: tuple[Shape, ...] = ("function", "gate", "interrupt", "graph", "value", "end")


@dataclass(frozen=True)
class Box:
    """One thing in a drawing; ``inner`` is what is drawn inside it."""

    id: str
    label: str
    shape: Shape
    inner: Diagram | None = None


@dataclass(frozen=True)
class Arrow:
    """A connection between two boxes, by their ids."""

    source: str
    target: str
    label: str
    kind: ArrowKind


@dataclass(frozen=True)
class Diagram:
    """The boxes and arrows of one level."""

    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]


@dataclass(frozen=True)
class View:
    """What to show: levels of nesting, types, and whether values have boxes of their own."""

    depth: int = 0
    show_types: bool = False
    separate_outputs: bool = False


def diagram_of(graph: Graph, view: View, prefix: str = "n") -> Diagram:
    """The drawing of ``graph``; hidden nodes are left out, with their arrows.

    Ids are made from positions only, so that no name can break what is written with them.
    """
    shown = {name: node for name, node in graph.nodes.items() if not node.hide}
    ids = {name: f"{prefix}{at}" for at, name in enumerate(shown)}
    boxes = [_box(node, ids[name], view) for name, node in shown.items()]
    links = [k for k in graph.wiring.full if k.source in shown and k.target in shown]
    data = [link for link in links if link.kind == "data"]
    arrows: list[Arrow] = []
    if view.separate_outputs:
        values = _value_boxes(shown, f"{prefix}v", view)
        boxes += values.values()
        arrows += _through_values(shown, ids, data, values)
    else:
        arrows += (_data_arrow(link, shown[link.source], ids, view) for link in data)
    arrows += _decisions(shown, ids, f"{prefix}end")
    arrows += _waits(links, ids)
    if any(arrow.target == f"{prefix}end" for arrow in arrows):
        boxes.append(Box(f"{prefix}end", "END", "end"))
    return Diagram(tuple(boxes), tuple(arrows))


def _box(node: HyperNode, box_id: str, view: View) -> Box:
    nested = node.nested_graph
    if nested is not None:
        below = View(view.depth - 1, view.show_types, view.separate_outputs)
        inner = diagram_of(nested, below, f"{box_id}_") if view.depth > 0 else None
        return Box(box_id, node.name, "graph", inner)
    if isinstance(node, GateNode):
        return Box(box_id, node.name, "gate")
    return Box(box_id, node.name, "interrupt" if node.is_interrupt else "function")


def _value_label(name: str, node: HyperNode, view: View) -> str:
    declared: Any = node.get_output_type(name) if view.show_types else None
    return name if declared is None else f"{name}: {inspect.formatannotation(declared)}"


def _value_boxes(nodes: dict[str, HyperNode], prefix: str, view: View) -> dict[str, Box]:
    labels: dict[str, str] = {}
    for node in nodes.values():
        for output in node.data_outputs:
            labels.setdefault(output, _value_label(output, node, view))
    return {
        name: Box(f"{prefix}{at}", label, "value")
        for at, (name, label) in enumerate(labels.items())
    }


def _through_values(
    nodes: dict[str, HyperNode], ids: dict[str, str], links: list[Link], values: dict[str, Box]
) -> Iterator[Arrow]:
    for name, node in nodes.items():
        for output in node.data_outputs:
            yield Arrow(ids[name], values[output].id, "", "data")
    read = dict.fromkeys((name, link.target) for link in links for name in link.names)
    for name, target in read:
        if name in values:
            yield Arrow(values[name].id, ids[target], "", "data")


def _data_arrow(link: Link, source: HyperNode, ids: dict[str, str], view: View) -> Arrow:
    label = ", ".join(_value_label(name, source, view) for name in link.names)
    return Arrow(ids[link.source], ids[link.target], label, "data")


def _decisions(nodes: dict[str, HyperNode], ids: dict[str, str], end: str) -> Iterator[Arrow]:
    for name, node in nodes.items():
        if not isinstance(node, GateNode):
            continue
        for at, target in enumerate(node.targets):
            if isinstance(node, IfElseNode):
                label = "False" if at else "True"
            else:
                label = str(node.descriptions.get(target, ""))
            if target is END:
                yield Arrow(ids[name], end, label, "control")
            elif target in ids:
                yield Arrow(ids[name], ids[str(target)], label, "control")


def _waits(links: list[Link], ids: dict[str, str]) -> Iterator[Arrow]:
    related = {(link.source, link.target) for link in links if link.kind != "ordering"}
    for link in links:
        if link.kind == "ordering" and (link.source, link.target) not in related:
            yield Arrow(ids[link.source], ids[link.target], ", ".join(link.names), "ordering")
