"""The call of a nested graph's function."""

from __future__ import annotations

from hypergraph.compiler.emit.expressions import argument_value
from hypergraph.compiler.emit.fragments import Code, Fragment, code, join, literal
from hypergraph.compiler.emit.scope import Scope
from hypergraph.compiler.plan import Argument, Call, Mapping


def nested_call(scope: Scope, call: Call, replaced: dict[str, Fragment] | None = None) -> Code:
    """``function(arguments)``: by position up to the first gap, then by name; not awaited.

    An input that the nested graph fills in itself is left out when it can have no value here. Where
    the nested graph may pause, its pause is told from here.
    """
    assert call.function is not None
    inner = scope.functions[call.function]
    order = [one.name for one in inner.inputs]
    names = scope.inner[call.function]
    parts: list[Fragment] = []
    gap = False
    for argument in sorted(call.arguments, key=lambda one: order.index(one.parameter)):
        value = (replaced or {}).get(argument.input) or nested_value(scope, argument)
        if value is None:
            continue
        position = order.index(argument.parameter)
        gap = gap or position != len(parts)
        parameter = names.slot(inner.inputs[position].slots[0])
        parts.append(code("{}={}", parameter, value) if gap else value)
    if inner.watched:
        parts.insert(0, scope.names.about("inner" if inner.events else "watch"))
    made = code("{}({})", scope.names.function(call.function), join(", ", parts))
    return code("inside({}, lambda: {})", literal(call.node), made) if call.may_pause else made


def nested_value(scope: Scope, argument: Argument) -> Fragment | None:
    """What is passed: inputs with a default inside are passed as they are, even when absent."""
    if argument.passing != "keyword":
        return argument_value(scope.names, argument)
    return None if argument.slot is None else scope.names.slot(argument.slot)


def is_cloned(argument: Argument, mapping: Mapping) -> bool:
    """Whether each item gets a copy of its own of this broadcast input (X91)."""
    if argument.input in mapping.inputs or argument.is_answer:
        return False
    return mapping.clone is True or (
        isinstance(mapping.clone, tuple) and argument.input in mapping.clone
    )
