"""Whether a kind of runner can execute a graph at all (X20, X21)."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING, Literal

from hypergraph.compiler.check.nesting import asks
from hypergraph.compiler.declare.function import FunctionNode
from hypergraph.compiler.declare.gates import IfElseNode, RouteNode
from hypergraph.compiler.declare.interrupt import InterruptNode
from hypergraph.compiler.declare.nested import GraphNode
from hypergraph.compiler.declare.node import HyperNode
from hypergraph.compiler.declare.places import declared_at
from hypergraph.compiler.diagnostics import inputs as catalogue
from hypergraph.compiler.diagnostics.problems import problem
from hypergraph.runtime.errors import IncompatibleRunnerError

if TYPE_CHECKING:
    from hypergraph.compiler.declare.graph import Graph

_PLAIN: tuple[type[HyperNode], ...] = (FunctionNode, GraphNode, IfElseNode, RouteNode)


def check_runner(graph: Graph, mode: Literal["sync", "async"]) -> None:
    """Refuse what runners of a mode cannot execute.

    Raises ``IncompatibleRunnerError`` for async nodes and for interrupts under a sync runner, at
    any depth (X20, K29), and ``TypeError`` for nodes of a class of the user's own (X21).

    >>> from hypergraph import Graph, node
    >>> @node(output_name="b")
    ... async def fetch(a): return a
    >>> check_runner(Graph([fetch]), "async")
    """
    if mode == "sync":
        check_plain(graph)
        check_unpausing(graph)
    check_node_types(graph, mode)


def check_plain(graph: Graph) -> None:
    """Refuse async nodes; a graph node is async when anything inside is (X20)."""
    nodes = [node for node in graph.iter_nodes() if node.is_async]
    if nodes:
        raise problem(
            partial(
                IncompatibleRunnerError,
                node_name=nodes[0].name,
                capability="supports_async_nodes",
            ),
            catalogue.ASYNC_NODES,
            where=[declared_at(node) for node in nodes],
            nodes=quoted(node.name for node in nodes),
        )


def check_unpausing(graph: Graph) -> None:
    """Refuse interrupts, and graph nodes with interrupts inside (K29)."""
    nodes = [node for node in graph.iter_nodes() if _may_pause(node)]
    if nodes:
        raise problem(
            partial(
                IncompatibleRunnerError,
                node_name=nodes[0].name,
                capability="supports_interrupts",
            ),
            catalogue.INTERRUPTS,
            where=[declared_at(node) for node in nodes],
            nodes=quoted(node.name for node in nodes),
        )


def _may_pause(node: HyperNode) -> bool:
    if isinstance(node, GraphNode):
        return asks(node.graph)
    return node.is_interrupt


def check_node_types(graph: Graph, mode: Literal["sync", "async"], placed: bool = True) -> None:
    """Refuse subclasses of the node types, which compile to what their base class does (X21).

    ``placed`` is whether the error may tell a place in the user's source.
    """
    supported = _PLAIN if mode == "sync" else (*_PLAIN, InterruptNode)
    for node in graph.iter_nodes():
        if type(node) not in supported:
            raise problem(
                TypeError,
                catalogue.NODE_TYPE,
                where=[declared_at(node)] if placed else (),
                type=type(node).__name__,
                node=node.name,
                supported=", ".join(kind.__name__ for kind in supported),
            )


def quoted(names: Iterable[str]) -> str:
    """Names as they are shown in messages."""
    return ", ".join(f"'{name}'" for name in names)
