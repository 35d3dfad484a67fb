"""A graph as a node of another graph (section 11)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from hypergraph.compiler.declare.mapping import MapOver, Mode, OnError, check_map_over
from hypergraph.compiler.declare.node import HyperNode, no_default
from hypergraph.compiler.diagnostics import graphs as catalogue
from hypergraph.compiler.diagnostics.problems import Place, problem

if TYPE_CHECKING:
    from hypergraph.compiler.declare.graph import Graph


class GraphNode(HyperNode):
    """A node that runs a graph (G100-G107).

    Its inputs and outputs are what the graph needs and gives at the time the node is made. Signals
    stay inside the graph, and so do the outputs of nodes that its entry points leave out. Of a loop
    with several entries, of which ``with_entrypoint`` names one, only that one's names are inputs.

    Raises ``ValueError`` without a name, or for one with ``.`` or ``/``.

    >>> from hypergraph import Graph, node
    >>> inner = Graph([node(lambda text: [text], "vector").with_name("embed")], name="embedder")
    >>> inner.as_node().with_inputs(text="document").inputs
    ('document',)
    """

    def __init__(self, graph: Graph, name: str | None = None) -> None:
        self.name = _checked_name(name or graph.name, graph.place)
        self._graph = graph
        self._inner_inputs = tuple(_exposed_inputs(graph))
        self._inner_outputs = tuple(_exposed_outputs(graph))
        self._readers = _readers(graph, self._inner_inputs)
        self._defaulted = _defaulted(graph, self._readers)
        self._signature_defaulted = _signature_defaulted(graph, self._readers)
        self._map_over: MapOver | None = None
        self.inputs = self._inner_inputs
        self.outputs = self._inner_outputs
        self._rename_history = []

    @property
    def graph(self) -> Graph:
        """The graph inside."""
        return self._graph

    @property
    def nested_graph(self) -> Graph:
        """The graph inside."""
        return self._graph

    @property
    def node_type(self) -> str:
        """``"GRAPH"``."""
        return "GRAPH"

    @property
    def is_async(self) -> bool:
        """Whether any node inside, at any depth, is async."""
        return self._graph.has_async_nodes

    @property
    def definition_hash(self) -> str:
        """That of the graph inside; renaming and mapping do not change it."""
        return self._graph.definition_hash

    @property
    def map_config(self) -> tuple[list[str], Mode, OnError] | None:
        """Mapped inputs by their current names, mode and error handling; ``None`` unless mapped."""
        if self._map_over is None:
            return None
        params = [self._outer_inputs[name] for name in self._map_over.params]
        return params, self._map_over.mode, self._map_over.error_handling

    @property
    def clone(self) -> bool | list[str]:
        """Which inputs are copied for every item: all, none, or those with these current names."""
        if self._map_over is None or isinstance(self._map_over.clone, bool):
            return self._map_over is not None and self._map_over.clone is True
        return [self._outer_inputs[name] for name in self._map_over.clone]

    @property
    def output_annotation(self) -> dict[str, Any]:
        """The type of every output, ``None`` when unknown; lists of it once mapped (G104, G110)."""
        return {name: self.get_output_type(name) for name in self.outputs}

    @property
    def _outer_inputs(self) -> Mapping[str, str]:
        return dict(zip(self._inner_inputs, self.inputs, strict=True))

    def map_over(
        self,
        *params: str,
        mode: Mode = "zip",
        error_handling: OnError = "raise",
        clone: bool | list[str] = False,
    ) -> GraphNode:
        """A copy that runs the graph once for every item of the inputs ``params`` (G108-G112).

        Parameters:
            params: current names of the inputs that are lists of items.
            mode: ``"zip"`` pairs the items of equally long lists, ``"product"`` combines all.
            error_handling: ``"raise"`` stops at a failed item, ``"continue"`` keeps ``None``.
            clone: the other inputs to copy for every item: all, none, or a list of names.

        Raises ``ValueError`` for no, unknown or repeated names, and for an unknown mode or error
        handling; ``TypeError`` for a ``clone`` of another type.
        """
        check_map_over(self, params, mode, error_handling, clone)
        inner = dict(zip(self.inputs, self._inner_inputs, strict=True))
        copied = clone if isinstance(clone, bool) else tuple(inner[name] for name in clone)
        mapped = self.with_inputs()
        mapped._map_over = MapOver(
            tuple(inner[name] for name in params), mode, error_handling, copied
        )
        return mapped

    def with_name(self, name: str) -> GraphNode:
        """A copy called ``name``. Raises ``ValueError`` for ``.`` and ``/`` in it (L13)."""
        _check_characters(name, self._graph.place)
        return super().with_name(name)

    def map_inputs_to_params(self, inputs: dict[str, Any]) -> dict[str, Any]:
        """``inputs`` with current names replaced by those inside the graph (G106)."""
        return _translated(inputs, self.inputs, self._inner_inputs)

    def map_outputs_from_original(self, outputs: dict[str, Any]) -> dict[str, Any]:
        """``outputs`` with names inside the graph replaced by current ones (G106)."""
        return _translated(outputs, self._inner_outputs, self.outputs)

    def inner_bindings(self) -> dict[str, Any]:
        """What is bound inside the graph, by current names where these are inputs (G105, L7)."""
        outer = dict(zip(self._inner_inputs, self.inputs, strict=True))
        return {
            outer.get(name, name): value
            for name, value in self._graph.scope.spec.bound.items()
            # A bound seed of a loop inside is no input, though another input may have its name.
            if name in outer or name not in self.inputs
        }

    def has_default_for(self, param: str) -> bool:
        """Whether ``param`` is bound inside, or a node inside has a default for it (G103)."""
        return self._inner(param) in self._defaulted

    def get_default_for(self, param: str) -> Any:
        """The value bound inside, or the first default there. Raises ``KeyError`` without one."""
        name = self._inner(param)
        if name is not None and name in self._defaulted:
            bound = self._graph.scope.spec.bound
            if name in bound:
                return bound[name]
            node = next(node for node in self._readers[name] if node.has_default_for(name))
            return node.get_default_for(name)
        raise no_default(self, param)

    def has_signature_default_for(self, param: str) -> bool:
        """Whether ``param`` is not bound inside and all nodes there have a default for it (G84)."""
        return self._inner(param) in self._signature_defaulted

    def get_signature_default_for(self, param: str) -> Any:
        """The default that all nodes inside agree on. Raises ``KeyError`` without one."""
        name = self._inner(param)
        if name is None or name not in self._signature_defaulted:
            raise no_default(self, param)
        return self._readers[name][0].get_signature_default_for(name)

    def get_input_type(self, param: str) -> Any:
        """What the first node inside that reads ``param`` declares, for one item (G104)."""
        name = self._inner(param)
        return None if name is None else accepted_type(self._readers[name][0], name)

    def get_output_type(self, output: str) -> Any:
        """What the last node inside that produces ``output`` declares; a list once mapped."""
        if output not in self.outputs:
            return None
        inner = dict(zip(self.outputs, self._inner_outputs, strict=True))[output]
        declared = None
        for node in _active(self._graph):
            if inner in node.data_outputs:
                declared = node.get_output_type(inner)
        if self._map_over is None:
            return declared
        return list if declared is None else list[declared]  # type: ignore[valid-type]

    def _inner(self, param: str) -> str | None:
        """The name inside the graph of a current input."""
        return dict(zip(self.inputs, self._inner_inputs, strict=True)).get(param)

    def __repr__(self) -> str:
        original = self._graph.name
        shown = self.name if original in (None, self.name) else f"{original} as '{self.name}'"
        return f"GraphNode({shown}, inputs={self.inputs}, outputs={self.outputs})"


def accepted_type(node: HyperNode, param: str) -> Any:
    """The type ``node`` takes for ``param``: a list of items if it maps over it (L3)."""
    declared = node.get_input_type(param)
    config = node.map_config if isinstance(node, GraphNode) else None
    if declared is None or config is None or param not in config[0]:
        return declared
    return list[declared]  # type: ignore[valid-type]


def _checked_name(name: str | None, built: Place | None) -> str:
    if not name:
        raise problem(ValueError, catalogue.NESTED_UNNAMED, where=[built])
    _check_characters(name, built)
    return name


def _check_characters(name: str, built: Place | None) -> None:
    for character in "./":
        if character in name:
            raise problem(
                ValueError,
                catalogue.NESTED_NAME,
                where=[built],
                name=repr(name),
                character=character,
            )


def _exposed_inputs(graph: Graph) -> Iterator[str]:
    """``graph.inputs.all``, less the entries that its entry points decide against."""
    spec, chosen = graph.scope.spec, set(graph.entrypoints_config or ())
    wanted = set(spec.required + spec.optional)
    for component in graph.scope.components:
        named = [name for name in component if name in chosen]
        for name in named if len(named) == 1 else component:
            wanted.update(spec.entrypoints[name])
    return (name for name in spec.all if name in wanted)


def _exposed_outputs(graph: Graph) -> Iterator[str]:
    """What a run of the graph can give: its selection or all, less signals (L18, L20)."""
    given = {name for node in _active(graph) for name in node.data_outputs}
    offered = graph.outputs if graph.selected is None else graph.selected
    return (name for name in offered if name in given)


def _active(graph: Graph) -> Iterator[HyperNode]:
    return (node for name, node in graph.nodes.items() if name in graph.active)


def _readers(graph: Graph, names: tuple[str, ...]) -> Mapping[str, tuple[HyperNode, ...]]:
    readers: dict[str, list[HyperNode]] = {name: [] for name in names}
    for name, node in graph.nodes.items():
        if name in graph.scope.active:
            for param in node.inputs:
                if param in readers:
                    readers[param].append(node)
    return MappingProxyType({name: tuple(nodes) for name, nodes in readers.items()})


def _defaulted(graph: Graph, readers: Mapping[str, tuple[HyperNode, ...]]) -> frozenset[str]:
    bound = graph.scope.spec.bound
    return frozenset(
        name
        for name, nodes in readers.items()
        if name in bound or any(node.has_default_for(name) for node in nodes)
    )


def _signature_defaulted(
    graph: Graph, readers: Mapping[str, tuple[HyperNode, ...]]
) -> frozenset[str]:
    bound = graph.scope.spec.bound
    return frozenset(
        name
        for name, nodes in readers.items()
        if name not in bound and all(node.has_signature_default_for(name) for node in nodes)
    )


def _translated(
    values: Mapping[str, Any], given: tuple[str, ...], wanted: tuple[str, ...]
) -> dict[str, Any]:
    """``values`` with keys among ``given`` replaced by those at the same place in ``wanted``."""
    if given == wanted and isinstance(values, dict):
        return values
    names = dict(zip(given, wanted, strict=True))
    return {names.get(name, name): value for name, value in values.items()}
