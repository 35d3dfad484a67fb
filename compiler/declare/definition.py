"""The function behind a node, and what can be known from it alone."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Mapping
from typing import Any, Protocol, TypeVar

from hypergraph.compiler.declare.annotations import Hints, resolved_hints
from hypergraph.compiler.declare.hashing import definition_digest
from hypergraph.compiler.diagnostics import nodes as catalogue
from hypergraph.compiler.diagnostics.problems import Place, place_of, problem

Parameters = tuple[tuple[str, inspect.Parameter], ...]


class CallsFunction(Protocol):
    """A node made from a function."""

    @property
    def func(self) -> Callable[..., Any]: ...

    def __call__(self, /, *args: Any, **kwargs: Any) -> Any: ...


W = TypeVar("W", bound=CallsFunction)


class Definition:
    """What a function is, shared by all copies of the nodes made from it.

    Parameters keep their positions when they are renamed: the n-th input of a node is always the
    n-th parameter here.
    """

    __slots__ = ("_hints", "digest", "func", "is_async", "is_generator", "parameters")

    def __init__(self, func: Callable[..., Any]) -> None:
        self.func = func
        self.parameters = _parameters(func)
        is_async_generator = inspect.isasyncgenfunction(func)
        self.is_async = is_async_generator or inspect.iscoroutinefunction(func)
        self.is_generator = is_async_generator or inspect.isgeneratorfunction(func)
        self.digest = definition_digest(func)
        self._hints: Hints | None = None

    @property
    def hints(self) -> Hints:
        """The type hints, ``{}`` if they cannot be resolved (G27)."""
        # Only success is kept: a forward reference may be resolvable by the time of the next try.
        if self._hints is None:
            self._hints = resolved_hints(self.func)
        return self._hints or {}

    @property
    def label(self) -> str:
        """What to call the function in a message."""
        return label_of(self.func)

    @property
    def place(self) -> Place | None:
        """Where the function was written."""
        return place_of(self.label, self.func)


def define(source: Any, kind: str) -> Definition:
    """The definition that a node of class ``kind`` is made from (G19).

    ``source`` is a callable, or a node whose function is taken. Raises ``TypeError`` for anything
    else, ``ValueError`` if the parameters cannot be found out.
    """
    known = getattr(source, "_definition", None)
    if isinstance(known, Definition):
        return known
    if not callable(source):
        raise problem(TypeError, catalogue.NOT_A_FUNCTION, kind=kind, given=repr(source))
    return Definition(source)


def label_of(func: Any) -> str:
    """The name of ``func``; a callable may have none."""
    return str(getattr(func, "__name__", None) or repr(func))


def name_for(definition: Definition, name: str | None) -> str:
    """``name``, or else the function's (G20). Raises ``AttributeError`` if that has none."""
    if name:
        return name
    own = getattr(definition.func, "__name__", None)
    if own is None:
        raise problem(
            AttributeError,
            catalogue.NAMELESS_FUNCTION,
            where=[definition.place],
            function=definition.label,
        )
    return str(own)


def shown_name(name: str, definition: Definition) -> str:
    """How a node's ``repr`` names it: with its function's name, if that is another (G31)."""
    own = getattr(definition.func, "__name__", name)
    return name if name == own else f"{own} as '{name}'"


def as_wrapper(node: W) -> W:
    """``node``, made to look like its function to ``inspect`` and ``help`` (G18)."""
    # The function's own attributes stay away: one called "name" would rename the node.
    functools.update_wrapper(node, node.func, updated=())
    return node


def named_parameters(inputs: tuple[str, ...], definition: Definition) -> Parameters:
    """Each current input name with the parameter it stands for."""
    return tuple(zip(inputs, definition.parameters, strict=False))


def defaults_of(parameters: Parameters) -> dict[str, Any]:
    """The default value of each input that has one, by current name (G26)."""
    return {
        name: parameter.default
        for name, parameter in parameters
        if parameter.default is not inspect.Parameter.empty
    }


def annotations_of(parameters: Parameters, hints: Mapping[str, Any]) -> Hints:
    """The hint of each input that has one, by current name (G27)."""
    return {
        name: hints[parameter.name] for name, parameter in parameters if parameter.name in hints
    }


def to_parameters(inputs: dict[str, Any], parameters: Parameters) -> dict[str, Any]:
    """``inputs`` with renamed keys translated to parameter names (G16).

    The very same dict comes back when nothing is renamed.
    """
    original = {name: parameter.name for name, parameter in parameters if name != parameter.name}
    if not original:
        return inputs
    untouched = {name: value for name, value in inputs.items() if name not in original}
    return untouched | {original[name]: inputs[name] for name in inputs if name in original}


def _parameters(func: Callable[..., Any]) -> tuple[inspect.Parameter, ...]:
    try:
        return tuple(inspect.signature(func).parameters.values())
    except (TypeError, ValueError) as error:
        raise problem(ValueError, catalogue.NO_SIGNATURE, function=repr(func)) from error
