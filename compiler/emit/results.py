"""A call as statements: made, its result taken apart, and stored under the names of its outputs."""

from __future__ import annotations

from collections.abc import Sequence

from hypergraph.compiler.emit.decisions import write_decision
from hypergraph.compiler.emit.expressions import argument_value, plain_call
from hypergraph.compiler.emit.fragments import Code, Fragment, Identifier, code, join, literal
from hypergraph.compiler.emit.instrumented import (
    is_watched,
    watched_call,
    watched_question,
    write_answered,
)
from hypergraph.compiler.emit.maps import mapped_call, write_map
from hypergraph.compiler.emit.nested import nested_call
from hypergraph.compiler.emit.scope import Scope
from hypergraph.compiler.plan import Call, Output, Slot


def write_call(scope: Scope, call: Call, replaced: dict[str, Fragment] | None = None) -> None:
    """Call a node and store everything it gives."""
    if call.gate is not None and is_watched(scope, call):
        said = scope.names.about("said", call.node)
        scope.writer.line("{} = {}", said, _awaited(scope, watched_call(scope, call, replaced)))
    elif call.gate is not None:
        write_decision(scope, call, call.gate, called(scope, call, replaced))
    elif call.kind == "interrupt":
        write_interrupt(scope, call, replaced)
    elif call.mapping is not None and not (scope.is_async or scope.plan.events):
        write_map(scope, call, replaced)
    elif call.function is not None:
        write_nested(scope, call, replaced)
    else:
        write_function(scope, call, replaced)
    write_signals(scope, call)


def write_function(scope: Scope, call: Call, replaced: dict[str, Fragment] | None) -> None:
    """Call a function node: no output, one, or several (X65, X66)."""
    count = len(call.outputs)
    if is_watched(scope, call):
        value = _awaited(scope, watched_call(scope, call, replaced))
    else:
        value = called(scope, call, replaced)
    if count > 1 and not is_watched(scope, call):
        value = code("unpack({}, {}, {})", value, literal(count), literal(call.node))
    if any(is_used(scope, output) for output in call.outputs):
        targets = [target_of(scope, output) for output in call.outputs]
        value = code("{} = {}", join(", ", targets), value)
    scope.writer.add(value)
    copy_to_channels(scope, call.outputs)


def called(scope: Scope, call: Call, replaced: dict[str, Fragment] | None = None) -> Code:
    """The call with what its function needs around it: a list, an await, a slot (X66, X77)."""
    made = plain_call(scope.names, call, replaced)
    if call.flavour == "generator":
        made = code("list({})", made)
    if not scope.is_async or (call.gate is not None):
        return made
    if call.flavour == "async generator":
        made = code("collected({})", made)
    if scope.plan.limited:
        return code("await held({})", deferred(made))
    if call.flavour == "plain":
        return code("await settled({})", made)
    return made if call.flavour == "generator" else code("await {}", made)


def _awaited(scope: Scope, made: Code) -> Code:
    return code("await {}", made) if scope.is_async else made


def deferred(made: Code) -> Code:
    """A call that has not begun, to be made by a helper of the runtime."""
    return code("lambda: {}", made)


def write_interrupt(scope: Scope, call: Call, replaced: dict[str, Fragment] | None) -> None:
    """Take the caller's answer, or ask the handler, or pause (X102-X105)."""
    write, names = scope.writer, scope.names
    targets = [target_of(scope, output) for output in call.outputs]
    if is_watched(scope, call):
        asked = code("await {}", watched_question(scope, call, replaced))
    else:
        asked = code("await asked({}, {})", literal(call.node), _question(scope, call, replaced))
    if not call.answers:
        write.line("{} = {}", join(", ", targets), asked)
    else:
        answers = [names.slot(slot) for slot in call.answers]
        with write.block("if {} is ABSENT:", answers[0]):
            write.line("{} = {}", join(", ", targets), asked)
        with write.block("else:"):
            write_answered(scope, call)
            write.line("{} = {}", join(", ", targets), join(", ", answers))
    copy_to_channels(scope, call.outputs)


def _question(scope: Scope, call: Call, replaced: dict[str, Fragment] | None) -> Code:
    """What ``asked`` needs: the outputs, the handler, and the inputs a pause shows."""
    shown = [
        code(
            "{}: {}",
            literal(one.input),
            (replaced or {}).get(one.input) or argument_value(scope.names, one),
        )
        for one in call.arguments
    ]
    return code(
        "{}, lambda: {}, {{{}}}",
        literal(tuple(output.name for output in call.outputs)),
        plain_call(scope.names, call, replaced),
        join(", ", shown),
    )


def write_nested(scope: Scope, call: Call, replaced: dict[str, Fragment] | None) -> None:
    """Call the function of a nested graph; what it did not produce leaves earlier values alone."""
    made = _awaited(scope, nested_coroutine(scope, call, replaced))
    if not any(is_used(scope, output) for output in call.outputs):
        scope.writer.add(made)
        return
    kept = [one for one in call.outputs if one.maybe and keeps_earlier(scope, one)]
    targets = [
        scope.names.about("new", call.node, one.name) if one in kept else target_of(scope, one)
        for one in call.outputs
    ]
    scope.writer.line("{} = {}", join(", ", targets), made)
    keep_or_replace(scope, call, kept)
    copy_to_channels(scope, call.outputs)


def nested_coroutine(scope: Scope, call: Call, replaced: dict[str, Fragment] | None) -> Code:
    """The call of a graph node, mapped or not; not awaited."""
    if is_watched(scope, call):
        return watched_call(scope, call, replaced)
    if call.mapping is not None:
        return mapped_call(scope, call, replaced)
    return nested_call(scope, call, replaced)


def keep_or_replace(scope: Scope, call: Call, outputs: Sequence[Output]) -> None:
    """Write what a nested graph may have produced over what was there before."""
    for output in outputs:
        new = scope.names.about("new", call.node, output.name)
        with scope.writer.block("if {} is not ABSENT:", new):
            scope.writer.line("{} = {}", target_of(scope, output), new)


def write_signals(scope: Scope, call: Call) -> None:
    """Signals are values only where something tests or reads them."""
    for signal in call.signals:
        if signal in scope.used:
            scope.writer.line("{} = SIGNAL", scope.names.slot(signal))
            scope.defined.add(signal)


def is_used(scope: Scope, output: Output) -> bool:
    return any(slot in scope.used for slot in output.slots)


def target_of(scope: Scope, output: Output) -> Identifier:
    """Where an output is stored first: its main slot, or the first that anything reads."""
    return scope.names.slot(first_slot(scope, output))


def first_slot(scope: Scope, output: Output) -> Slot:
    return next((slot for slot in output.slots if slot in scope.used), output.slots[0])


def keeps_earlier(scope: Scope, output: Output) -> bool:
    return first_slot(scope, output) in scope.defined


def copy_to_channels(scope: Scope, outputs: Sequence[Output]) -> None:
    """With explicit edges a value may have further slots, one per set of producers (X151)."""
    for output in outputs:
        first = first_slot(scope, output)
        scope.defined.add(first)
        for slot in output.slots:
            if slot != first and slot in scope.used:
                value = scope.names.slot(first)
                if output.maybe and slot in scope.defined:
                    with scope.writer.block("if {} is not ABSENT:", value):
                        scope.writer.line("{} = {}", scope.names.slot(slot), value)
                else:
                    scope.writer.line("{} = {}", scope.names.slot(slot), value)
                scope.defined.add(slot)
