"""Nodes that call a function: ``@node`` and ``FunctionNode`` (section 5 of the specification)."""

from __future__ import annotations

import inspect
import warnings
from collections.abc import Callable
from typing import Any, overload

from hypergraph.compiler.declare import definition as known
from hypergraph.compiler.declare.annotations import output_hints
from hypergraph.compiler.declare.node import HyperNode, no_default
from hypergraph.compiler.declare.rename import recorded, renamed_parameters
from hypergraph.compiler.declare.signals import (
    NamesGiven,
    check_no_repeats,
    check_signals,
    names_given,
)
from hypergraph.compiler.diagnostics import nodes as catalogue
from hypergraph.compiler.diagnostics.problems import problem


class FunctionNode(HyperNode):
    """A node that calls a function with its inputs and passes on what it returns (G19-G31).

    Parameters:
        source: the function, or a node whose function is taken (and nothing else of it).
        name: the node's name; the function's by default.
        output_name: the name, or names, of what the function returns.
        rename_inputs: new names of parameters, by parameter.
        cache: whether a runner may reuse an earlier result for equal inputs.
        hide: whether drawings of the graph leave the node out.
        emit: signals sent when the node has run.
        wait_for: outputs or signals that must be present before the node runs.

    Raises ``TypeError`` for a source that cannot be called or names that are not strings,
    ``AttributeError`` for a function without a name, ``RenameError`` for wrong ``rename_inputs``,
    ``ValueError`` for names that repeat or clash. Warns about a function that returns something
    while ``output_name`` is missing (G24).

    >>> def double(x, by=2): return x * by
    >>> FunctionNode(double, name="twice", output_name="y")
    FunctionNode(double as 'twice', outputs=('y',))
    """

    def __init__(
        self,
        source: Callable[..., Any] | FunctionNode,
        name: str | None = None,
        output_name: NamesGiven = None,
        *,
        rename_inputs: dict[str, str] | None = None,
        cache: bool = False,
        hide: bool = False,
        emit: NamesGiven = None,
        wait_for: NamesGiven = None,
    ) -> None:
        definition = known.define(source, type(self).__name__)
        place = definition.place
        self._definition = definition
        self.name = known.name_for(definition, name)
        data = names_given("output_name", output_name, place)
        emits = names_given("emit", emit, place)
        check_no_repeats("output_name", data, self.name, place)
        check_no_repeats("emit", emits, self.name, place)
        self._signal_count = len(emits)
        self.outputs = data + emits
        parameters = tuple(parameter.name for parameter in definition.parameters)
        self.inputs = renamed_parameters(parameters, rename_inputs or {}, place)
        self._rename_history = recorded([], "inputs", rename_inputs or {})
        self._wait_for = names_given("wait_for", wait_for, place)
        self._cache = cache
        self._hide = hide
        check_signals(self, place)
        if output_name is None:
            self._without_output()

    def _without_output(self) -> None:
        returned = self._definition.hints.get("return")
        if returned is not None and returned is not type(None):
            _warn_of_dropped_value(self._definition, returned)

    @property
    def func(self) -> Callable[..., Any]:
        """The function itself, as it was passed in."""
        return self._definition.func

    @property
    def parameters(self) -> known.Parameters:
        """Pairs of a current input name and the parameter of ``func`` that it stands for."""
        return known.named_parameters(self.inputs, self._definition)

    @property
    def definition_hash(self) -> str:
        """SHA-256 of the function's definition; nothing else of the node counts (G29)."""
        return self._definition.digest

    @property
    def is_async(self) -> bool:
        """Whether ``func`` is a coroutine or async generator function (G25)."""
        return self._definition.is_async

    @property
    def is_generator(self) -> bool:
        """Whether ``func`` is a generator function, async or not (G25)."""
        return self._definition.is_generator

    @property
    def cache(self) -> bool:
        """Whether a runner may reuse an earlier result for equal inputs."""
        return self._cache

    @property
    def hide(self) -> bool:
        """Whether drawings of the graph leave the node out."""
        return self._hide

    @property
    def wait_for(self) -> tuple[str, ...]:
        """Names that must be present before the node runs, without being passed to it."""
        return self._wait_for

    @property
    def data_outputs(self) -> tuple[str, ...]:
        """The outputs that carry values; signals follow them in ``outputs`` (G7)."""
        return self.outputs[: len(self.outputs) - self._signal_count]

    @property
    def defaults(self) -> dict[str, Any]:
        """The default value of each input that has one (G26)."""
        return known.defaults_of(self.parameters)

    @property
    def parameter_annotations(self) -> dict[str, Any]:
        """The type hint of each input that has one; ``{}`` if any fails to resolve (G27)."""
        return known.annotations_of(self.parameters, self._definition.hints)

    @property
    def output_annotation(self) -> dict[str, Any]:
        """The type hint of each data output, as far as the return hint tells (G28)."""
        hints = self._definition.hints
        return output_hints(hints["return"], self.data_outputs) if "return" in hints else {}

    def has_default_for(self, param: str) -> bool:
        """Whether the parameter behind the input ``param`` has a default."""
        return param in self.defaults

    def get_default_for(self, param: str) -> Any:
        """The default of the input ``param``. Raises ``KeyError`` when it has none (G26)."""
        defaults = self.defaults
        if param not in defaults:
            raise no_default(self, param)
        return defaults[param]

    def get_input_type(self, param: str) -> Any:
        """The type hint of the input ``param``, or ``None``."""
        return self.parameter_annotations.get(param)

    def get_output_type(self, output: str) -> Any:
        """The type hint of ``output``, or ``None``."""
        return self.output_annotation.get(output)

    def map_inputs_to_params(self, inputs: dict[str, Any]) -> dict[str, Any]:
        """``inputs`` keyed by the parameters of ``func`` (G16)."""
        return known.to_parameters(inputs, self.parameters)

    def __call__(self, /, *args: Any, **kwargs: Any) -> Any:
        """Call the function (G30)."""
        return self._definition.func(*args, **kwargs)

    def __repr__(self) -> str:
        called = known.shown_name(self.name, self._definition)
        return f"{type(self).__name__}({called}, outputs={self.outputs!r})"


@overload
def node(
    source: Callable[..., Any],
    output_name: NamesGiven = None,
    *,
    rename_inputs: dict[str, str] | None = None,
    cache: bool = False,
    hide: bool = False,
    emit: NamesGiven = None,
    wait_for: NamesGiven = None,
) -> FunctionNode: ...
@overload
def node(
    source: None = None,
    output_name: NamesGiven = None,
    *,
    rename_inputs: dict[str, str] | None = None,
    cache: bool = False,
    hide: bool = False,
    emit: NamesGiven = None,
    wait_for: NamesGiven = None,
) -> Callable[[Callable[..., Any]], FunctionNode]: ...
def node(
    source: Callable[..., Any] | None = None,
    output_name: NamesGiven = None,
    *,
    rename_inputs: dict[str, str] | None = None,
    cache: bool = False,
    hide: bool = False,
    emit: NamesGiven = None,
    wait_for: NamesGiven = None,
) -> FunctionNode | Callable[[Callable[..., Any]], FunctionNode]:
    """Make a function a node, named after it (G18); parameters as for ``FunctionNode``.

    >>> @node(output_name="net")
    ... def strip_tax(gross, rate=0.25): return gross / (1 + rate)
    >>> strip_tax, strip_tax.inputs, strip_tax(10)
    (FunctionNode(strip_tax, outputs=('net',)), ('gross', 'rate'), 8.0)
    """

    def declare(func: Callable[..., Any]) -> FunctionNode:
        declared = FunctionNode(
            func,
            output_name=output_name,
            rename_inputs=rename_inputs,
            cache=cache,
            hide=hide,
            emit=emit,
            wait_for=wait_for,
        )
        return known.as_wrapper(declared)

    return declare if source is None else declare(source)


def _warn_of_dropped_value(definition: known.Definition, returned: Any) -> None:
    place = definition.place
    warning = problem(
        UserWarning,
        catalogue.RETURN_WITHOUT_OUTPUT,
        function=definition.label,
        hint=inspect.formatannotation(returned),
    )
    if place is None:
        # Past this function, the two methods above it and into the user's call.
        warnings.warn(warning, stacklevel=4)
    else:
        warnings.warn_explicit(warning, UserWarning, place.file, place.line)
