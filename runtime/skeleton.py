"""A graph as far as the checks of a call need it: names, and which node matters to which."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
    from typing import Any

    Link = tuple[str, str, tuple[str, ...]]
    """A node, one that it matters to, and the values that go there, if any do."""


class Part:
    """A node: its inputs and those of them with a default, its outputs and its signals.

    ``targets`` is ``None`` unless the node is a gate. ``asks`` is true for interrupts, ``bound``
    holds what is bound inside a nested graph, and nodes that entry points leave out are not
    ``active``.
    """

    def __init__(
        self,
        inputs: tuple[str, ...] = (),
        outputs: tuple[str, ...] = (),
        defaults: tuple[str, ...] = (),
        signals: tuple[str, ...] = (),
        targets: tuple[str, ...] | None = None,
        asks: bool = False,
        bound: tuple[str, ...] = (),
        active: bool = True,
    ) -> None:
        self.inputs, self.data, self.defaults = inputs, outputs, frozenset(defaults)
        self.outputs, self.targets, self.asks = (*outputs, *signals), targets, asks
        self.bound, self.active = bound, active


class Cycle:
    """Nodes that feed each other, the names they feed, and those that others feed as well."""

    def __init__(
        self, members: tuple[str, ...], fed: tuple[str, ...], supplied: tuple[str, ...] = ()
    ) -> None:
        self.members, self.fed, self.supplied = members, frozenset(fed), frozenset(supplied)


class Skeleton:
    """The nodes of a graph by name, the links between them, its cycles and its bindings.

    ``selected`` are the outputs that the graph asks for, ``None`` for all. ``questions`` are those
    of its interrupts, at any depth: the node, the keys that answer it, whether it can be reached.
    ``place`` tells where a node, or for ``None`` the graph, is in somebody's source, if at all.

    >>> parts = {"f": Part(("x",), ("y",)), "g": Part(("y",), ("z",)), "h": Part(("w",), ("v",))}
    >>> skeleton = Skeleton(parts, [("f", "g", ("y",))])
    >>> skeleton.outputs, skeleton.scope(("z",)).required
    (('y', 'z', 'v'), ('x',))
    """

    def __init__(
        self,
        nodes: Mapping[str, Part],
        links: Sequence[Link] = (),
        cycles: Sequence[Cycle] = (),
        bindings: Collection[str] = (),
        selected: tuple[str, ...] | None = None,
        questions: Sequence[tuple[str, tuple[str, ...], bool]] = (),
        graphs: Collection[str] = (),
        place: Callable[[str | None], Any] = lambda name: None,
    ) -> None:
        self.nodes, self.links, self.cycles = nodes, links, cycles
        self.bindings, self.selected = frozenset(bindings), selected
        self.questions, self.graphs, self.place = questions, graphs, place
        self.outputs = tuple(dict.fromkeys(one for node in nodes.values() for one in node.outputs))
        data = {one for node in nodes.values() for one in node.data}
        self.signals = frozenset(self.outputs) - data

    def scope(self, selected: Iterable[str] | None) -> Scope:
        """The part of the graph that a selection leaves; ``None`` stands for all outputs (X24)."""
        active = frozenset(name for name, node in self.nodes.items() if node.active)
        links = [one for one in self.links if active.issuperset(one[:2])]
        if selected is not None:
            wanted = set(selected)
            makers = [name for name in active if not wanted.isdisjoint(self.nodes[name].outputs)]
            active = needed_for(makers, links, self.nodes)
            links = [one for one in links if active.issuperset(one[:2])]
        return Scope(self, active, links)


class Scope:
    """What a part of a graph needs to be given (G85).

    ``entrypoints`` has, for each node at which a loop may be entered, the names it needs there;
    ``components`` groups these nodes by loop. ``seeds`` are the names that loops feed themselves.
    """

    def __init__(self, skeleton: Skeleton, active: frozenset[str], links: Sequence[Link]) -> None:
        nodes = {name: node for name, node in skeleton.nodes.items() if name in active}
        self.active, self.nodes, self.links = active, nodes, links
        self.edge_names = frozenset(name for _, _, names in links for name in names)
        cycles = [one for one in skeleton.cycles if active.issuperset(one.members)]
        self.seeds = frozenset(name for one in cycles for name in one.fed - one.supplied)
        asked = {name for node in nodes.values() if node.asks for name in node.outputs}
        needed = self.seeds - skeleton.bindings - asked
        loops = [entries_of(nodes, one, needed - one.supplied) for one in cycles]
        loops = [entries for entries in loops if entries]
        self.entrypoints = {name: names for loop in loops for name, names in loop.items()}
        self.components = tuple(map(tuple, loops))
        self.required, self.optional = self._inputs(skeleton.bindings)
        self.bound = skeleton.bindings.union(self._bound_inside())
        seeds = [name for names in self.entrypoints.values() for name in names]
        self.all = tuple(dict.fromkeys((*self.required, *self.optional, *seeds)))

    def _inputs(self, bindings: Collection[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
        elsewhere = self.edge_names.union(*self.entrypoints.values())
        optional: dict[str, bool] = {}
        for node in self.nodes.values():
            for name in node.inputs:
                if name not in elsewhere and not optional.get(name):
                    optional[name] = name in bindings or name in node.defaults
        required = tuple(name for name, without in optional.items() if not without)
        return required, tuple(name for name, without in optional.items() if without)

    def _bound_inside(self) -> set[str]:
        """What nested graphs have bound.

        What is bound deep inside, and is no input of the nested graph, must not answer for another
        node's input that happens to have the same name.
        """
        read = {name for node in self.nodes.values() for name in node.inputs}
        return {
            name
            for node in self.nodes.values()
            for name in node.bound
            if name in node.inputs or name not in read
        }


def entries_of(
    nodes: Mapping[str, Part], cycle: Cycle, needed: Collection[str]
) -> dict[str, tuple[str, ...]]:
    """For each node at which a cycle may be entered the names it needs there (G87-G90)."""
    entries: dict[str, tuple[str, ...]] = {}
    for name in sorted(cycle.members):
        node = nodes[name]
        names = tuple(one for one in node.inputs if one in needed and one not in node.defaults)
        if names and node.targets is None:
            entries[name] = names
    return entries


def needed_for(
    start: Iterable[str], links: Iterable[Link], nodes: Mapping[str, Part]
) -> frozenset[str]:
    """Close ``start`` under predecessors, and under all that a gate's choice may lead to."""
    following: dict[str, list[str]] = {}
    preceding: dict[str, list[str]] = {}
    for source, target, _ in links:
        following.setdefault(source, []).append(target)
        preceding.setdefault(target, []).append(source)
    needed: set[str] = set()
    chosen: set[str] = set()
    pending = [(name, False) for name in start]
    while pending:
        name, by_gate = pending.pop()
        if name not in needed:
            needed.add(name)
            pending.extend((before, False) for before in preceding.get(name, ()))
            targets = nodes[name].targets or ()
            pending.extend((one, True) for one in following.get(name, ()) if one in targets)
        if by_gate and name not in chosen:
            chosen.add(name)
            pending.extend((after, True) for after in following.get(name, ()))
    return frozenset(needed)
