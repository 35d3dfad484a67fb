"""Cases: a drawn graph and a drawn call of it."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from hypergraph import Graph

from ..reference.answers import keys_of
from ..reference.scope import Scope, scope_of
from .graphs import draw_graph, drawn_features
from .sketch import Sketch
from .source import build
from .spec import Call, Case, GraphSpec, MapOver


@st.composite
def cases(
    draw: Any, *, concurrent: bool = False, own_shape: bool = False, asking: bool = False
) -> Case:
    """A graph and a call; without ``concurrent`` nothing in it needs an event loop.

    With ``own_shape`` the call takes the graph as declared, and injects nothing. With ``asking``
    interrupts are always among what may be drawn.
    """
    features = drawn_features(draw) | ({"interrupts"} if asking else set())
    features -= {"in place"} if concurrent else {"async", "interrupts"}
    sketch = Sketch(draw, features)
    graph = draw_graph(sketch)
    return Case(graph, drawn_call(sketch, graph, concurrent, own_shape), concurrent)


def drawn_call(sketch: Sketch, graph: GraphSpec, concurrent: bool, own_shape: bool) -> Call:
    """A call of a graph whose names the sketch knows."""
    built = build(graph).graph
    select = None if own_shape else selection(sketch, built.outputs)
    chosen = built.selected if select is None else None if select == "**" else tuple(select)
    scope = scope_of(built, chosen)
    names = supplied(sketch, scope, injects=not own_shape)
    answered = [name for name in answers(sketch, built) if name not in names]
    if own_shape:
        # A file knows the interrupts only that its entry points leave in.
        asked = {key for keys, active in keys_of(built) if active for key in keys}
        answered = [name for name in answered if name in asked]
    if own_shape and answered:
        # Answers may make up for inputs that are missing, but not in the graph's own shape (X28).
        names += [name for name in scope.required if name not in names]
    names += answered
    over = mapped(sketch, names) if sketch.chance(5) else None
    return Call(
        values=values(sketch, names, over),
        select=select,
        on_missing=sketch.one_of(("ignore", "ignore", "warn", "error")),
        on_internal_override=sketch.one_of(("warn", "ignore", "warn", "error")),
        entrypoint=entrypoint(sketch, scope, names),
        max_iterations=limit(sketch),
        error_handling="raise" if sketch.chance(4) else "continue",
        map_over=over,
        max_concurrency=sketch.number(1, 3) if concurrent and sketch.chance(3) else None,
    )


def selection(sketch: Sketch, outputs: tuple[str, ...]) -> tuple[str, ...] | str | None:
    """What to pass as ``select``."""
    if not sketch.has("select", 3):
        return None
    return "**" if sketch.chance(5) else tuple(sketch.some_of(outputs, 2))


def supplied(sketch: Sketch, scope: Scope, *, injects: bool) -> list[str]:
    """Which names to supply: mostly what is needed, now and then too little or too much."""
    names = list(scope.required)
    if names and sketch.chance(25):
        names.remove(sketch.one_of(names))
    names += [name for name in scope.optional if sketch.chance(3)]
    for loop in scope.loops():
        entries = [member for member in loop.members if member in scope.entrypoints]
        for member in sketch.some_of(entries, 2 if sketch.chance(8) else 1) or entries[:1]:
            names += scope.entrypoints[member]
    inside = sorted(scope.edge_names - set(scope.all))
    if injects and sketch.chance(15):
        names += sketch.some_of(inside, 2)
    if sketch.chance(20):
        names.append("misspelt")
    return [name for name in dict.fromkeys(names) if name in sketch.kinds or name == "misspelt"]


def answers(sketch: Sketch, graph: Graph) -> list[str]:
    """Keys that answer some of the interrupts, hardly ever in part."""
    names: list[str] = []
    for keys, _ in keys_of(graph):
        if sketch.chance(2):
            names += keys[: len(keys) if not sketch.chance(15) else 1]
    return names


def mapped(sketch: Sketch, names: list[str]) -> MapOver | None:
    """One or two of the supplied names to map over."""
    over = sketch.some_of(names, 2)
    if not over:
        return None
    rest = [name for name in names if name not in over]
    some = tuple(sketch.some_of(rest, 1))
    options: list[bool | tuple[str, ...]] = [False, True, some]
    return MapOver(tuple(over), sketch.one_of(("zip", "product")), sketch.one_of(options))


def values(sketch: Sketch, names: list[str], over: MapOver | None) -> tuple[tuple[str, str], ...]:
    """A literal for each supplied name; names mapped over get a list of them."""
    length = sketch.number(0, 3)
    found: list[tuple[str, str]] = []
    for name in names:
        kind = sketch.kinds.get(name, "any")
        if over is not None and name in over.names:
            several = length if not sketch.chance(10) else length + 1
            text = "[" + ", ".join(sketch.literal(kind) for _ in range(several)) + "]"
            found.append((name, text))
        else:
            found.append((name, sketch.literal(kind)))
    return tuple(found)


def entrypoint(sketch: Sketch, scope: Scope, names: list[str]) -> str | None:
    """Sometimes a node at which to enter a loop."""
    if not scope.entrypoints or not sketch.chance(6):
        return None
    return sketch.one_of(sorted(scope.entrypoints))


def limit(sketch: Sketch) -> int | None:
    """A small limit where a loop may go on for ever, and sometimes elsewhere."""
    if "spin" in sketch.features or sketch.chance(6):
        return sketch.number(1, 12)
    return None
