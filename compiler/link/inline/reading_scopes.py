"""How the reader takes in what has names of its own: functions, classes, comprehensions."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import libcst as cst

from hypergraph.compiler.link.inline.scopes import Scope, nearest

if TYPE_CHECKING:
    from hypergraph.compiler.link.inline.reader import Reader


def _function(reader: Reader, node: cst.FunctionDef) -> None:
    reader.read_all(node.decorators)
    reader.bind(node.name, node.name.value)

    def signature() -> None:
        _defaults(reader, node.params)
        for parameter in _parameters(node.params):
            reader.read(parameter.annotation)
        reader.read(node.returns)
        _body(reader, node.params, lambda: reader.read(node.body))

    _with_type_parameters(reader, node.type_parameters, signature)


def _lambda(reader: Reader, node: cst.Lambda) -> None:
    _defaults(reader, node.params)
    _body(reader, node.params, lambda: reader.read(node.body))


def _defaults(reader: Reader, node: cst.Parameters) -> None:
    for parameter in _parameters(node):
        reader.read(parameter.default)


def _body(reader: Reader, parameters: cst.Parameters, action: Callable[[], None]) -> None:
    def within() -> None:
        for parameter in _parameters(parameters):
            reader.bind(parameter.name, parameter.name.value)
        action()

    annotation, reader.annotation = reader.annotation, ""
    reader.inside(Scope("function", reader.scope), within)
    reader.annotation = annotation


def _parameters(node: cst.Parameters) -> list[cst.Param]:
    stars = [one for one in (node.star_arg, node.star_kwarg) if isinstance(one, cst.Param)]
    return [*node.posonly_params, *node.params, *stars, *node.kwonly_params]


def _class(reader: Reader, node: cst.ClassDef) -> None:
    reader.read_all(node.decorators)

    def within() -> None:
        for argument in (*node.bases, *node.keywords):
            reader.read(argument.value)
        body = Scope("class", reader.scope, node.name.value)
        body.bound |= {"__module__", "__qualname__"}
        reader.inside(body, lambda: reader.read(node.body))

    _with_type_parameters(reader, node.type_parameters, within)
    reader.bind(node.name, node.name.value)


def _with_type_parameters(
    reader: Reader, node: cst.TypeParameters | None, action: Callable[[], None]
) -> None:
    if node is None:
        action()
        return

    def within() -> None:
        for one in node.params:
            reader.bind(one.param.name, one.param.name.value)
        for one in node.params:
            reader.read(getattr(one.param, "bound", None))
            reader.read(one.default)
        action()

    reader.inside(Scope("types", reader.scope), within)


def _type_alias(reader: Reader, node: cst.TypeAlias) -> None:
    def within() -> None:
        # Its value is evaluated when somebody asks for it, if ever.
        reader.inside(Scope("function", reader.scope), lambda: reader.read(node.value))

    reader.bind(node.name, node.name.value)
    _with_type_parameters(reader, node.type_parameters, within)


def _comprehension(reader: Reader, node: Any) -> None:
    loop: cst.CompFor | None = node.for_in
    assert loop is not None
    reader.read(loop.iter)

    def within() -> None:
        here: Any = loop
        while here is not None:
            if here is not loop:
                reader.read(here.iter)
            reader.target(here.target)
            reader.read_all([condition.test for condition in here.ifs])
            here = here.inner_for_in
        for part in ("elt", "key", "value"):
            reader.read(getattr(node, part, None))

    reader.inside(Scope("comprehension", reader.scope), within)


def _walrus(reader: Reader, node: cst.NamedExpr) -> None:
    reader.read(node.value)
    home = nearest(reader.scope, "module", "function", "class", "types")
    reader.inside(home, lambda: reader.target(node.target))


HANDLERS: dict[type[cst.CSTNode], Callable[[Any, Any], None]] = {
    cst.FunctionDef: _function,
    cst.Lambda: _lambda,
    cst.ClassDef: _class,
    cst.TypeAlias: _type_alias,
    cst.GeneratorExp: _comprehension,
    cst.ListComp: _comprehension,
    cst.SetComp: _comprehension,
    cst.DictComp: _comprehension,
    cst.NamedExpr: _walrus,
}
