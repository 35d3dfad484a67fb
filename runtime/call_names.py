"""The names of a call, held against the part of the graph that it concerns (X24, X28)."""

from __future__ import annotations

from functools import cached_property

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

    from hypergraph.runtime.skeleton import Link, Scope, Skeleton


class Given:
    """The names a call supplies; ``answers`` are the dotted ones that answer interrupts (K2)."""

    def __init__(
        self,
        skeleton: Skeleton,
        scope: Scope,
        supplied: tuple[str, ...],
        answers: frozenset[str] = frozenset(),
    ) -> None:
        self.skeleton, self.scope, self.supplied, self.answers = skeleton, scope, supplied, answers
        self.signals = skeleton.signals
        self.nodes = scope.nodes

    @property
    def where(self) -> list[Any]:
        """The place of the graph in somebody's source, if that is known."""
        return [self.skeleton.place(None)]

    @cached_property
    def own(self) -> frozenset[str]:
        """What the call gives and what the graph itself has bound.

        What is bound inside a nested graph does not stand in for a producer outside of it (K18).
        """
        given = self.skeleton.bindings.union(self.supplied)
        return given - self.signals - self.answers

    @cached_property
    def provided(self) -> frozenset[str]:
        """What has a value before anything runs, all bindings included (X24)."""
        return self.own.union(self.scope.bound)

    @cached_property
    def seeded(self) -> frozenset[str]:
        """Names that start loops: those of the entries, and those bound instead (K9)."""
        entries = self.scope.entrypoints.values()
        return self.scope.seeds.intersection(self.skeleton.bindings).union(*entries)

    @cached_property
    def unexpected(self) -> tuple[str, ...]:
        """The names that nobody in scope asks for, sorted (X25)."""
        expected = {*self.scope.all, *self.seeded, *self.answers}
        for node in self.nodes.values():
            if node.asks:
                expected.update(node.data)
        return tuple(sorted(self.skeleton.bindings.union(self.supplied) - expected))

    @cached_property
    def internal(self) -> frozenset[str]:
        """The unexpected names that a node in scope computes for another."""
        return self.scope.edge_names.intersection(self.unexpected) - self.signals

    @cached_property
    def bypassed(self) -> frozenset[str]:
        """Inputs that only nodes need whose outputs were all given instead (X28)."""
        nodes = self.skeleton.nodes
        consumed = consumed_outputs(self.skeleton.links)
        replaced = {
            name for name in nodes if _all_given(consumed.get(name, set()) - self.seeded, self.own)
        }
        if not replaced:
            return frozenset()
        replaced.update(
            name
            for name, node in nodes.items()
            if _all_given({*node.outputs} - self.seeded, self.own)
        )
        idle = {one for name, node in nodes.items() if name in replaced for one in node.inputs}
        needed = {
            one for name, node in nodes.items() if name not in replaced for one in node.inputs
        }
        return frozenset(idle - needed)


def consumed_outputs(links: Iterable[Link]) -> Mapping[str, set[str]]:
    """For each node the outputs that a link takes to a consumer."""
    consumed: dict[str, set[str]] = {}
    for source, _, names in links:
        consumed.setdefault(source, set()).update(names)
    return consumed


def _all_given(outputs: set[str], given: frozenset[str]) -> bool:
    return bool(outputs) and outputs <= given
