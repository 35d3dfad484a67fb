"""The checks of a call before anything runs, in their order (X17)."""

from __future__ import annotations

from typing import Literal

from hypergraph.compiler.check.call_runner import check_runner
from hypergraph.compiler.check.skeleton import skeleton_of
from hypergraph.compiler.declare.graph import Graph
from hypergraph.compiler.schedule.supply import own_supply
from hypergraph.runtime.call import CheckedCall, check_request
from hypergraph.runtime.shapes import Request


def check_call(graph: Graph, request: Request, mode: Literal["sync", "async"]) -> CheckedCall:
    """Check what a call supplies and asks for; values are not looked at (sections 5 and 6).

    Raises, in this order (X17): ``IncompatibleRunnerError`` and ``TypeError`` for what the runner
    cannot execute, and what ``check_request`` raises.

    >>> from hypergraph import Graph, node
    >>> @node(output_name="c")
    ... def add(a, b=1): return a + b
    >>> check_call(Graph([add]), Request(("a",)), "sync").outputs
    ('c',)
    """
    check_runner(graph, mode)
    return check_request(skeleton_of(graph), request)


def is_own(graph: Graph, supplied: frozenset[str]) -> bool:
    """Whether the function for the graph's own shape can be called with these names.

    Loops that can be entered in several ways are not left to find out at run time how they were.
    """
    own, entries = own_supply(graph), graph.scope.spec.entrypoints
    ways = [{entries[node] for node in component} for component in graph.scope.components]
    return own.certain <= supplied <= own.certain | own.maybe and all(len(one) == 1 for one in ways)
