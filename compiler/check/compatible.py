"""Whether a value of one declared type may be given where another is wanted (G115, G116)."""

from __future__ import annotations

import collections.abc
import inspect
import types
import typing
import warnings
from collections.abc import Mapping
from typing import Annotated, Any, ForwardRef, Literal, TypeVar, Union, get_args, get_origin

from hypergraph.compiler.diagnostics import graphs as catalogue
from hypergraph.compiler.diagnostics.problems import problem

NO_ANNOTATION = inspect.Parameter.empty


class Unresolved:
    """Stands for a type hint that names something which cannot be found."""

    def __init__(self, hint: Any) -> None:
        self.hint = hint


def resolve(hint: Any, namespace: Mapping[str, Any] | None = None) -> Any:
    """``hint`` with strings in it replaced by what they name (rule 1).

    >>> resolve(list["int"])
    list[int]
    """
    if isinstance(hint, Unresolved):
        return hint
    holder = types.SimpleNamespace(__annotations__={"hint": _with_references(hint)})
    names = {**vars(typing), **(namespace or {})}
    try:
        return typing.get_type_hints(holder, globalns=names, include_extras=True)["hint"]
    except Exception:
        return Unresolved(hint)


def _with_references(hint: Any) -> Any:
    """``hint`` with strings in ``list["X"]`` and the like made references.

    Python 3.10 resolves references there, but leaves plain strings as they are.
    """
    origin, args = get_origin(hint), get_args(hint)
    if origin in (None, Literal, Annotated, collections.abc.Callable):
        return hint
    referring = tuple(ForwardRef(a) if isinstance(a, str) else _with_references(a) for a in args)
    if all(old is new for old, new in zip(args, referring, strict=True)):
        return hint
    if isinstance(hint, types.GenericAlias):
        return types.GenericAlias(origin, referring)
    return Union[referring] if _is_union(hint) else hint.copy_with(referring)  # noqa: UP007


def compatible(given: Any, wanted: Any) -> bool:
    """Whether ``wanted`` takes ``given``; the first rule that applies decides.

    >>> compatible(bool, int), compatible(int, float), compatible(list[int], list)
    (True, False, True)
    """
    return _compatible(resolve(given), resolve(wanted))


def _compatible(given: Any, wanted: Any) -> bool:
    if isinstance(given, TypeVar):
        return True
    for side in (given, wanted):
        if isinstance(side, Unresolved):
            _warn(side)
            return True
    if wanted is Any or given is NO_ANNOTATION or wanted is NO_ANNOTATION or given == wanted:
        return True
    if isinstance(wanted, TypeVar):
        return _satisfies(given, wanted)
    if _is_union(given) or _is_union(wanted):
        return all(any(_compatible(g, w) for w in _members(wanted)) for g in _members(given))
    if get_origin(given) is Annotated or get_origin(wanted) is Annotated:
        return _compatible(_bare(given), _bare(wanted))
    return _same_shape(given, wanted)


def _satisfies(given: Any, variable: TypeVar) -> bool:
    if not variable.__constraints__ and variable.__bound__ is None:
        return True
    if any(_compatible(given, resolve(each)) for each in variable.__constraints__):
        return True
    return variable.__bound__ is not None and _compatible(given, resolve(variable.__bound__))


def _same_shape(given: Any, wanted: Any) -> bool:
    """Rule 8: compare the classes, then the arguments one by one, all covariant."""
    given_origin, wanted_origin = get_origin(given) or given, get_origin(wanted) or wanted
    # Two literals that are not equal differ; their arguments are values and no types.
    if Literal in (given_origin, wanted_origin) or not _is_sub(given_origin, wanted_origin):
        return False
    given_args, wanted_args = get_args(given), get_args(wanted)
    if not given_args or not wanted_args:
        return True
    return len(given_args) == len(wanted_args) and all(
        _compatible(g, w) for g, w in zip(given_args, wanted_args, strict=True)
    )


def _is_sub(given: Any, wanted: Any) -> bool:
    # ``Any`` is a class from Python 3.11 on; the answer must not depend on that.
    if not isinstance(given, type) or not isinstance(wanted, type) or given is Any:
        return bool(given == wanted)
    if wanted in given.__mro__:
        return True
    try:
        return issubclass(given, wanted)
    except TypeError:
        return False


def _is_union(hint: Any) -> bool:
    return get_origin(hint) in (Union, types.UnionType)


def _members(hint: Any) -> tuple[Any, ...]:
    return get_args(hint) if _is_union(hint) else (hint,)


def _bare(hint: Any) -> Any:
    return get_args(hint)[0] if get_origin(hint) is Annotated else hint


def _warn(side: Unresolved) -> None:
    shown = inspect.formatannotation(side.hint)
    warnings.warn(problem(UserWarning, catalogue.UNRESOLVABLE_TYPE, hint=shown), stacklevel=2)
