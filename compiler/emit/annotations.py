"""Types as the text of annotations."""

from __future__ import annotations

import collections.abc
import sys
import types
import typing
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal, get_args, get_origin

from hypergraph.compiler.emit.fragments import Code, Fragment, Identifier, code, join, literal
from hypergraph.compiler.literals import is_immutable, literal_text

Origin = tuple[str, str]
Named = Callable[[Origin], Identifier]

ANY: Origin = ("typing", "Any")
_LITERAL: Origin = ("typing", "Literal")
_CALLABLE: Origin = ("collections.abc", "Callable")


@dataclass(frozen=True)
class Typed:
    """The annotations of one function; variables in ``loose`` hold values of several types."""

    parameters: dict[str, Code]
    result: Code
    loose: tuple[Identifier, ...]
    any: Identifier


def origins_in(kind: Any) -> Iterator[Origin]:
    """The module and name of everything that an annotation has to name, builtins aside.

    >>> list(origins_in(dict[str, typing.Optional[collections.Counter[str]]]))
    [('collections', 'Counter')]
    """
    asked: list[Origin] = []

    def name(origin: Origin) -> Identifier:
        asked.append(origin)
        return Identifier(origin[1])

    annotation(kind, name)
    yield from asked


def annotation(kind: Any, named: Named) -> Code:
    """The text of a type; what cannot be written is ``Any``.

    ``named`` tells what a class, or something of ``typing``, is called in the file.

    >>> annotation(list[int] | None, lambda origin: Identifier(origin[1])).text
    'list[int] | None'
    >>> annotation(typing.Callable[[int], str], lambda origin: Identifier(origin[1])).text
    'Callable[[int], str]'
    """
    arguments = get_args(kind)
    origin = get_origin(kind)
    if kind is None or kind is type(None):
        return Code("None")
    if origin in (typing.Union, types.UnionType):
        return join(" | ", [annotation(one, named) for one in arguments])
    if origin is typing.Annotated:
        return annotation(arguments[0], named)
    if origin is Literal:
        if not all(is_immutable(one) and literal_text(one) is not None for one in arguments):
            return code("{}", named(ANY))
        return code("{}[{}]", named(_LITERAL), join(", ", [literal(one) for one in arguments]))
    if origin is collections.abc.Callable:
        return _callable(arguments, named)
    if origin is not None:
        return _generic(_class(origin, named), arguments, named)
    return _class(kind, named)


def _callable(arguments: tuple[Any, ...], named: Named) -> Code:
    if len(arguments) == 2 and arguments[0] is Ellipsis:
        return code("{}[..., {}]", named(_CALLABLE), annotation(arguments[1], named))
    if len(arguments) == 2 and isinstance(arguments[0], list):
        taken = join(", ", [annotation(one, named) for one in arguments[0]])
        return code("{}[[{}], {}]", named(_CALLABLE), taken, annotation(arguments[1], named))
    return code("{}", named(ANY))


def _generic(base: Code, arguments: Iterable[Any], named: Named) -> Code:
    parts: list[Fragment] = [
        Code("...") if one is Ellipsis else annotation(one, named) for one in arguments
    ]
    return code("{}[{}]", base, join(", ", parts) if parts else Code("()"))


def _class(kind: Any, named: Named) -> Code:
    if not isinstance(kind, type):
        return code("{}", named(ANY))
    module, name = kind.__module__, kind.__qualname__
    if getattr(sys.modules.get(module), name, None) is not kind:
        return code("{}", named(ANY))
    return code("{}", Identifier(name) if module == "builtins" else named((module, name)))
