"""Calls in a program with events or a cache: each is handed to the run's ``watch``.

What is to happen between the start and the end of a node stands in a ``lambda``; arguments that are
copied for the call are made before it, since a default that cannot be copied fails the run before
the node has started (X59).
"""

from __future__ import annotations

from hypergraph.compiler.emit.decisions import checked_decision
from hypergraph.compiler.emit.expressions import argument_value, plain_call
from hypergraph.compiler.emit.fragments import Code, Fragment, code, join, literal
from hypergraph.compiler.emit.nested import is_cloned, nested_call, nested_value
from hypergraph.compiler.emit.scope import Scope
from hypergraph.compiler.plan import Call, Mapping

Values = dict[str, Fragment]


def is_watched(scope: Scope, call: Call) -> bool:
    """Whether the call is handed to the watch: to be told about, or to be looked up."""
    return scope.plan.events or call.definition is not None


def watched_call(scope: Scope, call: Call, replaced: Values | None) -> Code:
    """The call of a node by way of the watch; under asyncio a coroutine, not awaited."""
    if call.mapping is not None:
        return _mapped(scope, call, call.mapping, replaced)
    if call.definition is not None:
        return _looked_up(scope, call, replaced)
    if call.function is not None:
        return _nested(scope, call, replaced)
    given, values = _made_before(scope, call, replaced)
    watch, node = scope.names.about("watch"), literal(call.node)
    if call.gate is not None:
        made = checked_decision(call, call.gate, plain_call(scope.names, call, values))
        work = _lambda([given], made)
        return code("{}.decide({})", watch, join(", ", [node, work, *_branches(call)]))
    made = _body(scope, call, values)
    if len(call.outputs) > 1:
        made = _unpacked(scope, call, made)
    return code("{}.call({}, {})", watch, node, _lambda([given], made))


def watched_question(scope: Scope, call: Call, replaced: Values | None) -> Code:
    """``watch.ask(...)``: the question of an interrupt, not awaited."""
    given, values = _given(scope, call, replaced)
    parts: list[Fragment] = [
        literal(call.node),
        literal(tuple(output.name for output in call.outputs)),
        _lambda([scope.names.about("given")], plain_call(scope.names, call, values)),
        given,
    ]
    if call.definition is not None:
        parts.append(scope.names.definition(call))
    return code("{}.ask({})", scope.names.about("watch"), join(", ", parts))


def write_answered(scope: Scope, call: Call) -> None:
    """Tell that the caller had the answer to an interrupt (X103)."""
    if scope.plan.events:
        watch = scope.names.about("watch")
        scope.writer.line("await {}.answered({})", watch, literal(call.node))


# -- One call -----------------------------------------------------------------------------------


def _body(scope: Scope, call: Call, values: Values | None) -> Code:
    """What the function gives, before it is taken apart."""
    made = plain_call(scope.names, call, values)
    if call.flavour == "generator":
        made = code("list({})", made)
    elif call.flavour == "async generator":
        made = code("collected({})", made)
    return code("held(lambda: {})", made) if scope.plan.limited else made


def _unpacked(scope: Scope, call: Call, made: Code) -> Code:
    count, node = literal(len(call.outputs)), literal(call.node)
    if scope.is_async:
        return code("unpacked(lambda: {}, {}, {})", made, count, node)
    return code("unpack({}, {}, {})", made, count, node)


def _looked_up(scope: Scope, call: Call, replaced: Values | None) -> Code:
    """``watch.cached(...)``: what the function gave is kept as it was, under no name (K4)."""
    names = scope.names
    given, values = _given(scope, call, replaced)
    raw = names.about("raw")
    if call.gate is not None:
        work = plain_call(names, call, values)
        finish: list[Fragment] = [
            _lambda([raw], checked_decision(call, call.gate, code("{}", raw)))
        ]
    else:
        work = _body(scope, call, values)
        finish = []
        if len(call.outputs) > 1:
            count, node = literal(len(call.outputs)), literal(call.node)
            finish = [_lambda([raw], code("unpack({}, {}, {})", raw, count, node))]
    parts = [
        literal(call.node),
        names.definition(call),
        given,
        _lambda([names.about("given")], work),
        *finish,
        *_branches(call),
    ]
    method = "cached_decision" if call.gate is not None else "cached"
    return code("{}." + method + "({})", names.about("watch"), join(", ", parts))


def _branches(call: Call) -> list[Fragment]:
    """What a decision that is a bool is told as: the branch taken (X129)."""
    if call.gate is None or not call.gate.when_true:
        return []
    when_true = call.gate.when_true
    when_false = next((one for one in call.gate.targets if one != when_true), when_true)
    pairs = [
        code("{}: {}", literal(said), Code("END") if name == "END" else literal(name))
        for said, name in ((True, when_true), (False, when_false))
    ]
    return [code("{{{}}}", join(", ", pairs))]


def _lambda(parameters: list[Fragment | None], made: Fragment) -> Code:
    listed = join(", ", [one for one in parameters if one is not None])
    return code("lambda {}: {}", listed, made) if listed.text else code("lambda: {}", made)


def _given(scope: Scope, call: Call, replaced: Values | None) -> tuple[Code, Values]:
    """All inputs by name, as a dict, and how the call reaches them there."""
    pairs: list[Fragment] = []
    values: Values = {}
    for one in call.arguments:
        value = (replaced or {}).get(one.input) or argument_value(scope.names, one)
        pairs.append(code("{}: {}", literal(one.input), value))
        values[one.input] = _item_of(scope, one.input)
    return code("{{{}}}", join(", ", pairs)), values


def _item_of(scope: Scope, name: str) -> Code:
    return code("{}[{}]", scope.names.about("given"), literal(name))


def _made_before(
    scope: Scope, call: Call, replaced: Values | None
) -> tuple[Code | None, Values | None]:
    """``given={...}`` with the arguments that are copied for this call, if there are any."""
    pairs: list[Fragment] = []
    values: Values = dict(replaced or {})
    for one in call.arguments:
        if one.fallback is None or one.fallback.shared or one.fallback.literal is not None:
            continue
        value = (replaced or {}).get(one.input) or argument_value(scope.names, one)
        pairs.append(code("{}: {}", literal(one.input), value))
        values[one.input] = _item_of(scope, one.input)
    if not pairs:
        return None, replaced
    return code("{}={{{}}}", scope.names.about("given"), join(", ", pairs)), values


# -- Nested graphs ------------------------------------------------------------------------------


def _nested(scope: Scope, call: Call, replaced: Values | None) -> Code:
    assert call.function is not None
    inner = scope.functions[call.function]
    watch, made = scope.names.about("watch"), nested_call(scope, call, replaced)
    if not inner.events:
        # The checks of this graph fail, so there is no run to tell about (X18, X84).
        return code("{}.call({}, {})", watch, literal(call.node), _lambda([], made))
    work = _lambda([scope.names.about("inner")], made)
    return code("{}.run({}, {}, {})", watch, literal(call.node), literal(inner.graph), work)


def _mapped(scope: Scope, call: Call, mapping: Mapping, replaced: Values | None) -> Code:
    """``watch.map(...)``: columns, copies for each item, and the call of one item."""
    assert call.function is not None
    names, inner = scope.names, scope.functions[call.function]
    by_name = {one.input: one for one in call.arguments}
    columns: list[Fragment] = []
    values: Values = {}
    for name in mapping.inputs:
        one = by_name[name]
        value = (replaced or {}).get(name) or argument_value(names, one)
        columns.append(code("{}: {}", literal(one.parameter), value))
        values[name] = names.about("item", call.node, name)
    copies: list[Fragment] = []
    for one in call.arguments:
        passed = (replaced or {}).get(one.input) or nested_value(scope, one)
        if is_cloned(one, mapping) and passed is not None:
            copies.append(code("{}: {}", literal(one.input), passed))
            values[one.input] = names.about("copy", call.node, one.input)
    made = nested_call(scope, call, {**(replaced or {}), **values})
    parts: list[Fragment] = [
        literal(call.node),
        literal(inner.graph),
        code("{{{}}}", join(", ", columns)),
        literal(mapping.mode),
        literal(mapping.on_error),
        literal(len(call.outputs)),
        code("{{{}}}", join(", ", copies)),
        _lambda([names.about("inner"), *values.values()], made),
    ]
    if not (inner.events or inner.cache):
        # The checks of every item fail, so the map has no runs to tell about (X18, X84).
        parts.append(code("told=False"))
    return code("{}.map({})", names.about("watch"), join(", ", parts))
