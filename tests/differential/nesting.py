"""Fragments that hold a graph of their own: nested and mapped."""

from __future__ import annotations

from collections.abc import Callable

from .sketch import Kind, Sketch
from .source import build
from .spec import GraphSpec, Sub

Inner = Callable[[Sketch], GraphSpec]


def add_nested(sketch: Sketch, draw_inner: Inner, *, mapped: bool) -> None:
    """A graph node over a new inner graph, its inputs joined to names that are there."""
    within = Sketch(sketch.draw, sketch.features - {"interrupts"} if mapped else sketch.features)
    within.depth = sketch.depth + 1
    graph = draw_inner(within)
    built = build(graph).graph
    node = built.as_node(name="inner")
    plain = [name for name in node.inputs if not node.has_default_for(name)]
    over = mapped_inputs(sketch, within, plain or list(node.inputs)) if mapped else []
    inputs: list[tuple[str, str]] = []
    for inner in node.inputs:
        default = within.defaults.get(inner)
        signature = default if node.has_signature_default_for(inner) else None
        kind = within.kinds[inner]
        kind = listed(kind) if inner in over else kind
        used = [outer for _, outer in inputs]
        inputs.append((inner, joined(sketch, kind, signature, used)))
    outer_of = dict(inputs)
    outputs: list[tuple[str, str]] = []
    for inner in node.outputs:
        kind = within.kinds[inner]
        outputs.append((inner, sketch.value_name(listed(kind) if mapped else kind)))
    rest = [inner for inner in node.inputs if inner not in over]
    sketch.nodes.append(
        Sub(
            sketch.graph_node_name(),
            graph,
            tuple(inputs),
            tuple(outputs),
            tuple(outer for _, outer in outputs),
            tuple(outer_of[inner] for inner in over),
            sketch.one_of(("zip", "product")) if over else "zip",
            "continue" if mapped and sketch.has("failures", 2) else "raise",
            cloned(sketch, [outer_of[inner] for inner in rest]) if over else False,
        )
    )
    sketch.produced.update(outer for _, outer in outputs)


def mapped_inputs(sketch: Sketch, within: Sketch, inputs: list[str]) -> list[str]:
    """One or two inputs to map over."""
    fit = [name for name in inputs if within.kinds[name] in ("level", "any", "list")]
    return sketch.some_of(fit, 2) or fit[:1]


def listed(kind: Kind) -> Kind:
    """The kind of a list of such values."""
    return "list" if kind in ("level", "any") else "lists"


def joined(sketch: Sketch, kind: Kind, signature: str | None, used: list[str]) -> str:
    """An outer name for an input: one that is there and has the same default, or a new one."""
    fit = [
        name
        for name in sketch.readable(kind)
        if name not in used and (sketch.defaults.get(name, signature) == signature)
    ]
    if fit and sketch.chance(2):
        name = sketch.one_of(fit)
    else:
        name = sketch.input_name(kind)
    sketch.defaults[name] = signature
    return name


def cloned(sketch: Sketch, names_left: list[str]) -> bool | tuple[str, ...]:
    """Which broadcast inputs each item gets a copy of."""
    if not sketch.has("clone", 1):
        return False
    return True if sketch.chance(2) else tuple(sketch.some_of(names_left, 2))
