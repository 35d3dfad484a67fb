"""The checks a gate's declaration must pass (G36-G40, G43, L11, L12)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from hypergraph.compiler.declare.definition import Definition, label_of
from hypergraph.compiler.diagnostics import nodes as catalogue
from hypergraph.compiler.diagnostics.problems import Entry, place_of, problem
from hypergraph.runtime.sentinels import END

Target = str | type[END]
TargetsGiven = Sequence[Target] | Mapping[Any, str]


def spelled(target: Target) -> str:
    """``target`` as a string.

    >>> spelled("pack"), spelled(END)
    ('pack', 'END')
    """
    return target if isinstance(target, str) else "END"


def check_plain_function(definition: Definition) -> None:
    """Raise ``TypeError`` unless the function decides at once (G36)."""
    if definition.is_generator:
        raise _refused(TypeError, catalogue.GENERATOR_GATE, definition)
    if definition.is_async:
        raise _refused(TypeError, catalogue.ASYNC_GATE, definition)


def check_targets(
    definition: Definition, given: Any, fallback: Target | None, multi_target: bool
) -> list[Target]:
    """The targets of a ``RouteNode`` in order, the fallback last, each once (G38-G40).

    Raises ``TypeError`` for what is no list, tuple or dict of names, ``ValueError`` for no targets,
    for the string ``"END"``, and for a fallback together with ``multi_target``.

    >>> check_targets(Definition(len), ["a", END, "a"], "b", False)
    ['a', END, 'b']
    """
    if not isinstance(given, list | tuple | Mapping):
        raise _refused(TypeError, catalogue.TARGETS_NOT_A_LIST, definition, given=repr(given))
    declared = list(given)
    if not declared:
        raise _refused(ValueError, catalogue.NO_TARGETS, definition)
    _check_names(definition, declared if fallback is None else [*declared, fallback])
    if fallback is not None and multi_target:
        raise _refused(ValueError, catalogue.FALLBACK_WITH_MULTI_TARGET, definition)
    return list(dict.fromkeys(declared if fallback is None else [*declared, fallback]))


def check_branches(definition: Definition, when_true: Target, when_false: Target) -> None:
    """Raise unless the targets of an ``IfElseNode`` are two different ones (G43)."""
    _check_names(definition, (when_true, when_false))
    if when_true == when_false:
        raise _refused(
            ValueError,
            catalogue.SAME_TARGETS,
            definition,
            when_true=repr(when_true),
            when_false=repr(when_false),
        )


def check_not_bare(decorator: str, given: Any) -> None:
    """Raise ``TypeError`` if ``decorator`` was put on a function without arguments."""
    if callable(given) and given is not END:
        raise problem(
            TypeError,
            catalogue.BARE_DECORATOR,
            where=[place_of(label_of(given), given)],
            decorator=decorator,
            given=repr(given),
        )


def _check_names(definition: Definition, targets: Iterable[Any]) -> None:
    for target in targets:
        if target is not END and not isinstance(target, str):
            raise _refused(TypeError, catalogue.TARGET_NOT_A_NAME, definition, given=repr(target))
        if target == "END":
            raise _refused(ValueError, catalogue.END_AS_STRING, definition)


def _refused(
    kind: type[Exception], entry: Entry, definition: Definition, **facts: Any
) -> Exception:
    return problem(kind, entry, where=[definition.place], function=definition.label, **facts)
