"""Calls in a text that are handed to the run's ``watch``, to be told about or to be looked up."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

from hypergraph.compiler.outline.model import Call, Gate, Kind, Output
from hypergraph.compiler.outline.patterns import expression
from hypergraph.compiler.outline.read_expressions import Value, decision_in
from hypergraph.compiler.outline.read_nested import mapped_call, pairs_of
from hypergraph.compiler.outline.scope import (
    Scope,
    handling_of,
    name_of,
    number_of,
    string_of,
    strings_of,
    unreadable,
)

Read = Callable[[Scope, ast.expr], Call]


def read_watched(scope: Scope, given: ast.Call, method: str, read: Read) -> Call:
    """``watch.method(...)``; ``read`` reads the call of a function in it, and what is around."""
    forms = {
        "call": _called,
        "run": _run,
        "decide": _decided,
        "cached": _cached,
        "cached_decision": _cached_decision,
        "ask": _asked,
        "map": _mapped,
    }
    if method not in forms or (given.keywords and method != "map"):
        unreadable(given, "a watch cannot be asked for this")
    call = forms[method](scope, given.args, read)
    refused = [ast.unparse(one) for one in given.keywords] == ["told=False"]
    if refused != (
        method == "map" and not call.outputs and not scope.functions[call.function].watched
    ):
        unreadable(given, "a map tells of its runs wrongly")
    return replace(call, node=string_of(given.args[0]))


def _arguments(given: list[ast.expr], least: int, most: int) -> list[ast.expr | None]:
    """The arguments, with ``None`` for those that are left out."""
    if not least <= len(given) <= most:
        unreadable(given[0] if given else ast.Pass(), "a watch is asked with other arguments")
    return [*given, *[None] * (most - len(given))]


def _lambda(given: ast.expr | None) -> tuple[list[str], ast.Lambda]:
    if not isinstance(given, ast.Lambda):
        unreadable(given or ast.Pass(), "there should be a function without a name")
    return [one.arg for one in given.args.args], given


@contextmanager
def _given(scope: Scope, values: ast.expr | None) -> Iterator[None]:
    """What can be read by the names of inputs, in the function that gets it."""
    if values is not None:
        if not isinstance(values, ast.Dict):
            unreadable(values, "there should be values by name")
        scope.given = dict(pairs_of(scope, values))
    yield
    scope.given = {}


def _called(scope: Scope, given: list[ast.expr], read: Read) -> Call:
    """``watch.call(node, lambda: ...)``; what is copied for the call is made before it."""
    _, work = _arguments(given, 2, 2)
    _, function = _lambda(work)
    copied = function.args.defaults[0] if function.args.defaults else None
    with _given(scope, copied):
        return read(scope, function.body)


def _run(scope: Scope, given: list[ast.expr], read: Read) -> Call:
    """``watch.run(node, graph, lambda inner: function(inner, ...))``."""
    _, _, work = _arguments(given, 3, 3)
    return read(scope, _lambda(work)[1].body)


# -- Decisions ----------------------------------------------------------------------------------


def _decided(scope: Scope, given: list[ast.expr], read: Read) -> Call:
    """``watch.decide(node, lambda: ...)``, with the branches if they are told as true or false."""
    _, work, told = _arguments(given, 2, 3)
    _, function = _lambda(work)
    copied = function.args.defaults[0] if function.args.defaults else None
    with _given(scope, copied):
        return _with_branches(read(scope, function.body), told)


def _with_branches(call: Call, told: ast.expr | None) -> Call:
    if (call.kind == "ifelse") != (told is not None) or call.gate is None:
        unreadable(told or ast.Pass(), f"the branches of {call.node} are told wrongly")
    if told is None:
        return call
    found = expression("{True: _yes, False: _no}", told)
    if found is None:
        unreadable(told, f"the branches of {call.node} are told wrongly")
    targets = (str(decision_in(found["yes"])), str(decision_in(found["no"])))
    return replace(call, gate=replace(call.gate, told=targets))


_CHECKS: dict[str, Kind] = {
    "real_bool(_x, _node)": "ifelse",
    "decided(_x, _t, _node)": "route",
    "decided(_x, _t, _node, _f)": "route",
    "several(_x, _t, _node)": "route",
}


def checked_decision(given: ast.expr) -> tuple[ast.expr, str, Kind, Gate] | None:
    """A decision that is checked: what makes it, the node, its kind, and what it may say."""
    for pattern, kind in _CHECKS.items():
        found = expression(pattern, given)
        if found is not None:
            targets = targets_in(found["t"]) if "t" in found else ()
            fallback = str(decision_in(found["f"])) if "f" in found else None
            gate = Gate("", targets, fallback, several=pattern.startswith("several"))
            return found["x"], string_of(found["node"]), kind, gate
    return None


def targets_in(given: ast.expr) -> tuple[str, ...]:
    """The targets that a gate may choose."""
    if not isinstance(given, ast.Tuple):
        unreadable(given, "there should be the targets of a gate")
    return tuple(str(decision_in(one)) for one in given.elts)


# -- Calls that are looked up -------------------------------------------------------------------


def _looked_up(scope: Scope, given: list[ast.expr | None], read: Read) -> Call:
    """The node, its definition, all its inputs by name, and what works on them."""
    _, definition, values, work, *_ = given
    names, function = _lambda(work)
    assert definition is not None
    with _given(scope, values):
        call = read(scope, function.body)
        _check_inputs(scope, call, names)
    return replace(call, cached=ast.unparse(definition))


def _check_inputs(scope: Scope, call: Call, names: list[str]) -> None:
    """Everything that is in the key is passed on, and nothing else (X119)."""
    passed = sorted(map(str, ((one.value, one.instead) for one in call.arguments)))
    if len(names) != 1 or passed != sorted(map(str, scope.given.values())):
        unreadable(ast.Pass(), f"{call.function} does not get what it is looked up by")


def _cached(scope: Scope, given: list[ast.expr], read: Read) -> Call:
    listed = _arguments(given, 4, 5)
    call = _looked_up(scope, listed, read)
    if listed[4] is None:
        return call
    (raw,), function = _lambda(listed[4])
    found = expression("unpack(_raw, _n, _node)", function.body)
    if found is None or name_of(found["raw"]) != raw:
        unreadable(function, "this is not how results are taken apart")
    return replace(call, outputs=tuple(Output(()) for _ in range(number_of(found["n"]))))


def _cached_decision(scope: Scope, given: list[ast.expr], read: Read) -> Call:
    listed = _arguments(given, 5, 6)
    call = _looked_up(scope, listed, read)
    (raw,), function = _lambda(listed[4])
    checked = checked_decision(function.body)
    if checked is None or name_of(checked[0]) != raw:
        unreadable(function, "this is not how a decision is checked")
    _, node, kind, gate = checked
    call = replace(call, node=node, kind=kind, outputs=(), gate=gate)
    return _with_branches(call, listed[5])


def _asked(scope: Scope, given: list[ast.expr], read: Read) -> Call:
    """``watch.ask(node, outputs, lambda given: ..., {...})``, with a definition if cached."""
    _, outputs, work, values, definition = _arguments(given, 4, 5)
    assert outputs is not None
    names, function = _lambda(work)
    with _given(scope, values):
        call = read(scope, function.body)
        _check_inputs(scope, call, names)
    asks = strings_of(outputs)
    return replace(
        call,
        kind="interrupt",
        outputs=tuple(Output(()) for _ in asks),
        asks=asks,
        cached="" if definition is None else ast.unparse(definition),
    )


# -- Maps ---------------------------------------------------------------------------------------


def _mapped(scope: Scope, given: list[ast.expr], read: Read) -> Call:
    """``watch.map(...)``: columns, copies for each item, and the call of one item."""
    _, _, columns, mode, on_error, count, copied, work = _arguments(given, 8, 8)
    names, function = _lambda(work)
    if not (isinstance(columns, ast.Dict) and isinstance(copied, ast.Dict)):
        unreadable(function, "there should be lists, and copies, by name")
    assert mode is not None and on_error is not None and count is not None
    items = names[1 : len(columns.keys) + 1]
    copies: dict[str, Value] = dict(
        zip(
            names[len(columns.keys) + 1 :],
            (value for _, value in pairs_of(scope, copied)),
            strict=True,
        )
    )
    way = {"zip": "each", "product": "combined"}[string_of(mode)]
    rows = ast.Call(ast.Name(way, ast.Load()), [columns], [])
    target = ast.Tuple([ast.Name(one, ast.Store()) for one in items], ast.Store())
    call = mapped_call(scope, function.body, target, rows, copies)
    assert call.mapping is not None
    if call.outputs and number_of(count) != len(call.outputs):
        unreadable(count, "the graph does not have so many outputs")
    mapping = replace(call.mapping, on_error=handling_of(on_error))
    return replace(call, mapping=mapping)
