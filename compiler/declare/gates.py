"""Nodes that decide which nodes run next: ``@route`` and ``@ifelse`` (section 6)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from hypergraph.compiler.declare import definition as known
from hypergraph.compiler.declare.node import HyperNode, no_default
from hypergraph.compiler.declare.rename import recorded, renamed_parameters
from hypergraph.compiler.declare.signals import (
    NamesGiven,
    check_no_repeats,
    check_signals,
    names_given,
)
from hypergraph.compiler.declare.targets import (
    Target,
    TargetsGiven,
    check_branches,
    check_not_bare,
    check_plain_function,
    check_targets,
    spelled,
)


class GateNode(HyperNode):
    """What ``RouteNode`` and ``IfElseNode`` have in common (G33-G37).

    A gate calls a plain function and has no data outputs: what the function returns says which of
    ``targets`` may run. ``default_open`` says whether they may before the gate has decided.
    Renaming nodes never changes ``targets`` (G34).
    """

    targets: list[Target]
    descriptions: dict[Any, str]
    default_open: bool

    def __init__(
        self,
        definition: known.Definition,
        targets: list[Target],
        descriptions: dict[Any, str],
        *,
        cache: bool,
        hide: bool,
        default_open: bool,
        name: str | None,
        rename_inputs: dict[str, str] | None,
        emit: NamesGiven,
        wait_for: NamesGiven,
    ) -> None:
        place = definition.place
        self._definition = definition
        self.name = known.name_for(definition, name)
        self.targets = targets
        self.descriptions = descriptions
        self.default_open = default_open
        self.outputs = names_given("emit", emit, place)
        check_no_repeats("emit", self.outputs, self.name, place)
        parameters = tuple(parameter.name for parameter in definition.parameters)
        self.inputs = renamed_parameters(parameters, rename_inputs or {}, place)
        self._rename_history = recorded([], "inputs", rename_inputs or {})
        self._wait_for = names_given("wait_for", wait_for, place)
        self._cache = cache
        self._hide = hide
        check_signals(self, place)

    @property
    def func(self) -> Callable[..., Any]:
        """The function itself, as it was passed in."""
        return self._definition.func

    @property
    def parameters(self) -> known.Parameters:
        """Pairs of a current input name and the parameter of ``func`` that it stands for."""
        return known.named_parameters(self.inputs, self._definition)

    @property
    def node_type(self) -> str:
        """``"BRANCH"``."""
        return "BRANCH"

    @property
    def branch_data(self) -> dict[str, Any]:
        """The decisions for a drawing, with ``END`` spelled as a string."""
        return {"targets": [spelled(target) for target in self.targets]}

    @property
    def nx_attrs(self) -> dict[str, Any]:
        """The node's attributes in ``Graph.nx_graph`` (G101)."""
        return {**super().nx_attrs, "branch_data": self.branch_data}

    @property
    def definition_hash(self) -> str:
        """SHA-256 of the function's definition; nothing else of the node counts (G29)."""
        return self._definition.digest

    @property
    def cache(self) -> bool:
        """Whether a runner may reuse an earlier decision for equal inputs."""
        return self._cache

    @property
    def hide(self) -> bool:
        """Whether drawings of the graph leave the node out."""
        return self._hide

    @property
    def wait_for(self) -> tuple[str, ...]:
        """Names that must be present before the gate runs, without being passed to it."""
        return self._wait_for

    @property
    def data_outputs(self) -> tuple[str, ...]:
        """Always ``()``: a gate decides and produces no value."""
        return ()

    @property
    def defaults(self) -> dict[str, Any]:
        """The default value of each input that has one (G26)."""
        return known.defaults_of(self.parameters)

    @property
    def parameter_annotations(self) -> dict[str, Any]:
        """The type hint of each input that has one; ``{}`` if any fails to resolve (G27)."""
        return known.annotations_of(self.parameters, self._definition.hints)

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

    def map_inputs_to_params(self, inputs: dict[str, Any]) -> dict[str, Any]:
        """``inputs`` keyed by the parameters of ``func`` (G16)."""
        return known.to_parameters(inputs, self.parameters)

    def __call__(self, /, *args: Any, **kwargs: Any) -> Any:
        """Call the function (G30)."""
        return self._definition.func(*args, **kwargs)


class RouteNode(GateNode):
    """A gate whose function returns the name of the target to run (G38-G42).

    Parameters:
        func: a plain function returning a target, ``END`` or ``None``; with ``multi_target``, a
            list of targets.
        targets: the nodes it chooses from, by name, and ``END``; a dict describes each.
        fallback: the target when the function returns ``None``.
        multi_target: whether several targets may be chosen at once.
        default_open: whether targets may run before the first decision.
        name, rename_inputs, cache, hide, emit, wait_for: as for ``FunctionNode``.

    Raises ``TypeError`` for an async or generator function and for targets that are no list,
    ``ValueError`` for no targets, ``"END"`` as a string, and ``fallback`` with ``multi_target``;
    then whatever ``FunctionNode`` raises.

    >>> from hypergraph import END
    >>> def triage(kg): return "pack" if kg < 30 else END
    >>> RouteNode(triage, ["pack", END])
    RouteNode(triage, targets=['pack', 'END'])
    """

    def __init__(
        self,
        func: Callable[..., Any],
        targets: TargetsGiven,
        *,
        fallback: Target | None = None,
        multi_target: bool = False,
        cache: bool = False,
        hide: bool = False,
        default_open: bool = True,
        name: str | None = None,
        rename_inputs: dict[str, str] | None = None,
        emit: NamesGiven = None,
        wait_for: NamesGiven = None,
    ) -> None:
        definition = known.define(func, type(self).__name__)
        check_plain_function(definition)
        super().__init__(
            definition,
            check_targets(definition, targets, fallback, multi_target),
            dict(targets) if isinstance(targets, Mapping) else {},
            cache=cache,
            hide=hide,
            default_open=default_open,
            name=name,
            rename_inputs=rename_inputs,
            emit=emit,
            wait_for=wait_for,
        )
        self.fallback = fallback
        self.multi_target = multi_target

    def __repr__(self) -> str:
        called = known.shown_name(self.name, self._definition)
        return f"RouteNode({called}, targets={[spelled(target) for target in self.targets]!r})"


class IfElseNode(GateNode):
    """A gate whose function returns ``True`` or ``False`` (G43, G44).

    Parameters:
        func: a plain function returning a bool.
        when_true, when_false: the node to run, by name, or ``END``.
        default_open: whether targets may run before the first decision.
        name, rename_inputs, cache, hide, emit, wait_for: as for ``FunctionNode``.

    Raises ``TypeError`` for an async or generator function, ``ValueError`` for ``"END"`` as a
    string and for equal targets; then whatever ``FunctionNode`` raises.

    >>> from hypergraph import END
    >>> def fits(kg): return kg < 30
    >>> IfElseNode(fits, "pack", END)
    IfElseNode(fits, true=pack, false=END)
    """

    def __init__(
        self,
        func: Callable[..., Any],
        when_true: Target,
        when_false: Target,
        *,
        cache: bool = False,
        hide: bool = False,
        default_open: bool = True,
        name: str | None = None,
        rename_inputs: dict[str, str] | None = None,
        emit: NamesGiven = None,
        wait_for: NamesGiven = None,
    ) -> None:
        definition = known.define(func, type(self).__name__)
        check_plain_function(definition)
        check_branches(definition, when_true, when_false)
        super().__init__(
            definition,
            [when_true, when_false],
            {True: "True", False: "False"},
            cache=cache,
            hide=hide,
            default_open=default_open,
            name=name,
            rename_inputs=rename_inputs,
            emit=emit,
            wait_for=wait_for,
        )
        self.when_true = when_true
        self.when_false = when_false

    @property
    def branch_data(self) -> dict[str, Any]:
        """The decisions for a drawing, with ``END`` spelled as a string."""
        return {"when_true": spelled(self.when_true), "when_false": spelled(self.when_false)}

    def __repr__(self) -> str:
        called = known.shown_name(self.name, self._definition)
        when_true, when_false = spelled(self.when_true), spelled(self.when_false)
        return f"IfElseNode({called}, true={when_true}, false={when_false})"


def route(
    targets: TargetsGiven,
    *,
    fallback: Target | None = None,
    multi_target: bool = False,
    cache: bool = False,
    hide: bool = False,
    default_open: bool = True,
    name: str | None = None,
    rename_inputs: dict[str, str] | None = None,
    emit: NamesGiven = None,
    wait_for: NamesGiven = None,
) -> Callable[[Callable[..., Any]], RouteNode]:
    """Make a function a ``RouteNode``; parameters as for that class.

    Raises ``TypeError`` when it is used without arguments.

    >>> @route(["pack", "hold"], fallback="hold")
    ... def triage(kg): return "pack" if kg < 30 else None
    >>> triage.targets, triage(12)
    (['pack', 'hold'], 'pack')
    """
    check_not_bare("route", targets)

    def declare(func: Callable[..., Any]) -> RouteNode:
        return known.as_wrapper(
            RouteNode(
                func,
                targets,
                fallback=fallback,
                multi_target=multi_target,
                cache=cache,
                hide=hide,
                default_open=default_open,
                name=name,
                rename_inputs=rename_inputs,
                emit=emit,
                wait_for=wait_for,
            )
        )

    return declare


def ifelse(
    when_true: Target,
    when_false: Target,
    *,
    cache: bool = False,
    hide: bool = False,
    default_open: bool = True,
    name: str | None = None,
    rename_inputs: dict[str, str] | None = None,
    emit: NamesGiven = None,
    wait_for: NamesGiven = None,
) -> Callable[[Callable[..., Any]], IfElseNode]:
    """Make a function an ``IfElseNode``; parameters as for that class.

    >>> @ifelse(when_true="pack", when_false="hold")
    ... def fits(kg): return kg < 30
    >>> fits.targets, fits(12)
    (['pack', 'hold'], True)
    """

    def declare(func: Callable[..., Any]) -> IfElseNode:
        return known.as_wrapper(
            IfElseNode(
                func,
                when_true,
                when_false,
                cache=cache,
                hide=hide,
                default_open=default_open,
                name=name,
                rename_inputs=rename_inputs,
                emit=emit,
                wait_for=wait_for,
            )
        )

    return declare
