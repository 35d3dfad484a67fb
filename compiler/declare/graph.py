"""The graph a user declares: nodes, wired by the names they share (section 8)."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from hypergraph.compiler.check.build import named, validate
from hypergraph.compiler.check.exclusive import Branches
from hypergraph.compiler.check.input_spec import Scope, active_nodes, scope_of
from hypergraph.compiler.declare import derive, wiring
from hypergraph.compiler.declare.digraph import is_cyclic
from hypergraph.compiler.declare.edges import read_edges
from hypergraph.compiler.declare.fingerprint import fingerprint
from hypergraph.compiler.declare.nested import GraphNode
from hypergraph.compiler.declare.node import HyperNode
from hypergraph.compiler.declare.places import caller
from hypergraph.compiler.declare.wiring import Wiring, successors, targets_of
from hypergraph.compiler.diagnostics.problems import Place
from hypergraph.runtime.inputs import InputSpec

if TYPE_CHECKING:
    import networkx

    from hypergraph.compiler.declare.picture import Picture
    from hypergraph.runtime.program import Program


class Graph:
    """An immutable description of nodes and of how they feed each other (G48-G61).

    Parameters:
        nodes: the nodes, of any kind; a graph goes in as ``graph.as_node()``.
        edges: ``(source, target)`` or ``(source, target, names)`` tuples. Without them, every
            input is fed by the nodes that produce its name.
        name: what the graph is called when it is nested, run or compiled.
        strict_types: compare the annotations on both ends of every data edge.

    Raises ``GraphConfigError`` for whatever is wrong with the structure (section 8.7).

    >>> from hypergraph import Graph, node
    >>> @node(output_name="net")
    ... def strip_tax(gross, rate=0.2): return gross / (1 + rate)
    >>> graph = Graph([strip_tax], name="billing")
    >>> graph.inputs.required, graph.inputs.optional, graph.outputs
    (('gross',), ('rate',), ('net',))
    """

    __slots__ = (
        "__weakref__",
        "_active",
        "_bindings",
        "_branches",
        "_entrypoints",
        "_hash",
        "_inputs",
        "_nodes",
        "_place",
        "_producers",
        "_programs",
        "_scope",
        "_selected",
        "_strict_types",
        "_wiring",
        "name",
    )

    name: str | None

    def __init__(
        self,
        nodes: Sequence[HyperNode],
        *,
        edges: Sequence[tuple[Any, ...]] | None = None,
        name: str | None = None,
        strict_types: bool = False,
    ) -> None:
        self.name = name
        self._place = caller("graph")
        self._strict_types = strict_types
        self._nodes = named(nodes, self._place)
        self._producers = wiring.producers_of(self._nodes)
        self._wiring = (
            wiring.infer(self._nodes)
            if edges is None
            else wiring.declare(self._nodes, read_edges(self._nodes, edges, self._place))
        )
        self._branches = Branches(self._nodes, self._wiring)
        self._hash: str | None = None
        self._narrow({}, None, None)
        validate(self)

    def _narrow(
        self,
        bindings: dict[str, Any],
        selected: tuple[str, ...] | None,
        entrypoints: tuple[str, ...] | None,
    ) -> None:
        self._bindings = bindings
        self._selected = selected
        self._entrypoints = entrypoints
        self._active: frozenset[str] | None = None
        self._scope: Scope | None = None
        self._inputs: InputSpec | None = None
        self._programs: dict[Any, Any] = {}

    # What was declared

    @property
    def place(self) -> Place | None:
        """Where in the user's source the graph was built."""
        return self._place

    @property
    def strict_types(self) -> bool:
        """Whether annotations were compared when the graph was built."""
        return self._strict_types

    @property
    def explicit_edges(self) -> bool:
        """Whether the user listed the edges."""
        return self._wiring.explicit

    @property
    def nodes(self) -> dict[str, HyperNode]:
        """The nodes by name, in list order; a fresh dict on every access."""
        return dict(self._nodes)

    def node_named(self, name: str) -> HyperNode | None:
        """The node of this name, if there is one; nothing is copied."""
        return self._nodes.get(name)

    def iter_nodes(self) -> Iterator[HyperNode]:
        """The nodes in list order."""
        return iter(tuple(self._nodes.values()))

    @property
    def bindings(self) -> dict[str, Any]:
        """Values bound on this graph itself; a fresh dict on every access."""
        return dict(self._bindings)

    @property
    def selected(self) -> tuple[str, ...] | None:
        """The outputs chosen with ``select``, or ``None``."""
        return self._selected

    @property
    def entrypoints_config(self) -> tuple[str, ...] | None:
        """The nodes named with ``with_entrypoint``, or ``None``."""
        return self._entrypoints

    # What follows from it

    @property
    def wiring(self) -> Wiring:
        """The links between the nodes, as drawn and in full."""
        return self._wiring

    @property
    def branches(self) -> Branches:
        """Which nodes the gates keep from running together."""
        return self._branches

    @property
    def active(self) -> frozenset[str]:
        """The names of the nodes that ``with_entrypoint`` leaves; all without it."""
        if self._active is None:
            self._active = active_nodes(self)
        return self._active

    @property
    def scope(self) -> Scope:
        """The part of the graph that its own selection leaves; for reading only."""
        if self._scope is None:
            self._scope = scope_of(self, self._selected)
        return self._scope

    @property
    def inputs(self) -> InputSpec:
        """What a caller must or may supply (section 9); always the same object (L23)."""
        if self._inputs is None:
            spec = self.scope.spec
            self._inputs = InputSpec(
                spec.required, spec.optional, dict(spec.entrypoints), dict(spec.bound)
            )
        return self._inputs

    @property
    def outputs(self) -> tuple[str, ...]:
        """Every output and signal, in node order, each once."""
        return tuple(self._producers)

    @property
    def leaf_outputs(self) -> tuple[str, ...]:
        """The outputs of nodes that nothing depends on, whichever producer feeds whom (L19)."""
        inner = {link.source for link in self._wiring.full}
        leaves = (node for name, node in self._nodes.items() if name not in inner)
        return tuple(dict.fromkeys(output for node in leaves for output in node.outputs))

    @property
    def has_cycles(self) -> bool:
        """Whether ``nx_graph`` has a cycle; edges of all types count."""
        return is_cyclic(self._nodes, successors(self._wiring.drawn))

    @property
    def has_async_nodes(self) -> bool:
        """Whether any node is async; nested graphs answer for their contents."""
        return any(node.is_async for node in self._nodes.values())

    @property
    def has_interrupts(self) -> bool:
        """Whether a node of this level may pause a run."""
        return any(node.is_interrupt for node in self._nodes.values())

    @property
    def interrupt_nodes(self) -> list[HyperNode]:
        """The nodes of this level that may pause a run, in list order."""
        return [node for node in self._nodes.values() if node.is_interrupt]

    @property
    def controlled_by(self) -> dict[str, list[str]]:
        """For every target of a gate, the gates that target it, in list order."""
        gates: dict[str, list[str]] = {}
        for name, node in self._nodes.items():
            for target in dict.fromkeys(targets_of(node)):
                gates.setdefault(target, []).append(name)
        return gates

    @property
    def self_producers(self) -> dict[str, set[str]]:
        """For every output the names of all nodes that produce it."""
        return {output: set(names) for output, names in self._producers.items()}

    @property
    def sole_producers(self) -> dict[str, str]:
        """The producer of every output that has just one."""
        return {output: names[0] for output, names in self._producers.items() if len(names) == 1}

    @property
    def definition_hash(self) -> str:
        """SHA-256 of the structure and of all functions, as 64 hexadecimal digits (G118)."""
        if self._hash is None:
            self._hash = fingerprint(self._nodes, self._wiring)
        return self._hash

    @property
    def nx_graph(self) -> networkx.DiGraph[str]:
        """The graph as drawn, for networkx (G61); a fresh object on every access (L23)."""
        from hypergraph.compiler.declare.drawn import drawn_graph

        return drawn_graph(self)

    # Graphs made from it

    def bind(self, /, **values: Any) -> Graph:
        """A copy in which names have values (G93-G95).

        Raises ``ValueError`` for names that are neither input nor output, and for signals.

        >>> from hypergraph import Graph, node
        >>> Graph([node(lambda a, b: a, "c").with_name("f")]).bind(b=1).inputs.required
        ('a',)
        """
        derive.check_bindable(self, values)
        return self._derived(bindings={**self._bindings, **values})

    def unbind(self, /, *names: str) -> Graph:
        """A copy without the bindings made on this graph for ``names`` (G96)."""
        kept = {key: value for key, value in self._bindings.items() if key not in names}
        return self._derived(bindings=kept)

    def select(self, /, *names: str) -> Graph:
        """A copy that is asked for the outputs ``names`` only (G97).

        Raises ``ValueError`` for no, unknown or repeated names.
        """
        derive.check_selectable(self, names)
        return self._derived(selected=names)

    def with_entrypoint(self, /, *node_names: str) -> Graph:
        """A copy that starts at these nodes, and at those named before (G98).

        Raises ``GraphConfigError`` for unknown nodes and for gates, ``ValueError`` for no names.
        """
        derive.check_entrypoints(self, node_names)
        accumulated = dict.fromkeys((*(self._entrypoints or ()), *node_names))
        return self._derived(entrypoints=tuple(accumulated))

    def add_nodes(self, /, *nodes: HyperNode) -> Graph:
        """A new graph with ``nodes`` added, bound and selected alike, without entry points (G99).

        Raises ``GraphConfigError`` on a graph with explicit edges and for whatever a new graph
        raises; ``ValueError`` when a binding turned invalid.
        """
        derive.check_extendable(self)
        if not nodes:
            return self
        extended = Graph(
            [*self._nodes.values(), *nodes], name=self.name, strict_types=self._strict_types
        )
        derive.check_still_bindable(extended, self._bindings)
        return extended._derived(bindings=dict(self._bindings), selected=self._selected)

    def as_node(self, *, name: str | None = None) -> GraphNode:
        """The graph as a node (G100). Raises ``ValueError`` when neither it nor you give a name."""
        return GraphNode(self, name)

    def _derived(self, **changes: Any) -> Graph:
        clone = copy.copy(self)
        clone._narrow(
            changes.get("bindings", self._bindings),
            changes.get("selected", self._selected),
            changes.get("entrypoints", self._entrypoints),
        )
        return clone

    # Running it

    def compiled(self, mode: Literal["sync", "async"] = "sync") -> Program:
        """The program of this graph, kept with it; this is how runners execute a graph.

        >>> from hypergraph import Graph, node
        >>> Graph([node(lambda a: 2 * a, "b").with_name("double")]).compiled().run(a=4)["b"]
        8
        """
        if mode not in self._programs:
            from hypergraph.compiler.in_memory import program_in_memory

            self._programs[mode] = program_in_memory(self, mode)
        program: Program = self._programs[mode]
        return program

    # Views

    def to_flat_graph(self) -> networkx.DiGraph[str]:
        """All levels in one networkx graph (G119)."""
        from hypergraph.compiler.declare.flat import flat_graph

        return flat_graph(self)

    def to_mermaid(
        self,
        *,
        depth: int = 0,
        show_types: bool = False,
        separate_outputs: bool = False,
        direction: str = "TD",
        colors: Mapping[str, str] | None = None,
    ) -> str:
        """The graph as Mermaid text (G120).

        Parameters:
            depth: levels of nested graphs to open; the others are one box each.
            show_types: add declared types to the values on arrows.
            separate_outputs: give every value a box of its own.
            direction: ``"TD"``, ``"TB"``, ``"BT"``, ``"LR"`` or ``"RL"``.
            colors: fill colours by shape (``gate``, ``function`` and so on).

        Raises ``ValueError`` for another direction, shape or colour.
        """
        from hypergraph.compiler.declare import diagram, mermaid

        view = diagram.View(depth, show_types, separate_outputs)
        return mermaid.mermaid_text(diagram.diagram_of(self, view), direction, colors)

    def visualize(
        self,
        *,
        depth: int = 0,
        theme: str = "auto",
        show_types: bool = False,
        separate_outputs: bool = False,
        filepath: str | Path | None = None,
    ) -> Picture:
        """The graph as a picture, which a notebook shows and ``filepath`` receives (G120).

        The suffix of ``filepath`` decides what is written: ``.svg``, ``.mmd`` (Mermaid text), or
        else an HTML page that needs no network. Raises ``ValueError`` for an unknown ``theme``.
        """
        from hypergraph.compiler.declare import diagram, picture

        view = diagram.View(depth, show_types, separate_outputs)
        drawn = picture.picture_of(diagram.diagram_of(self, view), self.name or "graph", theme)
        if filepath is not None:
            drawn.save(filepath)
        return drawn

    def debug_viz(self) -> str:
        """All levels as text: every node with what it reads and gives, and every edge (G120)."""
        from hypergraph.compiler.declare.flat import flat_text

        return flat_text(self)

    def __repr__(self) -> str:
        title = "" if self.name is None else f"{self.name!r}, "
        return f"Graph({title}nodes={list(self._nodes)})"
