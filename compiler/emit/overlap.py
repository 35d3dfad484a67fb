"""Calls that overlap under asyncio: started together, all finished, then stored (X54, X73)."""

from __future__ import annotations

from collections.abc import Sequence, Set

from hypergraph.compiler.emit.decisions import checked_decision
from hypergraph.compiler.emit.expressions import plain_call
from hypergraph.compiler.emit.fragments import Code, Fragment, Identifier, code, join, literal
from hypergraph.compiler.emit.instrumented import is_watched, watched_call
from hypergraph.compiler.emit.results import (
    copy_to_channels,
    deferred,
    is_used,
    keep_or_replace,
    keeps_earlier,
    nested_coroutine,
    target_of,
    write_signals,
)
from hypergraph.compiler.emit.scope import Scope, is_certain
from hypergraph.compiler.emit.steps import Branch, prepare, written_slots
from hypergraph.compiler.plan import Call, Slot, Step


def write_overlapping(scope: Scope, steps: Sequence[Step]) -> None:
    """Start the steps whose guards hold together, and store what they gave."""
    guarded = [step for step in steps if not is_certain(step)]
    prepare(scope, [Branch(step.guard, (step,)) for step in guarded], covering=False)
    results = [
        _result(scope, step, {slot for one in steps[:place] for slot in written_slots(one)})
        for place, step in enumerate(steps)
    ]
    calls = [
        (
            guarded_call(overlapping_call(scope, step.call), scope.condition(step.guard))
            if step in guarded
            else overlapping_call(scope, step.call)
        )
        for step in steps
    ]
    write_together(scope, results, calls)
    for step, result in zip(steps, results, strict=True):
        store(scope, step.call, result, happens=is_certain(step))
        if step.call.gate is not None and is_certain(step):
            scope.certain_gates.add(step.call.node)
    write_raise(scope)


def write_together(scope: Scope, results: Sequence[Fragment], calls: Sequence[Code]) -> None:
    """``(a, b), error = await together(...)``."""
    error = scope.names.about("error")
    targets = code("({},)" if len(results) == 1 else "({})", join(", ", results))
    scope.writer.line("{}, {} = await together({})", targets, error, join(", ", calls))


def guarded_call(made: Code, guard: Fragment) -> Code:
    """A call that is not to happen unless the guard holds."""
    wrapped = code("({})", made) if made.text.startswith("lambda") else made
    return code("{} if {} else None", wrapped, guard)


def write_raise(scope: Scope) -> None:
    """Raise the first error, once everything that succeeded is stored."""
    error = scope.names.about("error")
    with scope.writer.block("if {} is not None:", error):
        scope.writer.line("raise {}", error)


def _result(scope: Scope, step: Step, others: Set[Slot]) -> Identifier:
    """Where a result lands: in its variable at once if nothing was there before.

    What ``others`` write in the same superstep stays if this call fails, so it waits for its turn.
    """
    call = step.call
    if call.gate is not None and is_certain(step):
        return scope.names.about("said", call.node)
    if len(call.outputs) == 1 and call.gate is None:
        (output,) = call.outputs
        fresh = not keeps_earlier(scope, output) or set(written_slots(step)).isdisjoint(scope.used)
        fresh = fresh and others.isdisjoint(written_slots(step))
        if is_used(scope, output) and fresh:
            return target_of(scope, output)
    return scope.names.about("result", call.node)


def overlapping_call(scope: Scope, call: Call, replaced: dict[str, Fragment] | None = None) -> Code:
    """A call that has not begun and that gives a finished result."""
    if is_watched(scope, call):
        watched = watched_call(scope, call, replaced)
        return deferred(watched) if _copies(call) else watched
    if call.mapping is not None:  # its items are worked out inside, where a failure is its own
        return deferred(nested_coroutine(scope, call, replaced))
    if call.function is not None:
        return nested_coroutine(scope, call, replaced)
    made = plain_call(scope.names, call, replaced)
    if call.gate is not None:
        return code("lambda: {}", checked_decision(call, call.gate, made))
    if call.flavour == "generator":
        made = code("list({})", made)
    elif call.flavour == "async generator":
        made = code("collected({})", made)
    if scope.plan.limited:
        made = code("held({})", deferred(made))
    if len(call.outputs) > 1:
        count, node = literal(len(call.outputs)), literal(call.node)
        return code("unpacked({}, {}, {})", deferred(made), count, node)
    is_coroutine = scope.plan.limited or (call.flavour.startswith("async") and not _copies(call))
    return made if is_coroutine else deferred(made)


def _copies(call: Call) -> bool:
    """Whether arguments are copied for the call, which may fail and is then its own failure."""
    return any(one.fallback is not None and not one.fallback.shared for one in call.arguments)


def store(scope: Scope, call: Call, result: Identifier, happens: bool) -> None:
    """Put a result where it belongs; nothing is there to be stored when the call failed."""
    if result != scope.names.about("result", call.node):
        copy_to_channels(scope, call.outputs)
    elif call.gate is not None:
        with scope.writer.block("if {} is not ABSENT:", result):
            scope.writer.line("{} = {}", scope.names.about("said", call.node), result)
    elif any(is_used(scope, output) for output in call.outputs):
        _store_outputs(scope, call, result)
    if any(signal in scope.used for signal in call.signals):
        if happens:
            write_signals(scope, call)
        else:
            with scope.writer.block("if {} is not ABSENT:", result):
                write_signals(scope, call)


def store_in_loop(scope: Scope, call: Call, result: Identifier) -> None:
    """The same where the result is known to be there."""
    if call.gate is not None:
        scope.writer.line("{} = {}", scope.names.about("said", call.node), result)
    elif any(is_used(scope, output) for output in call.outputs):
        kept = [one for one in call.outputs if one.maybe and keeps_earlier(scope, one)]
        targets = [
            scope.names.about("new", call.node, one.name) if one in kept else target_of(scope, one)
            for one in call.outputs
        ]
        scope.writer.line("{} = {}", join(", ", targets), result)
        keep_or_replace(scope, call, kept)
        copy_to_channels(scope, call.outputs)
    write_signals(scope, call)


def _store_outputs(scope: Scope, call: Call, result: Identifier) -> None:
    kept = [one for one in call.outputs if one.maybe and keeps_earlier(scope, one)]
    scope.define_absent(slot for output in call.outputs for slot in output.slots)
    targets = [
        scope.names.about("new", call.node, one.name) if one in kept else target_of(scope, one)
        for one in call.outputs
    ]
    with scope.writer.block("if {} is not ABSENT:", result):
        scope.writer.line("{} = {}", join(", ", targets), result)
        keep_or_replace(scope, call, kept)
        copy_to_channels(scope, call.outputs)
