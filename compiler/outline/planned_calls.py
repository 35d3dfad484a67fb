"""The outline of one call in a plan."""

from __future__ import annotations

from collections.abc import Iterator

from hypergraph.compiler.outline import model
from hypergraph.compiler.outline.model import Argument, Output
from hypergraph.compiler.outline.words import Words, plain
from hypergraph.compiler.plan import Argument as Planned
from hypergraph.compiler.plan import Call, Mapping, Plan


def planned_call(words: Words, call: Call, together: bool, *, signals: bool = True) -> model.Call:
    """The outline of a call; of calls made ``together`` any may fail, and leaves what was there."""
    nested = call.function is not None
    return model.Call(
        node=told_name(words, call),
        function=_function(words, call),
        kind=call.kind,
        arguments=tuple(_nested_arguments(words, call) if nested else _arguments(words, call)),
        outputs=tuple(_outputs(words, call, together)),
        signals=tuple(map(words.slot, call.signals)) if signals else (),
        gate=_gate(words, call),
        mapping=None if call.mapping is None else _mapping(words, call, call.mapping),
        collects=_collects(call),
        held=words.plan.limited and call.kind == "function" and words.plan.mode == "async",
        awaited=_is_awaited(words, call, together),
        asks=tuple(one.name for one in call.outputs) if call.kind == "interrupt" else (),
        answers=tuple(map(words.slot, call.answers)),
        pauses=call.may_pause,
        told=words.plan.events and bool(call.answers),
        cached="" if call.definition is None else _definition(words, call),
    )


def told_name(words: Words, call: Call) -> str:
    """The name of the node, where the text of the call has it; else that of what is called."""
    told = words.plan.events or call.definition is not None
    if call.kind == "function":
        told = told or len(call.outputs) > 1
    elif call.kind in ("graph", "map"):
        told = told or call.may_pause
    else:
        told = True
    return call.node if told else _function(words, call)


def _function(words: Words, call: Call) -> str:
    if call.function is not None:
        return words.names.function(call.function).text
    return words.names.node(call).text


def _is_awaited(words: Words, call: Call, together: bool) -> bool:
    """Whether the text relies on the function being async; a call that is put off need not."""
    watched = words.plan.events or call.definition is not None
    if call.kind != "function" or call.flavour != "async" or words.plan.limited or watched:
        return False
    copies = any(one.fallback is not None and not one.fallback.shared for one in call.arguments)
    return not together or (len(call.outputs) < 2 and not copies)


def _collects(call: Call) -> model.Collecting:
    if call.kind in ("graph", "map"):
        return ""
    forms: dict[str, model.Collecting] = {"generator": "list", "async generator": "collected"}
    return forms.get(call.flavour, "")


def _definition(words: Words, call: Call) -> str:
    return plain(words.names.definition(call).text)


def _gate(words: Words, call: Call) -> model.Gate | None:
    if call.gate is None:
        return None
    said = words.said(call.node)
    if call.gate.when_true:
        yes, targets = call.gate.when_true, call.gate.targets
        no = next((one for one in targets if one != yes), yes)
        watched = words.plan.events or call.definition is not None
        return model.Gate(said, told=(yes, no) if watched else ())
    return model.Gate(said, call.gate.targets, call.gate.fallback, call.gate.multi)


def _outputs(words: Words, call: Call, together: bool) -> Iterator[Output]:
    nested = call.kind in ("graph", "map")
    for one in call.outputs:
        values = tuple(map(words.slot, one.slots))
        keeps = together or (nested and one.maybe)
        yield Output(values, values if keeps else ())


# -- Arguments ----------------------------------------------------------------------------------


def _arguments(words: Words, call: Call) -> Iterator[Argument]:
    for index, one in enumerate(call.arguments):
        places: dict[str, int | str] = {
            "position": index + 1,
            "keyword": one.parameter,
            "spread": "*",
            "spread by name": "**",
        }
        yield Argument(places[one.passing], *_value(words, one))


def _value(words: Words, one: Planned) -> tuple[str | None, str]:
    value = None if one.slot is None else words.slot(one.slot)
    return value, "" if one.fallback is None else words.instead(one.fallback)


def _nested_arguments(words: Words, call: Call) -> Iterator[Argument]:
    """In the order of the parameters of the function; what it fills in itself is left to it."""
    assert call.function is not None
    inner = words.functions[call.function]
    mapping = call.mapping
    order = [one.name for one in inner.inputs]
    for one in sorted(call.arguments, key=lambda one: order.index(one.parameter)):
        value, instead = _value(words, one)
        if one.passing == "keyword":
            instead = ""
            if value is None:
                continue
        each = mapping is not None and one.input in mapping.inputs
        copied = mapping is not None and not each and _is_copied(one, mapping)
        place = _parameter(words, inner, one.parameter)
        yield Argument(place, value, instead, each, copied)


def _is_copied(one: Planned, mapping: Mapping) -> bool:
    clone = mapping.clone
    return not one.is_answer and (one.input in clone if isinstance(clone, tuple) else clone)


def _parameter(words: Words, inner: Plan, name: str) -> str:
    """What the function of a nested graph calls one of its inputs."""
    slot = next(one.slots[0] for one in inner.inputs if one.name == name)
    return words.inner[inner.key].slot(slot).text


def _mapping(words: Words, call: Call, mapping: Mapping) -> model.Mapping:
    assert call.function is not None
    inner = words.functions[call.function]
    by_input = {one.input: one.parameter for one in call.arguments}
    names = tuple(by_input[name] for name in mapping.inputs)
    over = tuple(_parameter(words, inner, name) for name in names)
    fills: tuple[int, ...] = ()
    one_by_one = mapping.on_error == "continue" or len(call.outputs) < 2
    if words.plan.mode == "sync" and not words.plan.events and one_by_one:
        fills = tuple(index for index, one in enumerate(inner.outputs) if one.maybe)
    return model.Mapping(over, names, mapping.mode, mapping.on_error, fills)
