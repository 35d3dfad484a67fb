"""One call in a text: what is called with what, and what is around the call."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from hypergraph.compiler.outline.model import Argument, Call, Collecting, Gate, Kind, Output
from hypergraph.compiler.outline.patterns import Found, expression
from hypergraph.compiler.outline.read_expressions import read_value
from hypergraph.compiler.outline.read_nested import mapped_call, nested_call, pairs_of
from hypergraph.compiler.outline.read_watched import checked_decision, read_watched
from hypergraph.compiler.outline.scope import (
    Scope,
    handling_of,
    name_of,
    number_of,
    string_of,
    strings_of,
    unreadable,
)

# What may stand around a call, by where it stands: nothing is left un-awaited, and nothing that is
# handed over begins before its time.
_SYNC = r"(unpack )?(list )?|decision |graph |((columns|filled) )?map |watch "
_ASYNC = (
    r"(unpack )?(list |await held lambda (list |collected )?|await (settled |collected )?)"
    r"|decision |await (inside lambda )?graph |await mapped map |await asked "
    r"|await watch "
)
_TOGETHER = (
    r"(unpacked lambda )?(held )?(lambda )?(list |collected )?"
    r"|(inside lambda )?graph |lambda mapped map |lambda decision "
    r"|(lambda )?watch "
)
_WATCHED = r"(unpack )?(list )?|decision |graph "
_WATCHED_ASYNC = (
    r"(unpacked lambda )?(held lambda )?(list |collected )?|decision |(inside lambda )?graph "
)


@dataclass(frozen=True)
class Made:
    """A call and what is ``around`` it, from the outside in."""

    call: Call
    around: str = ""

    def inside(self, *around: str) -> Made:
        """The same with more around it."""
        return replace(self, around=" ".join([*around, self.around]))


def straight_call(scope: Scope, given: ast.expr) -> Call:
    """A call that is made where it stands."""
    made = read_made(scope, given)
    call = _checked(given, made, _ASYNC if scope.is_async else _SYNC)
    return replace(call, awaited=made.around in ("await ", "unpack await "))


def deferred_call(scope: Scope, given: ast.expr) -> Call:
    """A call that is handed over, to be made together with others."""
    made = read_made(scope, given)
    return replace(_checked(given, made, _TOGETHER), awaited=made.around == "")


def gate_call(scope: Scope, given: ast.expr) -> Call:
    """A call whose result is checked in the next lines: nothing is around it."""
    return _checked(given, read_made(scope, given), "")


def _watched_work(scope: Scope, given: ast.expr) -> Call:
    """A call that the watch makes when it has told that it begins."""
    allowed = _WATCHED_ASYNC if scope.is_async else _WATCHED
    return _checked(given, read_made(scope, given), allowed)


def _checked(given: ast.expr, made: Made, allowed: str) -> Call:
    if not re.fullmatch(allowed, made.around):
        unreadable(given, f"a call cannot be made in this way here: {made.around or 'as it is'}")
    return made.call


def read_made(scope: Scope, given: ast.expr) -> Made:
    """A call with everything around it."""
    if isinstance(given, ast.Await):
        return read_made(scope, given.value).inside("await")
    for pattern, read in _AROUND.items():
        found = expression(pattern, given)
        if found is not None:
            return read(scope, found)
    if isinstance(given, ast.ListComp):
        return _comprehension(scope, given)
    checked = checked_decision(given)
    if checked is not None:
        return _decision(scope, *checked)
    if not isinstance(given, ast.Call):
        unreadable(given, "there should be a call")
    if isinstance(given.func, ast.Attribute) and name_of(given.func.value) == scope.watch:
        return Made(read_watched(scope, given, given.func.attr, _watched_work)).inside("watch")
    if name_of(given.func) in scope.functions:
        return Made(nested_call(scope, given)).inside("graph")
    return Made(_user_call(scope, given))


def _user_call(scope: Scope, given: ast.Call) -> Call:
    """``function(arguments)``, for a function of the user's."""
    arguments: list[Argument] = []
    for index, one in enumerate(given.args, start=1):
        spread = isinstance(one, ast.Starred)
        value = one.value if isinstance(one, ast.Starred) else one
        arguments.append(Argument("*" if spread else index, *read_value(scope, value)))
    for named in given.keywords:
        arguments.append(Argument(named.arg or "**", *read_value(scope, named.value)))
    name = name_of(given.func)
    if name in scope.variables:
        unreadable(given, f"{name} is a value, not a function")
    return Call(name, name, "function", tuple(arguments), (Output(()),))


# -- What is around a call ----------------------------------------------------------------------


def _simply(*around: str) -> Callable[[Scope, Found], Made]:
    return lambda scope, found: read_made(scope, found["x"]).inside(*around)


def _collected(form: Collecting) -> Callable[[Scope, Found], Made]:
    def read(scope: Scope, found: Found) -> Made:
        made = read_made(scope, found["x"])
        return Made(replace(made.call, collects=form), made.around).inside(form)

    return read


def _held(scope: Scope, found: Found) -> Made:
    made = read_made(scope, found["x"])
    return Made(replace(made.call, held=True), made.around).inside("held")


def _several_results(word: str) -> Callable[[Scope, Found], Made]:
    def read(scope: Scope, found: Found) -> Made:
        made = read_made(scope, found["x"])
        outputs = tuple(Output(()) for _ in range(number_of(found["n"])))
        call = replace(made.call, node=string_of(found["node"]), outputs=outputs)
        return Made(call, made.around).inside(word)

    return read


def _decision(scope: Scope, made: ast.expr, node: str, kind: Kind, gate: Gate) -> Made:
    call = gate_call(scope, made)
    return Made(replace(call, node=node, kind=kind, outputs=(), gate=gate)).inside("decision")


def _inside(scope: Scope, found: Found) -> Made:
    made = read_made(scope, found["x"])
    call = replace(made.call, node=string_of(found["node"]), pauses=True)
    return Made(call, made.around).inside("inside")


def _asked(scope: Scope, found: Found) -> Made:
    made = read_made(scope, found["x"])
    if made.around or not isinstance(found["shown"], ast.Dict):
        unreadable(found["x"], "this is not how a question is asked")
    shown = [value for _, value in pairs_of(scope, found["shown"])]
    if shown != [(one.value, one.instead) for one in made.call.arguments]:
        unreadable(found["shown"], "a pause shows something else than its handler gets")
    asks = strings_of(found["outputs"])
    call = replace(
        made.call,
        node=string_of(found["node"]),
        kind="interrupt",
        outputs=tuple(Output(()) for _ in asks),
        asks=asks,
    )
    return Made(call).inside("asked")


def _mapped(scope: Scope, found: Found) -> Made:
    """``mapped(...)``, all items at once."""
    made = _comprehension(scope, found["x"])
    assert made.call.mapping is not None
    _check_count(made.call, found["n"])
    mapping = replace(made.call.mapping, on_error=handling_of(found["error"]))
    return Made(replace(made.call, mapping=mapping), made.around).inside("mapped")


def _check_count(call: Call, count: ast.expr) -> None:
    """A function that refuses every call does not tell how many results it would have."""
    if call.outputs and number_of(count) != len(call.outputs):
        unreadable(count, "the graph does not have so many outputs")


def _columns(scope: Scope, found: Found) -> Made:
    made = _comprehension(scope, found["x"])
    _check_count(made.call, found["n"])
    return made.inside("columns")


def _filled(scope: Scope, found: Found) -> Made:
    """``filled([...])``: an item that gave nothing gets ``None``."""
    made = _comprehension(scope, found["x"])
    assert made.call.mapping is not None
    mapping = replace(made.call.mapping, fills=(0,))
    return Made(replace(made.call, mapping=mapping), made.around).inside("filled")


def _comprehension(scope: Scope, given: ast.expr) -> Made:
    if not isinstance(given, (ast.ListComp, ast.GeneratorExp)):
        unreadable(given, "there should be a call for each item")
    (loop,) = given.generators
    return Made(mapped_call(scope, given.elt, loop.target, loop.iter, {})).inside("map")


_AROUND: dict[str, Callable[[Scope, Found], Made]] = {
    "lambda: _x": _simply("lambda"),
    "settled(_x)": _simply("settled"),
    "list(_x)": _collected("list"),
    "collected(_x)": _collected("collected"),
    "held(_x)": _held,
    "unpack(_x, _n, _node)": _several_results("unpack"),
    "unpacked(_x, _n, _node)": _several_results("unpacked"),
    "inside(_node, _x)": _inside,
    "asked(_node, _outputs, lambda: _x, _shown)": _asked,
    "mapped(_x, _n, _error)": _mapped,
    "columns(_x, _n)": _columns,
    "filled(_x)": _filled,
}
