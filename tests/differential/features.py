"""What a case has in it, in the words of a report."""

from __future__ import annotations

from collections.abc import Iterator

from .spec import Ask, Case, Fn, Gate, GraphSpec, NodeSpec, Sub, inputs_of

FEATURES = (
    "gate",
    "multi-target",
    "loop",
    "nested",
    "mapped",
    "interrupt",
    "async",
    "generator",
    "signals",
    "default",
    "binding",
    "rename",
    "edges",
    "entrypoint",
    "select",
    "map",
    "limit",
    "cache",
    "failure",
)


def features_of(case: Case) -> tuple[str, ...]:
    """The features of a case, in the order of ``FEATURES``."""
    found = {*_of_graph(case.graph), *_of_call(case)}
    return tuple(feature for feature in FEATURES if feature in found)


def _of_call(case: Case) -> Iterator[str]:
    call = case.call
    if call.select is not None:
        yield "select"
    if call.entrypoint is not None:
        yield "entrypoint"
    if call.map_over is not None:
        yield "map"
    if call.max_concurrency is not None:
        yield "limit"


def _of_graph(graph: GraphSpec) -> Iterator[str]:
    marks = {
        "binding": graph.bound,
        "edges": graph.edges is not None,
        "entrypoint": graph.entrypoints,
        "select": graph.selected,
        "loop": _has_loop(graph),
    }
    yield from (mark for mark, there in marks.items() if there)
    for node in graph.nodes:
        yield from _of_node(node)


def _of_node(node: NodeSpec) -> Iterator[str]:
    if node.emit or node.wait_for:
        yield "signals"
    if isinstance(node, Sub):
        yield "mapped" if node.map_over else "nested"
        if any(inner != outer for inner, outer in (*node.inputs, *node.renamed_outputs)):
            yield "rename"
        yield from _of_graph(node.graph)
        return
    yield from ("default" for param in node.params if param.default is not None)
    yield from ("rename" for param in node.params if param.name != param.shown)
    if node.body.does in ("fail", "miscounted", "keyed"):
        yield "failure"
    if isinstance(node, Ask):
        yield "interrupt"
    elif isinstance(node, Gate):
        yield "multi-target" if node.multi_target else "gate"
    if isinstance(node, Fn):
        yield from (word for word in ("async", "generator") if word in node.kind)
    if isinstance(node, (Fn, Gate)) and node.cache:
        yield "cache"


def _has_loop(graph: GraphSpec) -> bool:
    """Whether some node comes after itself."""
    follows = {one.name: {b.name for b in graph.nodes if _leads(one, b)} for one in graph.nodes}
    return any(name in _after(name, follows) for name in follows)


def _leads(one: NodeSpec, other: NodeSpec) -> bool:
    given = {*one.outputs, *one.emit}
    chosen = isinstance(one, Gate) and other.name in one.targets
    return chosen or bool(given & {*inputs_of(other), *other.wait_for})


def _after(name: str, follows: dict[str, set[str]]) -> set[str]:
    found: set[str] = set()
    frontier = follows[name]
    while frontier:
        found |= frontier
        frontier = {later for one in frontier for later in follows[one]} - found
    return found
