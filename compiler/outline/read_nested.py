"""Calls of the functions of nested graphs in a text, and how they are mapped."""

from __future__ import annotations

import ast
from collections.abc import Mapping as Table
from dataclasses import replace
from typing import Literal

from hypergraph.compiler.outline.model import Argument, Call, Function, Mapping, Output
from hypergraph.compiler.outline.patterns import expression
from hypergraph.compiler.outline.read_expressions import Value, read_value
from hypergraph.compiler.outline.scope import Scope, name_of, names_of, string_of, unreadable

Copies = Table[str, Value]


def nested_call(scope: Scope, given: ast.Call) -> Call:
    """``function(arguments)``, for one of the functions of the program."""
    function = scope.functions[name_of(given.func)]
    arguments = [
        Argument(place, *read_value(scope, value)) for place, value in _placed(function, given)
    ]
    outputs = tuple(Output(()) for _ in function.returns)
    return Call(function.name, function.name, "graph", tuple(arguments), outputs)


def _placed(function: Function, given: ast.Call) -> list[tuple[str, ast.expr]]:
    """Each argument with the name of the parameter that gets it."""
    parameters = [one.values[0] for one in function.inputs]
    values = list(given.args)
    if function.watched:
        values = values[1:]
    if len(values) > len(parameters):
        unreadable(given, f"{function.name} does not take so many arguments")
    placed = list(zip(parameters, values, strict=False))
    placed += [(one.arg or "**", one.value) for one in given.keywords]
    if any(place not in parameters for place, _ in placed):
        unreadable(given, f"{function.name} has no such parameter")
    return placed


# -- Maps ---------------------------------------------------------------------------------------


def mapped_call(
    scope: Scope, given: ast.expr, items: ast.expr, rows: ast.expr, copies: Copies
) -> Call:
    """``function(item, ...)`` for each of the ``items`` in ``rows``; it fails as a whole.

    ``copies`` are variables that hold what was copied for an item.
    """
    made, pauses = given, False
    inside = expression("inside(_node, lambda: _call)", given)
    if inside is not None:
        made, pauses = inside["call"], True
    if not isinstance(made, ast.Call) or name_of(made.func) not in scope.functions:
        unreadable(given, "there should be a call of a graph's function")
    function = scope.functions[name_of(made.func)]
    mode, columns = _columns(scope, rows)
    by_item = dict(zip(names_of(items), columns, strict=True))
    arguments: list[Argument] = []
    places: dict[str, str] = {}
    for place, value in _placed(function, made):
        if isinstance(value, ast.Name) and value.id in by_item:
            places[value.id] = place
            arguments.append(Argument(place, *by_item[value.id][1], each=True))
        else:
            arguments.append(_broadcast(scope, place, value, copies))
    if len(places) != len(by_item):
        unreadable(given, "an item is not passed on")
    mapping = Mapping(
        tuple(places[item] for item in by_item), tuple(key for key, _ in columns), mode, "raise"
    )
    call = nested_call(scope, made)
    node = call.node if inside is None else string_of(inside["node"])
    return replace(
        call, node=node, kind="map", arguments=tuple(arguments), mapping=mapping, pauses=pauses
    )


def _columns(
    scope: Scope, rows: ast.expr
) -> tuple[Literal["zip", "product"], list[tuple[str, Value]]]:
    """What is mapped over: the names of the nested graph's inputs, and the lists."""
    modes: dict[str, Literal["zip", "product"]] = {"each(_d)": "zip", "combined(_d)": "product"}
    for pattern, mode in modes.items():
        found = expression(pattern, rows)
        if found is not None and isinstance(found["d"], ast.Dict):
            return mode, pairs_of(scope, found["d"])
    unreadable(rows, "this is not a way to go through lists")


def pairs_of(scope: Scope, given: ast.Dict) -> list[tuple[str, Value]]:
    """Names with values, from a dict."""
    return [
        (string_of(key) if key is not None else "", read_value(scope, value))
        for key, value in zip(given.keys, given.values, strict=True)
    ]


def _broadcast(scope: Scope, place: str, given: ast.expr, copies: Copies) -> Argument:
    """An argument that is the same for all items, or a copy of it for each."""
    if isinstance(given, ast.Name) and given.id in copies:
        return Argument(place, *copies[given.id], copied=True)
    copied = expression("cloned(_v, _name)", given)
    if copied is not None:
        return Argument(place, *read_value(scope, copied["v"]), copied=True)
    return Argument(place, *read_value(scope, given))
