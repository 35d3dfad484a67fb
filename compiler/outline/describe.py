"""An outline in words: who feeds whom, what a guard asks, the supersteps of a program."""

from __future__ import annotations

from collections.abc import Iterator

from hypergraph.compiler.outline.model import (
    Call,
    Chose,
    Condition,
    Decides,
    Decision,
    Every,
    Function,
    Has,
    Input,
    Loop,
    Outline,
    Silent,
    Step,
)
from hypergraph.compiler.outline.names import with_node_names

Edge = tuple[str, str, str]


def edges_of(function: Function) -> list[Edge]:
    """Who feeds whom with what: producer, value, consumer; an input feeds under ``input``.

    The result is a consumer, too, called ``result``.
    """
    producers: dict[str, list[str]] = {}
    for one in function.inputs:
        for value in one.values:
            producers.setdefault(value, []).append("input")
    for call in function.calls():
        for value in (*(value for one in call.outputs for value in one.values), *call.signals):
            producers.setdefault(value, []).append(call.node)
    found: dict[Edge, None] = {}
    for call in function.calls():
        for argument in call.arguments:
            for producer in producers.get(argument.value or "", []):
                found[producer, argument.value or "", call.node] = None
    for value in function.returns:
        for producer in producers.get(value, []):
            found[producer, value, "result"] = None
    return list(found)


def places_of(function: Function) -> dict[str, int]:
    """The superstep of each node."""
    places: dict[str, int] = {}
    for superstep in function.supersteps:
        for item in superstep.items:
            for call in calls_in(item):
                places[call.node] = superstep.number
    return places


def calls_in(item: Step | Loop) -> list[Call]:
    """The calls of a step or a loop."""
    return [one.call for one in item.members] if isinstance(item, Loop) else [item.call]


# -- In words -----------------------------------------------------------------------------------


def outline_description(outline: Outline) -> str:
    """The supersteps of a program, then those of the graphs inside it, outermost first."""
    functions = with_node_names(outline).functions
    told = ["\n".join(_function_lines(one)) for one in reversed(functions)]
    return "\n\n".join(told)


def _function_lines(function: Function) -> Iterator[str]:
    inputs = ", ".join(map(_input_words, function.inputs))
    outputs = ", ".join(function.returns)
    yield f"{function.name}({inputs})" + (f" -> {outputs}" if outputs else "")
    yield ""
    if function.refusal:
        yield f"every call is refused: {function.refusal}"
    width = len(str(len(function.supersteps)))
    for superstep in function.supersteps:
        items = ", ".join(item_words(function, item) for item in superstep.items)
        yield f"superstep {superstep.number:>{width}}  {items}"


def _input_words(one: Input) -> str:
    if one.default == "ABSENT" and not one.filled:
        return f"{one.values[0]}?"
    return f"{one.values[0]}={one.default}" if one.default else one.values[0]


def item_words(function: Function, item: Step | Loop) -> str:
    """A step or a loop in a few words."""
    if isinstance(item, Loop):
        return f"loop({', '.join(call_words(function, one.call) for one in item.members)})"
    reason = condition_words(function, item.guard)
    return call_words(function, item.call) + (f" if {reason}" if reason else "")


def call_words(function: Function, call: Call) -> str:
    """A call in a few words: what a gate may choose, what is mapped, what is asked for."""
    if call.gate is not None:
        return f"{call.node} -> {' | '.join(choices(function, call))}"
    if call.mapping is not None:
        over = [one.value or one.instead for one in call.arguments if one.each]
        return f"{call.node} for each {', '.join(over)} ({call.mapping.mode})"
    return f"{call.node} asks for {', '.join(call.asks)}" if call.asks else call.node


def choices(function: Function, call: Call) -> list[str]:
    """What a gate may choose; for one that says true or false, what each leads to."""
    assert call.gate is not None
    if call.kind != "ifelse":
        return list(call.gate.targets)
    opened = dict(_opened(function, call.gate.said))
    return [" and ".join(opened.get(said, [])) or "nothing" for said in (True, False)]


def _opened(function: Function, said: str) -> Iterator[tuple[Decision, list[str]]]:
    for decision in (True, False):
        nodes = [
            call.node
            for superstep in function.supersteps
            for item in superstep.items
            for call, guard in _guards(item)
            if (said, decision) in _asked_of_gates(guard)
        ]
        yield decision, nodes


def _guards(item: Step | Loop) -> list[tuple[Call, Condition]]:
    if isinstance(item, Step):
        return [(item.call, item.guard)]
    return [(one.call, one.opened) for one in item.members]


def _asked_of_gates(condition: Condition) -> list[tuple[str, Decision]]:
    if isinstance(condition, Decides):
        return [(condition.said, condition.decision)]
    parts = getattr(condition, "parts", ())
    return [pair for part in parts for pair in _asked_of_gates(part)]


def condition_words(function: Function, condition: Condition) -> str:
    """A condition in words; empty when it always holds."""
    if isinstance(condition, Has):
        return condition.value
    if isinstance(condition, Chose):
        return condition.flag
    if isinstance(condition, (Decides, Silent)):
        gate = gate_of(function, condition.said)
        if isinstance(condition, Silent):
            return f"{gate} is silent"
        told = f"{gate} says {condition.decision}"
        return f"{told} or nothing" if condition.undecided else told
    glue = " and " if isinstance(condition, Every) else " or "
    return glue.join(filter(None, (condition_words(function, one) for one in condition.parts)))


def gate_of(function: Function, said: str) -> str:
    """The gate whose decision a variable holds."""
    for call in function.calls():
        if call.gate is not None and call.gate.said == said:
            return call.node
    return said
