"""The types on both ends of every data edge (G113, G114)."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from hypergraph.compiler.check.compatible import compatible, resolve
from hypergraph.compiler.declare.nested import accepted_type
from hypergraph.compiler.declare.node import HyperNode
from hypergraph.compiler.declare.places import declared_at
from hypergraph.compiler.diagnostics import graphs as catalogue
from hypergraph.compiler.diagnostics.together import Finding, finding

if TYPE_CHECKING:
    from hypergraph.compiler.declare.graph import Graph


def check_types(graph: Graph) -> Iterator[Finding]:
    """Values that go from a producer to a consumer whose declared type does not take them.

    All producers of a name are compared, and data edges only: a signal has no type (L2).
    """
    if not graph.strict_types:
        return
    nodes = graph.nodes
    for link in graph.wiring.full:
        if link.kind == "data":
            for name in link.names:
                yield from _compare(name, nodes[link.source], nodes[link.target])


def _compare(name: str, source: HyperNode, target: HyperNode) -> Iterator[Finding]:
    given = source.get_output_type(name)
    wanted = accepted_type(target, name)
    ends = {"source": source.name, "target": target.name, "name": name}
    for side, node, declared in (("output", source, given), ("input", target, wanted)):
        if declared is None:
            facts = {"side": side, "node": node.name, **ends}
            yield finding(catalogue.MISSING_TYPE, declared_at(node), **facts)
    if given is None or wanted is None:
        return
    if not compatible(resolve(given, _namespace(source)), resolve(wanted, _namespace(target))):
        yield finding(
            catalogue.TYPE_MISMATCH,
            declared_at(source),
            declared_at(target),
            given=inspect.formatannotation(given),
            wanted=inspect.formatannotation(wanted),
            **ends,
        )


def _namespace(node: HyperNode) -> dict[str, Any]:
    """What a name in an annotation of ``node`` means, as far as its function tells."""
    func = inspect.unwrap(getattr(node, "func", node))  # type: ignore[arg-type]
    return getattr(func, "__globals__", {})
