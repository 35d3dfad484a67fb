"""Sync or async: which mode a graph is compiled for, and which node decides that."""

from __future__ import annotations

from collections.abc import Iterator

from hypergraph.compiler.declare.graph import Graph
from hypergraph.compiler.declare.node import HyperNode
from hypergraph.compiler.declare.places import declared_at
from hypergraph.compiler.diagnostics import artifacts as catalogue
from hypergraph.compiler.diagnostics.artifacts import CompileError
from hypergraph.compiler.diagnostics.problems import problem
from hypergraph.compiler.plan import Mode


def mode_for(graph: Graph, wanted: str | None = None) -> Mode:
    """The mode that is wanted, if the graph can have it; without a wish, sync if that is possible.

    Raises ``CompileError`` for a mode that does not exist, and for mode sync when a node at any
    depth is async or an interrupt.

    >>> from hypergraph import Graph, node
    >>> async def fetch(url): return url
    >>> mode_for(Graph([node(fetch, "page")]))
    'async'
    """
    if wanted not in (None, "sync", "async"):
        raise problem(CompileError, catalogue.UNKNOWN_MODE, mode=repr(wanted))
    path, node = next(_that_need_async(graph), ("", None))
    if node is None or wanted == "async":
        return "async" if wanted == "async" else "sync"
    if wanted is None:
        return "async"
    raise problem(
        CompileError,
        catalogue.NEEDS_ASYNC,
        where=[declared_at(node)],
        graph=repr(graph.name or "graph"),
        node=repr(path),
        reason="is an interrupt" if node.is_interrupt else "is async",
    )


def _that_need_async(graph: Graph, prefix: str = "") -> Iterator[tuple[str, HyperNode]]:
    for node in graph.iter_nodes():
        if node.nested_graph is not None:
            yield from _that_need_async(node.nested_graph, f"{prefix}{node.name}/")
        elif node.is_async or node.is_interrupt:
            yield f"{prefix}{node.name}", node
