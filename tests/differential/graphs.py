"""Whole graphs: fragments put together, put in order, and narrowed."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import strategies as st

from .acyclic import (
    add_branch,
    add_interrupt,
    add_ordered_producers,
    add_step,
)
from .loops import add_countdown, add_ring
from .nesting import add_nested
from .sketch import FEATURES, Sketch
from .spec import Edge, Gate, GraphSpec, inputs_of

DEEPEST = 2


def drawn_features(draw: Callable[[st.SearchStrategy[bool]], bool]) -> frozenset[str]:
    """A random subset, so that examples are of different character (swarm sampling)."""
    return frozenset(feature for feature in FEATURES if draw(st.booleans()))


def draw_graph(sketch: Sketch) -> GraphSpec:
    """A valid graph whose runs end."""
    for _ in sketch.repeats((6, 3, 1)[sketch.depth]):
        sketch.one_of(fragments(sketch))(sketch)
    nodes = sketch.nodes
    if sketch.has("shuffle"):
        nodes = sketch.draw(st.permutations(nodes))
    edges = declared_edges(sketch) if sketch.has("explicit edges", 3) else None
    return GraphSpec(
        tuple(nodes),
        None,
        edges,
        bindings(sketch),
        entrypoints(sketch) if sketch.has("entrypoint", 4) else (),
        selection(sketch) if sketch.has("select", 4) else (),
    )


def fragments(sketch: Sketch) -> list[Callable[[Sketch], object]]:
    """What may be added next."""
    found: list[Callable[[Sketch], object]] = [add_step]
    if "gates" in sketch.features:
        found += [add_branch, add_branch]
    if "loops" in sketch.features:
        found += [add_countdown, add_ring, add_ring]
    if "ordered producers" in sketch.features:
        found.append(add_ordered_producers)
    if "interrupts" in sketch.features:
        found.append(add_interrupt)
    if "nested" in sketch.features and sketch.depth < DEEPEST:
        found.append(lambda outer: add_nested(outer, draw_graph, mapped=False))
    if "mapped" in sketch.features and sketch.depth < DEEPEST:
        found.append(lambda outer: add_nested(outer, draw_graph, mapped=True))
    return found


def declared_edges(sketch: Sketch) -> tuple[Edge, ...] | None:
    """Most of the edges that would be inferred, and some that only order (X151)."""
    if sketch.contested:
        return None
    edges: list[Edge] = []
    for source in sketch.nodes:
        for target in sketch.nodes:
            names = tuple(n for n in inputs_of(target) if n in source.outputs)
            if names and not sketch.chance(5):
                edges.append((source.name, target.name, None if sketch.chance(3) else names))
            elif not names and sketch.chance(8) and source is not target:
                edges.append((source.name, target.name, ()))
    return tuple(edges)


def bindings(sketch: Sketch) -> tuple[tuple[str, str], ...]:
    """Values for some of the inputs, rarely for a name that is also produced."""
    if not sketch.has("bindings", 2):
        return ()
    read = list(dict.fromkeys(name for node in sketch.nodes for name in inputs_of(node)))
    fit = [n for n in read if n not in sketch.produced or sketch.chance(6)]
    return tuple((n, sketch.literal(sketch.kinds[n])) for n in sketch.some_of(fit, 2))


def entrypoints(sketch: Sketch) -> tuple[str, ...]:
    """One or two nodes to start at."""
    fit = [node.name for node in sketch.nodes if not isinstance(node, Gate)]
    return tuple(sketch.some_of(fit, 2))


def selection(sketch: Sketch) -> tuple[str, ...]:
    """One or two outputs to keep."""
    return tuple(sketch.some_of(sorted(sketch.produced), 2))
