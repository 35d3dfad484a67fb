"""The names of a call, held against the part of the graph that it concerns (X24, X28)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from hypergraph.compiler.check.entries import seeds_of
from hypergraph.compiler.check.input_spec import Scope
from hypergraph.compiler.declare.graph import Graph
from hypergraph.compiler.declare.node import HyperNode
from hypergraph.compiler.declare.wiring import Link
from hypergraph.compiler.diagnostics.problems import Place


@dataclass(frozen=True)
class Given:
    """The names a call supplies; ``answers`` are the dotted ones that answer interrupts (K2).

    ``where`` is told in errors; it is empty for nested graphs, whose errors become program text.
    """

    graph: Graph
    scope: Scope
    supplied: tuple[str, ...]
    answers: frozenset[str] = frozenset()
    where: tuple[Place | None, ...] = ()

    @cached_property
    def signals(self) -> frozenset[str]:
        """Names that are emitted and never carry a value; supplying one has no effect (K30)."""
        nodes = tuple(self.graph.iter_nodes())
        data = {name for node in nodes for name in node.data_outputs}
        return frozenset(name for node in nodes for name in node.outputs) - data

    @cached_property
    def own(self) -> frozenset[str]:
        """What the call gives and what the graph itself has bound.

        What is bound inside a nested graph does not stand in for a producer outside of it (K18).
        """
        given = frozenset((*self.graph.bindings, *self.supplied))
        return given - self.signals - self.answers

    @cached_property
    def provided(self) -> frozenset[str]:
        """What has a value before anything runs, all bindings included (X24)."""
        return self.own.union(self.scope.spec.bound)

    @cached_property
    def seeded(self) -> frozenset[str]:
        """Names that start loops: those of the entries, and those bound instead (K9)."""
        entries = self.scope.spec.entrypoints.values()
        bound = self.graph.bindings
        if not bound:
            return frozenset().union(*entries)
        links = [link for link in self.graph.wiring.full if _within(self.scope.active, link)]
        seeds = seeds_of(self.nodes, links, self.graph.branches)
        return seeds.intersection(bound).union(*entries)

    @cached_property
    def nodes(self) -> Mapping[str, HyperNode]:
        """The nodes in scope."""
        active = self.scope.active
        return {node.name: node for node in self.graph.iter_nodes() if node.name in active}

    @cached_property
    def unexpected(self) -> tuple[str, ...]:
        """The names that nobody in scope asks for, sorted (X25)."""
        expected = {*self.scope.spec.all, *self.seeded, *self.answers}
        for node in self.nodes.values():
            if node.is_interrupt:
                expected.update(node.data_outputs)
        return tuple(sorted({*self.graph.bindings, *self.supplied} - expected))

    @cached_property
    def internal(self) -> frozenset[str]:
        """The unexpected names that a node in scope computes for another."""
        return self.scope.edge_names.intersection(self.unexpected) - self.signals

    @cached_property
    def bypassed(self) -> frozenset[str]:
        """Inputs that only nodes need whose outputs were all given instead (X28)."""
        nodes = tuple(self.graph.iter_nodes())
        consumed = consumed_outputs(self.graph.wiring.full)
        replaced = {
            node.name for node in nodes if _all_given(consumed[node.name] - self.seeded, self.own)
        }
        if not replaced:
            return frozenset()
        replaced.update(
            node.name for node in nodes if _all_given({*node.outputs} - self.seeded, self.own)
        )
        idle = {name for node in nodes if node.name in replaced for name in node.inputs}
        needed = {name for node in nodes if node.name not in replaced for name in node.inputs}
        return frozenset(idle - needed)


def consumed_outputs(links: Iterable[Link]) -> Mapping[str, set[str]]:
    """For each node the outputs that a data link takes to a consumer."""
    consumed: dict[str, set[str]] = defaultdict(set)
    for link in links:
        if link.kind == "data":
            consumed[link.source].update(link.names)
    return consumed


def _all_given(outputs: set[str], given: frozenset[str]) -> bool:
    return bool(outputs) and outputs <= given


def _within(active: frozenset[str], link: Link) -> bool:
    return link.source in active and link.target in active
