"""A graph while it is being drawn: names in use, and rules it has to keep to stay valid."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, TypeVar

from hypothesis import strategies as st

from . import names
from .spec import Gate, NodeSpec, Param, inputs_of

T = TypeVar("T")
Draw = Callable[[st.SearchStrategy[Any]], Any]
Kind = Literal["any", "level", "list", "lists", "table"]

FEATURES = (
    "async",
    "bad decisions",
    "bindings",
    "cache",
    "chained gates",
    "clone",
    "closed gates",
    "defaults",
    "effects",
    "entrypoint",
    "explicit edges",
    "failures",
    "fallback",
    "falsy",
    "gates",
    "generators",
    "hostile names",
    "in place",
    "interrupts",
    "loops",
    "mapped",
    "merges",
    "miscounts",
    "multi outputs",
    "multi target",
    "nested",
    "ordered producers",
    "param kinds",
    "renames",
    "select",
    "shuffle",
    "signals",
    "spin",
    "spreads",
)


@dataclass
class Sketch:
    """What has been drawn of one graph so far.

    ``kinds`` has every value name with what it carries; ``produced`` those that some node outputs,
    ``contested`` those that several do. ``defaults`` has the default of every name that is an
    input somewhere, or ``None``: all its consumers must agree (G82).
    """

    draw: Draw
    features: frozenset[str]
    depth: int = 0
    nodes: list[NodeSpec] = field(default_factory=list)
    kinds: dict[str, Kind] = field(default_factory=dict)
    produced: set[str] = field(default_factory=set)
    contested: set[str] = field(default_factory=set)
    signals: list[str] = field(default_factory=list)
    defaults: dict[str, str | None] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)

    # ---------------------------------------------------------------- draws

    def has(self, feature: str, one_in: int = 1) -> bool:
        """Whether a feature is switched on for this example, and chosen at this place."""
        return feature in self.features and (one_in == 1 or self.chance(one_in))

    def chance(self, one_in: int) -> bool:
        """True once in so many times; shrinks to false."""
        return self.number(0, one_in - 1) == (one_in + 1) // 2

    def number(self, low: int, high: int) -> int:
        return int(self.draw(st.integers(low, high)))

    def one_of(self, options: Sequence[T]) -> T:
        return options[self.number(0, len(options) - 1)]

    def some_of(self, options: Sequence[T], at_most: int) -> list[T]:
        """Up to so many different ones, in a drawn order."""
        left = list(options)
        count = self.number(0, min(at_most, len(left)))
        return [left.pop(self.number(0, len(left) - 1)) for _ in range(count)]

    def repeats(self, at_most: int) -> Iterator[int]:
        """Once or more, each time asking whether to go on: so any one may be left out later."""
        for i in range(at_most):
            yield i
            if self.draw(_GO_ON) == 0:
                return

    # ---------------------------------------------------------------- names

    def fresh(self, plain: Sequence[str], hostile: Sequence[str], prefix: str) -> str:
        """A name of its kind that this graph does not have yet."""
        pool = hostile if self.has("hostile names", 2) else plain
        free = [name for name in pool if prefix + name not in self.taken]
        name = free[self.number(0, min(len(free) - 1, 60))] if pool is hostile else free[0]
        self.taken.add(prefix + name)
        return name

    def node_name(self) -> str:
        return self.fresh(names.PLAIN_NODES, names.HOSTILE_NODES, "node ")

    def value_name(self, kind: Kind) -> str:
        """A new value name."""
        name = self.fresh(names.PLAIN_VALUES, names.HOSTILE_VALUES, "value ")
        self.kinds[name] = kind
        return name

    def signal(self) -> str:
        """A new signal name; nothing reads it as a value."""
        name = self.fresh(names.PLAIN_VALUES, names.HOSTILE_VALUES, "value ")
        self.signals.append(name)
        return name

    def graph_node_name(self) -> str:
        """A new name for a graph node, which no output may share (G72)."""
        free = [n for n in names.GRAPH_NODES if not self.taken & {f"node {n}", f"value {n}"}]
        name = free[self.number(0, len(free) - 1)] if self.has("hostile names") else free[0]
        self.taken |= {f"node {name}", f"value {name}"}
        return name

    def input_name(self, kind: Kind) -> str:
        """A new name for something that only the caller can give; it need not be an identifier."""
        if not self.has("hostile names", 6):
            return self.value_name(kind)
        name = self.fresh(names.PLAIN_VALUES, names.INPUTS_ONLY + names.HOSTILE_VALUES, "value ")
        self.kinds[name] = kind
        return name

    # ---------------------------------------------------------------- what is known

    def readable(self, kind: Kind | None = None) -> list[str]:
        """The names that a new node may read without closing a loop, latest first."""
        return [n for n, k in reversed(self.kinds.items()) if kind is None or k == kind]

    def default_of(self, name: str) -> str | None:
        """The default that consumers of a name have; decided when it is first read."""
        if name not in self.defaults:
            self.defaults[name] = self.literal(self.kinds[name]) if self.defaulted() else None
        return self.defaults[name]

    def defaulted(self) -> bool:
        return self.has("defaults", 3)

    def literal(self, kind: Kind) -> str:
        """The text of a value of a kind."""
        if kind == "lists":
            return repr([self.draw(_LEVELS) for _ in range(self.number(0, 2))])
        strategy = _BY_KIND[kind]
        return repr(self.draw(strategy))

    def params(self, shown: Sequence[str]) -> tuple[Param, ...]:
        """Parameters for inputs: renamed where wanted or needed, of kinds that Python allows."""
        renames = self.has("renames", 2)
        kept = {name for name in shown if is_parameter(name) and not renames}
        free = [name for name in names.PARAMS if name not in kept]
        made: list[Param] = []
        for name in shown:
            own = name if name in kept else free.pop(self.number(0, 3))
            made.append(Param(own, name, default=self.default_of(name)))
        return self.with_kinds(self.swapped(made))

    def swapped(self, params: list[Param]) -> list[Param]:
        """Sometimes two parameters that have each other's names (G11)."""
        swappable = len(params) > 1 and all(is_parameter(p.shown) for p in params)
        if not (swappable and self.has("renames", 3)):
            return params
        pairs = zip(reversed(params), params, strict=True)
        return [Param(other.shown, p.shown, default=p.default) for other, p in pairs]

    def with_kinds(self, params: list[Param]) -> tuple[Param, ...]:
        """Positional-only ones first, keyword-only ones last, defaults where Python allows them.

        A list may become ``*args`` between them, a table ``**kwargs`` at the end.
        """
        spread = self.spread_of(params, "list")
        by_name = self.spread_of(params, "table")
        params = [p for p in params if p not in (*spread, *by_name)]
        first = self.number(0, len(params)) if self.has("param kinds", 2) else 0
        last = self.number(first, len(params)) if self.has("param kinds", 2) else len(params)
        kinds = ["positional"] * first + ["normal"] * (last - first)
        kinds += ["keyword"] * (len(params) - last)
        bare = [p for p in params if p.default is None]
        ordered = bare + [p for p in params if p.default is not None]
        made = [
            Param(p.name, p.shown, kind, p.default)  # type: ignore[arg-type]
            for p, kind in zip(ordered, kinds, strict=True)
        ]
        made[last:last] = [Param(p.name, p.shown, "spread") for p in spread]
        return (*made, *(Param(p.name, p.shown, "spread by name") for p in by_name))

    def spread_of(self, params: list[Param], kind: Kind) -> list[Param]:
        """A parameter of a kind that takes several arguments at once; it cannot have a default."""
        fit = [p for p in params if self.kinds[p.shown] == kind and p.default is None]
        return [self.one_of(fit)] if fit and self.has("spreads", 2) else []

    # ---------------------------------------------------------------- what leads where

    def after(self, node: str) -> set[str]:
        """A node and all that depend on it, by names, signals and gates."""
        edges = {(u.name, v.name) for u in self.nodes for v in self.nodes if leads_to(u, v)}
        found, frontier = {node}, {node}
        while frontier:
            frontier = {v for u, v in edges if u in frontier} - found
            found |= frontier
        return found

    def before(self, node: str) -> set[str]:
        """A node and all that it depends on."""
        return {other.name for other in self.nodes if node in self.after(other.name)}


def leads_to(one: NodeSpec, other: NodeSpec) -> bool:
    """Whether there is an edge between two nodes (data, ordering or control)."""
    given = set(one.outputs) | set(one.emit)
    wanted = set(inputs_of(other)) | set(other.wait_for)
    return bool(given & wanted) or (isinstance(one, Gate) and other.name in one.targets)


def is_parameter(name: str) -> bool:
    """Whether a name can be written as a parameter, and is the same after Python has read it."""
    return name.isidentifier() and name not in names.INPUTS_ONLY + ("__debug__", "ﬁ")


_GO_ON = st.integers(0, 7)
_LEVELS = st.lists(st.integers(0, 3), max_size=3)
_TABLES: st.SearchStrategy[Any] = st.sampled_from([{}, {"k": 1}, {"u": 0, "w": []}])
_ANYTHING = st.one_of(
    st.integers(0, 3), st.sampled_from([None, "", "text", 0.5, True, False, (), (1,), {}, {"k": 1}])
)
_BY_KIND = {"level": st.integers(0, 3), "list": _LEVELS, "table": _TABLES, "any": _ANYTHING}
