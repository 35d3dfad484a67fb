"""Which nodes the gates of a graph keep from running together (G62)."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, cached_property

from hypergraph.compiler.declare.digraph import levels, successors_of
from hypergraph.compiler.declare.gates import GateNode, RouteNode
from hypergraph.compiler.declare.node import HyperNode
from hypergraph.compiler.declare.wiring import Wiring, successors, targets_of

Separated = Callable[[str, str], bool]


class Branches:
    """The branches of all gates that choose at most one of several targets.

    A node belongs to the branch of target t when it is reached from t and from no other target of
    the gate. Two nodes are exclusive when some gate has them on different branches.
    """

    def __init__(self, nodes: Mapping[str, HyperNode], wiring: Wiring) -> None:
        self._nodes = nodes
        self._wiring = wiring

    @cached_property
    def level(self) -> dict[str, int]:
        """For each node a number that no link lowers; it keeps searches short."""
        return levels(self._nodes, successors(self._wiring.full))

    @cached_property
    def _targets(self) -> dict[str, dict[str, None]]:
        alternatives = (
            (name, _alternatives(node, self._nodes)) for name, node in self._nodes.items()
        )
        return {name: targets for name, targets in alternatives if targets}

    @cached_property
    def _following(self) -> dict[str, dict[str, None]]:
        return successors(self._wiring.drawn)

    @cached_property
    def _preceding(self) -> dict[str, dict[str, None]]:
        return successors_of((link.target, link.source) for link in self._wiring.drawn)

    def separated(self, members: Sequence[str]) -> Separated:
        """A test for pairs of ``members``: whether they are exclusive."""
        ceiling = max(self.level[name] for name in members)

        @cache
        def branch_of(gate: str) -> dict[str, str]:
            reached = self._reached(gate, ceiling)
            return {name: label for name in members if (label := reached.get(name)) is not None}

        def test(first: str, second: str) -> bool:
            branches = map(branch_of, self._gates_above(first))
            return any(
                first in branch and second in branch and branch[first] != branch[second]
                for branch in branches
            )

        return test

    def siblings(self, first: str, second: str) -> bool:
        """Whether one gate targets both, which is the usual way of being exclusive."""
        gates = self._preceding.get(first, {})
        return any(first in self._targets.get(g, ()) and second in self._targets[g] for g in gates)

    def _reached(self, gate: str, ceiling: int) -> dict[str, str | None]:
        """For each node up to the level ``ceiling`` the one target that leads to it, or ``None``.

        Every node is visited at most twice: when it is first reached, and when it turns out that
        a second target leads to it as well.
        """
        reached: dict[str, str | None] = {}
        pending: list[tuple[str, str | None]] = [(name, name) for name in self._targets[gate]]
        while pending:
            name, label = pending.pop()
            if self.level[name] > ceiling:
                continue
            if name in reached:
                if reached[name] is None or reached[name] == label:
                    continue
                label = None
            reached[name] = label
            pending.extend((following, label) for following in self._following.get(name, ()))
        return reached

    def _gates_above(self, name: str) -> Iterator[str]:
        """The choosing gates that lead to ``name``, nearest first."""
        seen, pending = {name}, deque([name])
        while pending:
            here = pending.popleft()
            if here in self._targets:
                yield here
            for before in self._preceding.get(here, ()):
                if before not in seen:
                    seen.add(before)
                    pending.append(before)


def _alternatives(node: HyperNode, nodes: Mapping[str, HyperNode]) -> dict[str, None]:
    """The targets among which ``node`` chooses one; nothing when it does not exclude any."""
    if not isinstance(node, GateNode) or (isinstance(node, RouteNode) and node.multi_target):
        return {}
    targets = dict.fromkeys(name for name in targets_of(node) if name in nodes)
    return targets if len(targets) > 1 else {}
