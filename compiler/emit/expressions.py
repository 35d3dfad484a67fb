"""Conditions, arguments and calls as expressions."""

from __future__ import annotations

from collections.abc import Sequence

from hypergraph.compiler.emit.fragments import (
    Code,
    Fragment,
    Identifier,
    Literal,
    code,
    join,
    literal,
)
from hypergraph.compiler.emit.naming import Names
from hypergraph.compiler.plan import (
    Argument,
    Call,
    Chosen,
    Condition,
    Either,
    Every,
    Fallback,
    Gate,
    Opens,
    Present,
)


def condition(names: Names, gates: dict[str, Gate], one: Condition) -> Code:
    """A condition as an expression that needs no parentheses after ``if``."""
    if isinstance(one, Present):
        return code("{} is not ABSENT", names.slot(one.slot))
    if isinstance(one, Chosen):
        return code("{}", names.about("chosen", one.gate, one.target))
    if isinstance(one, Opens):
        return opens(gates[one.gate], names.about("said", one.gate), one.target, one.undecided)
    if not one.parts:
        return code("True" if isinstance(one, Every) else "False")
    parts = [condition(names, gates, part) for part in one.parts]
    if isinstance(one, Every):
        wrapped = [
            code("({})", text) if isinstance(part, Either) or _is_either(gates, part) else text
            for part, text in zip(one.parts, parts, strict=True)
        ]
        return join(" and ", wrapped)
    return join(" or ", parts)


def _is_either(gates: dict[str, Gate], one: Condition) -> bool:
    return isinstance(one, Opens) and one.undecided and gates[one.gate].multi


def opens(gate: Gate, said: Fragment, target: str, undecided: bool) -> Code:
    """The test that a gate lets a target run."""
    if gate.multi:
        chosen = code("{} in {}", literal(target), said)
        return code("{} is OPEN or {}", said, chosen) if undecided else chosen
    decision = decision_for(gate, target)
    if undecided:
        return code("{} in (OPEN, {})", said, decision)
    return code("{} is {}" if gate.when_true else "{} == {}", said, decision)


def decision_for(gate: Gate, target: str) -> Fragment:
    """What the gate's function returns to choose ``target``."""
    if gate.when_true:
        return literal(target == gate.when_true)
    return Code("END") if target == "END" else literal(target)


def argument_value(names: Names, argument: Argument) -> Fragment:
    """The value of an argument; its fallback stands in when there is none (X58)."""
    if argument.slot is None:
        assert argument.fallback is not None
        return fallback_value(names, argument.fallback)
    return value_or_fallback(names, names.slot(argument.slot), argument.fallback)


def value_or_fallback(names: Names, value: Identifier, fallback: Fallback | None) -> Fragment:
    """A variable, with what stands in for it while it has no value."""
    if fallback is None:
        return value
    instead = fallback_value(names, fallback)
    return code("{} if {} is not ABSENT else {}", value, value, instead)


def fallback_value(names: Names, fallback: Fallback) -> Fragment:
    """A binding or a default as an expression; a changeable default is copied at each use."""
    if fallback.literal is not None:
        return Literal(fallback.literal)
    reached = names.fallback(fallback)
    if fallback.shared:
        return reached
    return code("fresh({}, {})", reached, literal(fallback.parameter))


def arguments(
    names: Names, listed: Sequence[Argument], replaced: dict[str, Fragment] | None = None
) -> Code:
    """What stands between the parentheses of a call."""
    parts: list[Fragment] = []
    for argument in listed:
        value = (replaced or {}).get(argument.input) or argument_value(names, argument)
        composed = not isinstance(value, Identifier)
        if argument.passing == "spread":
            parts.append(code("*({})" if composed else "*{}", value))
        elif argument.passing == "spread by name":
            parts.append(code("**({})" if composed else "**{}", value))
        elif argument.passing == "keyword":
            parts.append(code("{}={}", Identifier(argument.parameter), value))
        else:
            parts.append(value)
    return join(", ", parts)


def plain_call(names: Names, call: Call, replaced: dict[str, Fragment] | None = None) -> Code:
    """``function(arguments)``, nothing more."""
    return code("{}({})", names.node(call), arguments(names, call.arguments, replaced))
