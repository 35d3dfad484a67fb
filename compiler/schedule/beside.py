"""Under asyncio, what does not depend on a loop does not wait for it (design, rule 3).

Input: the supersteps of a plan and, per node, the loops it waits for. Output: the stretches of
supersteps in which something goes on beside a loop, each divided into lanes by the loops that are
waited for. Invariant: of two items of a stretch of which one reads or writes what the other writes,
the later one waits for every loop that the earlier one waits for, or is. A loop with nothing beside
it is in no stretch.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from hypergraph.compiler.plan import Beside, Lane, Loop, Slot, Step, Superstep
from hypergraph.compiler.plan_slots import Item, nodes_of, slots_read, slots_written
from hypergraph.compiler.schedule.regions import Region

Loops = frozenset[str]
_NONE: Loops = frozenset()


def beside_of(
    generations: Iterable[Sequence[Region]],
    edges: Iterable[tuple[str, str]],
    supersteps: Sequence[Superstep],
) -> tuple[Beside, ...]:
    """The stretches of supersteps in which something goes on beside a loop.

    A stretch ends where everything that follows waits for all of its loops.
    """
    if not any(_loops_in(superstep) for superstep in supersteps):
        return ()
    order = _in_order(generations, supersteps)
    waits = _loops_before(order, edges, supersteps, {})
    while wider := _kept_together(supersteps, waits):
        waits = _loops_before(order, edges, supersteps, wider)
    common = _common_after(supersteps, waits)
    found: list[Beside] = []
    place = 0
    while place < len(supersteps):
        end, loops = place, _loops_in(supersteps[place])
        while not common[end].issuperset(loops):
            end += 1
            loops = [*loops, *_loops_in(supersteps[end])]
        stretch = supersteps[place : end + 1]
        if loops and sum(len(superstep.items) for superstep in stretch) > 1:
            lanes = _lanes(stretch, loops, waits)
            found.append(Beside(stretch[0].number, stretch[-1].number, lanes))
        place = end + 1
    return tuple(found)


def one_after_another(items: Sequence[Item]) -> list[tuple[Item, ...]]:
    """The items of a generation, with a loop after everything that writes what it writes (X53)."""
    steps = [item for item in items if isinstance(item, Step)]
    groups: list[list[Item]] = [[*steps]]
    written = {slot for step in steps for slot in slots_written(step)}
    for loop in items:
        if isinstance(loop, Step):
            continue
        if not written.isdisjoint(slots_written(loop)):
            groups.append([])
        groups[-1].append(loop)
        written |= slots_written(loop)
    order = {id(item): place for place, item in enumerate(items)}
    return [tuple(sorted(group, key=lambda one: order[id(one)])) for group in groups]


def _loops_in(superstep: Superstep) -> list[str]:
    return [nodes_of(item)[0] for item in superstep.items if isinstance(item, Loop)]


def _lanes(
    stretch: Sequence[Superstep], loops: Sequence[str], waits: dict[str, Loops]
) -> tuple[Lane, ...]:
    """The items by the loops of this stretch that they wait for; a loop heads what waits for it."""
    lanes: dict[tuple[str, ...], list[str]] = {(): []}
    for superstep in stretch:
        for item in superstep.items:
            nodes = nodes_of(item)
            own = waits[nodes[0]] | ({nodes[0]} if isinstance(item, Loop) else set())
            lane = tuple(loop for loop in loops if loop in own)
            lanes.setdefault(lane, []).extend(nodes)
    ordered = sorted(lanes.items(), key=lambda one: len(one[0]))  # after those they wait for
    return tuple(Lane(lane, tuple(nodes)) for lane, nodes in ordered)


def _common_after(supersteps: Sequence[Superstep], waits: dict[str, Loops]) -> list[Loops]:
    """Per superstep, the loops that everything after it waits for."""
    after = frozenset(loop for superstep in supersteps for loop in _loops_in(superstep))
    common: list[Loops] = []
    for superstep in reversed(supersteps):
        common.append(after)
        after = after.intersection(*(waits[nodes_of(item)[0]] for item in superstep.items))
    return common[::-1]


# -- What waits for which loop --------------------------------------------------------------------


def _loops_before(
    order: Iterable[Region],
    edges: Iterable[tuple[str, str]],
    supersteps: Sequence[Superstep],
    least: dict[str, Loops],
) -> dict[str, Loops]:
    """Per node, the loops that must be over before it can begin, each by its first member."""
    sources: dict[str, set[str]] = defaultdict(set)
    for source, target in edges:
        sources[target].add(source)
    items = {node: item for one in supersteps for item in one.items for node in nodes_of(item)}
    waits: dict[str, Loops] = {}
    after: dict[str, Loops] = {}
    touched = _Touched()
    for region in order:
        leading = {source for node in region.members for source in sources[node]}
        own = _NONE.union(*(after[source] for source in leading.difference(region.members)))
        item = next((items[node] for node in region.members if node in items), None)
        if item is not None:
            own = own.union(touched.before(item), least.get(region.members[0], _NONE))
            touched.add(item, own | _own_loop(item))
        waits.update(dict.fromkeys(region.members, own))
        after.update(dict.fromkeys(region.members, own | _own_loop(item)))
    return waits


def _in_order(
    generations: Iterable[Sequence[Region]], supersteps: Sequence[Superstep]
) -> list[Region]:
    """Regions as they are run; what never runs comes first in its generation."""
    found = [(node, one) for one in supersteps for item in one.items for node in nodes_of(item)]
    numbers = {node: superstep.number for node, superstep in found}

    def number(region: Region) -> int:
        return max(numbers.get(node, 0) for node in region.members)

    return [region for one in generations for region in sorted(one, key=number)]


def _kept_together(supersteps: Sequence[Superstep], waits: dict[str, Loops]) -> dict[str, Loops]:
    """Steps that write one slot in one superstep, so that the last wins, wait for the same (X53).

    Empty when they do so already.
    """
    wider: dict[str, Loops] = {}
    for superstep in supersteps:
        writers: dict[Slot, list[str]] = defaultdict(list)
        for item in superstep.items:
            for slot in slots_written(item):
                writers[slot].append(nodes_of(item)[0])
        for nodes in writers.values():
            every = _NONE.union(*(waits[node] for node in nodes))
            wider.update({node: every for node in nodes if waits[node] != every})
    return {**waits, **wider} if wider else {}


def _own_loop(item: Item | None) -> Loops:
    return frozenset(nodes_of(item)[:1]) if isinstance(item, Loop) else _NONE


class _Touched:
    """Which loops are over once nobody reads, or writes, a slot any more."""

    def __init__(self) -> None:
        self.readers: dict[Slot, Loops] = {}
        self.writers: dict[Slot, Loops] = {}

    def before(self, item: Item) -> Loops:
        """The loops that have to do with what the item reads or writes."""
        written = slots_written(item)
        touched = [self.readers.get(slot, _NONE) for slot in written]
        touched += [self.writers.get(slot, _NONE) for slot in (*written, *slots_read(item))]
        return _NONE.union(*touched)

    def add(self, item: Item, loops: Loops) -> None:
        for slot in slots_read(item):
            self.readers[slot] = self.readers.get(slot, _NONE) | loops
        for slot in slots_written(item):
            self.writers[slot] = self.writers.get(slot, _NONE) | loops
