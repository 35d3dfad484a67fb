"""How the reader takes in everything else that binds names or looks them up."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import libcst as cst

from hypergraph.compiler.link.inline.scopes import Annotation, LocalImport
from hypergraph.compiler.link.inline.trees import children, dotted

if TYPE_CHECKING:
    from hypergraph.compiler.link.inline.reader import Reader


def _name(reader: Reader, node: cst.Name) -> None:
    reader.use(node)


def _attribute(reader: Reader, node: cst.Attribute) -> None:
    reader.reference(node)


def _call(reader: Reader, node: cst.Call) -> None:
    reader.reference(node.func, "call")
    if dotted(node.func) in ("eval", "exec") and len(node.args) == 1:
        reader.reading.evaluating.add(id(node.func))
    called = dotted(node.func).rpartition(".")[2]
    for position, argument in enumerate(node.args):
        keyword = argument.keyword.value if argument.keyword is not None else ""
        typed = (called == "cast" and position == 0) or (called == "TypeVar" and keyword == "bound")
        if typed and isinstance(argument.value, cst.SimpleString):
            _as_annotation(reader, argument.value)
        else:
            reader.read(argument.value)


def _annotation(reader: Reader, node: cst.Annotation) -> None:
    _as_annotation(reader, node.annotation)


def _as_annotation(reader: Reader, node: cst.CSTNode, kind: Annotation = "types") -> None:
    before, reader.annotation = reader.annotation, kind
    reader.read(node)
    reader.annotation = before


def _string(reader: Reader, node: cst.SimpleString | cst.ConcatenatedString) -> None:
    if not reader.annotation:
        for child in children(node):
            reader.read(child)
        return
    text = node.evaluated_value
    if not isinstance(text, str):
        return
    try:
        # Within parentheses, as typing does it: the text may begin with spaces or hold line ends.
        ast.parse(f"({text})", mode="eval")
        inner = cst.parse_expression(text.strip() if "\n" not in text else f"({text})")
    except (SyntaxError, ValueError, cst.ParserSyntaxError):
        return
    reader.reading.quoted.append((node, inner))
    reader.read(inner)


def _subscript(reader: Reader, node: cst.Subscript) -> None:
    reader.read(node.value)
    kind = dotted(node.value).rpartition(".")[2]
    before = reader.annotation
    for position, element in enumerate(node.slice):
        if kind == "Literal" or (kind == "Annotated" and position):
            # Strings in here are values, and so is everything beside a name.
            reader.annotation = ""
            reader.read_values(element, before)
        else:
            reader.read(element)
        reader.annotation = before


def _assign(reader: Reader, node: cst.Assign) -> None:
    reader.read(node.value)
    for one in node.targets:
        reader.target(one)


def _annotated(reader: Reader, node: cst.AnnAssign) -> None:
    in_class = reader.scope.kind == "class"
    _as_annotation(reader, node.annotation.annotation, "fields" if in_class else "types")
    alias = dotted(node.annotation.annotation).rpartition(".")[2] == "TypeAlias"
    if alias and isinstance(node.value, cst.SimpleString):
        _as_annotation(reader, node.value)
    else:
        reader.read(node.value)
    if node.value is not None or reader.scope.kind == "function":
        reader.target(node.target)
    elif not isinstance(node.target, cst.Name):
        reader.read(node.target)


def _augmented(reader: Reader, node: cst.AugAssign) -> None:
    reader.read(node.value)
    if isinstance(node.target, cst.Name):
        reader.use(node.target, "change")
    reader.target(node.target)


def _delete(reader: Reader, node: cst.Del) -> None:
    reader.target(node.target)


def _for(reader: Reader, node: cst.For) -> None:
    reader.read(node.iter)
    reader.target(node.target)
    reader.read(node.body)
    reader.read(node.orelse)


def _with_item(reader: Reader, node: cst.WithItem) -> None:
    reader.read(node.item)
    if node.asname is not None:
        reader.target(node.asname.name)


def _handler(reader: Reader, node: cst.ExceptHandler | cst.ExceptStarHandler) -> None:
    reader.read(node.type)
    if node.name is not None:
        reader.target(node.name.name)
    reader.read(node.body)


def _import(reader: Reader, node: cst.Import | cst.ImportFrom) -> None:
    if isinstance(node.names, cst.ImportStar):
        reader.reading.binds.setdefault("*", []).append(node)
        return
    for alias in node.names:
        found = LocalImport(node, alias, reader.scope)
        if reader.scope.kind != "module":
            reader.reading.imports.append(found)
        name = name_bound(alias)
        reader.bind(alias, name, found)


def name_bound(alias: cst.ImportAlias) -> str:
    """The name that one part of an import binds."""
    if alias.asname is not None:
        return dotted(alias.asname.name)
    return dotted(alias.name).partition(".")[0]


def _global(reader: Reader, node: cst.Global) -> None:
    reader.scope.outward.update({item.name.value: "global" for item in node.names})


def _nonlocal(reader: Reader, node: cst.Nonlocal) -> None:
    reader.scope.outward.update({item.name.value: "nonlocal" for item in node.names})


def _match_as(reader: Reader, node: cst.MatchAs | cst.MatchStar) -> None:
    reader.read(getattr(node, "pattern", None))
    reader.target(node.name)


def _match_mapping(reader: Reader, node: cst.MatchMapping) -> None:
    for element in node.elements:
        reader.read(element.key)
        reader.read(element.pattern)
    reader.target(node.rest)


def _match_keyword(reader: Reader, node: cst.MatchKeywordElement) -> None:
    reader.read(node.pattern)


def _formatted(reader: Reader, node: cst.FormattedString) -> None:
    before = reader.quotes
    reader.quotes += node.start[-1]
    reader.read_all(node.parts)
    reader.quotes = before


def _shown(reader: Reader, node: cst.FormattedStringExpression) -> None:
    if node.equal is not None:
        reader.reading.shown.append(node)
    reader.read(node.expression)
    reader.read_all(node.format_spec or ())


def _nothing(reader: Reader, node: cst.CSTNode) -> None:
    pass


HANDLERS: dict[type[cst.CSTNode], Callable[[Any, Any], None]] = {
    cst.Name: _name,
    cst.Attribute: _attribute,
    cst.Call: _call,
    cst.Annotation: _annotation,
    cst.SimpleString: _string,
    cst.ConcatenatedString: _string,
    cst.Subscript: _subscript,
    cst.Assign: _assign,
    cst.AnnAssign: _annotated,
    cst.AugAssign: _augmented,
    cst.Del: _delete,
    cst.For: _for,
    cst.WithItem: _with_item,
    cst.ExceptHandler: _handler,
    cst.ExceptStarHandler: _handler,
    cst.Import: _import,
    cst.ImportFrom: _import,
    cst.Global: _global,
    cst.Nonlocal: _nonlocal,
    cst.MatchAs: _match_as,
    cst.MatchStar: _match_as,
    cst.MatchMapping: _match_mapping,
    cst.MatchKeywordElement: _match_keyword,
    cst.FormattedString: _formatted,
    cst.FormattedStringExpression: _shown,
    cst.FormattedStringText: _nothing,
    cst.Integer: _nothing,
    cst.Float: _nothing,
    cst.Pass: _nothing,
}
