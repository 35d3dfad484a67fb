"""What every node of a graph has in common."""

from __future__ import annotations

import copy
import hashlib
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from hypergraph.compiler.declare.rename import Rename, recorded, renamed
from hypergraph.compiler.declare.signals import check_signals
from hypergraph.compiler.diagnostics import nodes as catalogue
from hypergraph.compiler.diagnostics.problems import MissingKey, place_of, problem

if TYPE_CHECKING:
    from hypergraph.compiler.declare.graph import Graph

N = TypeVar("N", bound="HyperNode")


class HyperNode:
    """A named unit that reads the names in ``inputs`` and produces those in ``outputs``.

    The base of all kinds of nodes. A kind of your own sets four attributes in its ``__init__``,
    ``name``, ``inputs``, ``outputs`` and ``_rename_history`` (an empty list), and overrides what
    differs for it (G4-G7).

    Raises ``TypeError`` when instantiated itself.

    >>> class Constant(HyperNode):
    ...     def __init__(self, name, output):
    ...         self.name, self.inputs, self.outputs = name, (), (output,)
    ...         self._rename_history = []
    >>> Constant("pi", "ratio").with_outputs(ratio="tau").outputs
    ('tau',)
    """

    name: str
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    _rename_history: list[Rename]

    def __new__(cls: type[N], *args: Any, **kwargs: Any) -> N:
        if cls is HyperNode:
            raise problem(TypeError, catalogue.ABSTRACT_NODE)
        return super().__new__(cls)

    @property
    def definition_hash(self) -> str:
        """SHA-256 over what defines the node, as 64 hexadecimal digits."""
        facts = (type(self).__name__, self.name, self.inputs, self.outputs)
        return hashlib.sha256(repr(facts).encode("utf-8", "surrogatepass")).hexdigest()

    @property
    def is_async(self) -> bool:
        """Whether calling the node gives something to await."""
        return False

    @property
    def is_generator(self) -> bool:
        """Whether the node yields its value piece by piece."""
        return False

    @property
    def is_interrupt(self) -> bool:
        """Whether the node may pause a run to ask for its outputs."""
        return False

    @property
    def cache(self) -> bool:
        """Whether a runner may reuse an earlier result for equal inputs."""
        return False

    @property
    def hide(self) -> bool:
        """Whether drawings of the graph leave the node out."""
        return False

    @property
    def wait_for(self) -> tuple[str, ...]:
        """Names that must be present before the node runs, without being passed to it."""
        return ()

    @property
    def data_outputs(self) -> tuple[str, ...]:
        """The outputs that carry values; signals follow them in ``outputs`` (G7)."""
        return self.outputs

    @property
    def node_type(self) -> str:
        """``"FUNCTION"``, ``"BRANCH"`` (gates) or ``"GRAPH"`` (nested graphs)."""
        return "FUNCTION"

    @property
    def nested_graph(self) -> Graph | None:
        """The graph inside, for a node that wraps one."""
        return None

    @property
    def nx_attrs(self) -> dict[str, Any]:
        """The node's attributes in ``Graph.nx_graph`` (G101)."""
        return {
            "node_type": self.node_type,
            "label": self.name,
            "inputs": self.inputs,
            "outputs": self.outputs,
            "data_outputs": self.data_outputs,
            "wait_for": self.wait_for,
            "input_types": {name: self.get_input_type(name) for name in self.inputs},
            "output_types": {name: self.get_output_type(name) for name in self.outputs},
            "has_defaults": {name: self.has_default_for(name) for name in self.inputs},
            "hide": self.hide,
        }

    def has_default_for(self, param: str) -> bool:
        """Whether the node can run without a value for the input ``param``."""
        return False

    def get_default_for(self, param: str) -> Any:
        """The value used for the input ``param`` when there is no other.

        Raises ``KeyError`` when there is none.
        """
        raise no_default(self, param)

    def has_signature_default_for(self, param: str) -> bool:
        """Like ``has_default_for``, without values bound in a nested graph (G84)."""
        return self.has_default_for(param)

    def get_signature_default_for(self, param: str) -> Any:
        """Like ``get_default_for``, without values bound in a nested graph (G84).

        Raises ``KeyError`` when there is none.
        """
        return self.get_default_for(param)

    def get_input_type(self, param: str) -> Any:
        """The declared type of the input ``param``; ``None`` when there is none."""
        return None

    def get_output_type(self, output: str) -> Any:
        """The declared type of ``output``; ``None`` when there is none."""
        return None

    def map_inputs_to_params(self, inputs: dict[str, Any]) -> dict[str, Any]:
        """``inputs`` keyed by what the node's implementation calls them (G16)."""
        return inputs

    def with_name(self: N, name: str) -> N:
        """A copy called ``name`` (G13)."""
        clone = copy.copy(self)
        clone.name = name
        clone._rename_history = recorded(self._rename_history, "name", {self.name: name})
        return clone

    def with_inputs(self: N, mapping: Mapping[str, str] | None = None, /, **kwargs: str) -> N:
        """A copy with inputs renamed, all at once; keys are current names (G9-G15).

        Raises ``RenameError`` for an unknown key or names that would repeat, ``ValueError`` when
        an input would get a name the node waits for (L15).
        """
        pairs = {**(mapping or {}), **kwargs}
        place = place_of(self.name, getattr(self, "func", None))
        clone = copy.copy(self)
        clone.inputs = renamed(self.inputs, pairs, "inputs", self._rename_history, place)
        clone._rename_history = recorded(self._rename_history, "inputs", pairs)
        check_signals(clone, place)
        return clone

    def with_outputs(self: N, mapping: Mapping[str, str] | None = None, /, **kwargs: str) -> N:
        """A copy with outputs renamed, all at once; signals are outputs too (G14).

        Raises ``RenameError`` for an unknown key or names that would repeat, ``ValueError`` when
        a signal would get a name the node waits for.
        """
        pairs = {**(mapping or {}), **kwargs}
        place = place_of(self.name, getattr(self, "func", None))
        clone = copy.copy(self)
        clone.outputs = renamed(self.outputs, pairs, "outputs", self._rename_history, place)
        clone._rename_history = recorded(self._rename_history, "outputs", pairs)
        check_signals(clone, place)
        return clone


def no_default(node: HyperNode, param: str) -> KeyError:
    """The error for asking ``node`` for a default it does not have."""
    return problem(
        MissingKey,
        catalogue.NO_DEFAULT,
        where=[place_of(node.name, getattr(node, "func", None))],
        param=param,
        node=node.name,
    )
