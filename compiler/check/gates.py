"""What gates may target (G74-G76)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from hypergraph.compiler.declare.gates import RouteNode
from hypergraph.compiler.declare.places import declared_at
from hypergraph.compiler.declare.wiring import targets_of
from hypergraph.compiler.diagnostics import graphs as catalogue
from hypergraph.compiler.diagnostics.problems import closest
from hypergraph.compiler.diagnostics.together import Finding, finding

if TYPE_CHECKING:
    from hypergraph.compiler.declare.graph import Graph


def check_targets_exist(graph: Graph) -> Iterator[Finding]:
    """Every target is ``END`` or a node of the graph (G74)."""
    nodes = graph.nodes
    for gate, node in nodes.items():
        for target in targets_of(node):
            if target not in nodes:
                others = [name for name in nodes if name != gate]
                near = closest(target, others)
                facts = {"gate": gate, "name": target, "nodes": others}
                yield finding(catalogue.UNKNOWN_TARGET, declared_at(node), near=near, **facts)


def check_self_targets(graph: Graph) -> Iterator[Finding]:
    """No gate targets itself (G75)."""
    for gate, node in graph.nodes.items():
        if gate in targets_of(node):
            yield finding(catalogue.SELF_TARGET, declared_at(node), gate=gate)


def check_joint_targets(graph: Graph) -> Iterator[Finding]:
    """Targets that one decision may choose together have no output in common (G76)."""
    nodes = graph.nodes
    for gate, node in nodes.items():
        if not isinstance(node, RouteNode) or not node.multi_target:
            continue
        producers: dict[str, list[str]] = {}
        for target in dict.fromkeys(targets_of(node)):
            for output in nodes[target].outputs:
                producers.setdefault(output, []).append(target)
        for output, targets in producers.items():
            if len(targets) > 1:
                where = (declared_at(each) for each in (node, *(nodes[t] for t in targets)))
                shown = ", ".join(f"'{target}'" for target in targets)
                yield finding(
                    catalogue.SHARED_TARGET_OUTPUT, *where, gate=gate, name=output, targets=shown
                )
