"""What is different between two outlines, in sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from hypergraph.compiler.outline.describe import (
    call_words,
    choices,
    condition_words,
    edges_of,
    places_of,
)
from hypergraph.compiler.outline.model import (
    ALWAYS,
    Call,
    Condition,
    Function,
    Input,
    Loop,
    Mapping,
    Outline,
    Step,
)
from hypergraph.compiler.outline.names import with_node_names


def outline_changes(old: Outline, new: Outline) -> list[str]:
    """What changed from one outline to another, a sentence each; none if they are equal.

    Inputs and results come first, then nodes, edges, supersteps, gates and guards, maps and loops;
    then the same for each nested graph, with its name in front.
    """
    old, new = with_node_names(old), with_node_names(new)
    found = _function_changes(old.entry, new.entry)
    before = {one.name: one for one in old.functions if one != old.entry}
    after = {one.name: one for one in new.functions if one != new.entry}
    found += [f"graph {name} removed" for name in before if name not in after]
    found += [f"graph {name} added" for name in after if name not in before]
    for name in before:
        if name in after:
            found += [f"in {name}: {one}" for one in _function_changes(before[name], after[name])]
    return found


def _function_changes(old: Function, new: Function) -> list[str]:
    if old == new:
        return []
    found = [
        *_renamed(old, new),
        *_inputs(old.inputs, new.inputs),
        *_lists("result", old.returns, new.returns),
        *_lists("node", _nodes(old), _nodes(new)),
        *_edges(old, new),
        *_places(old, new),
        *_calls(old, new),
        *_guards(old, new),
        *_loops(old, new),
    ]
    return found or [f"{new.name} makes the same calls in another way"]


def _renamed(old: Function, new: Function) -> Iterator[str]:
    if old.name != new.name:
        yield f"graph {old.name} is called {new.name} now"
    if old.is_async != new.is_async:
        yield f"{new.name} is {'async' if new.is_async else 'sync'} now"
    if old.refusal != new.refusal:
        yield (
            f"every call is refused: {new.refusal}" if new.refusal else "calls are not refused now"
        )
    yield from _lists("warning", old.warnings, new.warnings)


def _lists(what: str, old: Sequence[str], new: Sequence[str]) -> Iterator[str]:
    """What was added, removed, or just put into another order."""
    yield from (f"{what} {one} removed" for one in old if one not in new)
    yield from (f"{what} {one} added" for one in new if one not in old)
    if what == "result" and sorted(old) == sorted(new) and list(old) != list(new):
        yield f"results come in another order: {', '.join(new)}"


def _inputs(old: Sequence[Input], new: Sequence[Input]) -> Iterator[str]:
    before = {one.values[0]: one for one in old}
    after = {one.values[0]: one for one in new}
    yield from _lists("input", list(before), list(after))
    for name in before:
        if name in after and before[name].default != after[name].default:
            was, now = before[name].default, after[name].default
            yield (
                f"input {name} is required now"
                if not now
                else (
                    f"input {name} is optional now"
                    if not was
                    else f"input {name} has the default {now}, not {was}"
                )
            )
    shared = [name for name in before if name in after]
    if shared != [name for name in after if name in before]:
        yield f"inputs come in another order: {', '.join(after)}"


def _nodes(function: Function) -> list[str]:
    return list(dict.fromkeys(call.node for call in function.calls()))


def _edges(old: Function, new: Function) -> Iterator[str]:
    before, after = edges_of(old), edges_of(new)
    there = {*_nodes(old), "input", "result"} & {*_nodes(new), "input", "result"}
    for what, ours, others in (("removed", before, after), ("added", after, before)):
        for producer, value, consumer in ours:
            between = producer != "input" and consumer != "result"
            told = between or {producer, consumer} <= there
            if told and (producer, value, consumer) not in others:
                yield f"edge {producer} -> {consumer} ({value}) {what}"


def _places(old: Function, new: Function) -> Iterator[str]:
    before, after = places_of(old), places_of(new)
    for node, place in after.items():
        if node in before and before[node] != place:
            yield f"{node} runs in superstep {place}, not {before[node]}"
    order = [node for node in before if node in after]
    if order != [node for node in after if node in before]:
        yield f"nodes run in another order: {', '.join(after)}"
    overlaps = {one.number for one in old.supersteps if one.together}
    for one in new.supersteps:
        if one.together != (one.number in overlaps) and len(old.supersteps) == len(new.supersteps):
            yield f"superstep {one.number}: its calls {'' if one.together else 'no longer '}overlap"


# -- Calls --------------------------------------------------------------------------------------


def _calls(old: Function, new: Function) -> Iterator[str]:
    before = {call.node: call for call in old.calls()}
    for call in new.calls():
        earlier = before.get(call.node)
        if earlier is not None and earlier != call:
            yield from _call_changes(old, earlier, new, call)


def _call_changes(old: Function, was: Call, new: Function, now: Call) -> Iterator[str]:
    if was.kind != now.kind:
        yield f"{now.node} is {_kind(now)} now, not {_kind(was)}"
        return
    if was.function != now.function and now.kind in ("graph", "map"):
        yield f"{now.node} calls {now.function}, not {was.function}"
    if was.gate is not None and now.gate is not None:
        yield from _gate_changes(choices(old, was), choices(new, now), now)
        if was.gate.fallback != now.gate.fallback:
            yield f"gate {now.node} falls back to {now.gate.fallback}, not {was.gate.fallback}"
        if was.gate.several != now.gate.several:
            yield f"gate {now.node} may choose {'several' if now.gate.several else 'one'} now"
    if was.mapping != now.mapping and was.mapping is not None and now.mapping is not None:
        yield f"{now.node} is mapped {_mapping(now.mapping)}, not {_mapping(was.mapping)}"
    if was.asks != now.asks:
        yield f"{now.node} asks for {', '.join(now.asks)}, not {', '.join(was.asks)}"
    if was.arguments != now.arguments:
        yield f"{now.node} takes {_arguments(now)}, not {_arguments(was)}"
    if was.outputs != now.outputs:
        yield f"{now.node} gives {_outputs(now)}, not {_outputs(was)}"
    if was.signals != now.signals:
        yield from _lists(f"signal of {now.node}", was.signals, now.signals)


def _kind(call: Call) -> str:
    words = {
        "function": "a function",
        "route": "a gate",
        "ifelse": "a gate that says true or false",
        "interrupt": "an interrupt",
        "graph": "a graph",
        "map": "a mapped graph",
    }
    return words[call.kind]


def _gate_changes(was: Sequence[str], now: Sequence[str], call: Call) -> Iterator[str]:
    if call.kind == "ifelse":
        for said, before, after in zip((True, False), was, now, strict=True):
            if before != after:
                yield f"gate {call.node} leads to {after} when it says {said}, not to {before}"
        return
    yield from (f"gate {call.node} may now choose {one}" for one in now if one not in was)
    yield from (f"gate {call.node} no longer chooses {one}" for one in was if one not in now)


def _mapping(mapping: Mapping) -> str:
    goes_on = ", going on after failures" if mapping.on_error == "continue" else ""
    return f"over {', '.join(mapping.names)} ({mapping.mode}{goes_on})"


def _arguments(call: Call) -> str:
    parts: list[str] = []
    for one in call.arguments:
        value = one.value or one.instead
        if one.value is not None and one.instead:
            value = f"{one.value} or {one.instead}"
        value = f"each {value}" if one.each else f"a copy of {value}" if one.copied else value
        parts.append(value if isinstance(one.place, int) else f"{one.place}: {value}")
    return f"({', '.join(parts)})"


def _outputs(call: Call) -> str:
    return ", ".join(one.values[0] if one.values else "_" for one in call.outputs) or "nothing"


# -- Guards and loops ---------------------------------------------------------------------------


def _guards(old: Function, new: Function) -> Iterator[str]:
    before = {one.call.node: one.guard for one in _steps(old)}
    for one in _steps(new):
        guard = before.get(one.call.node)
        if guard is not None and guard != one.guard:
            yield (
                f"{one.call.node} runs {_reason(new, one.guard)}; before, it ran "
                f"{_reason(old, guard)}"
            )


def _steps(function: Function) -> Iterator[Step]:
    for superstep in function.supersteps:
        yield from (item for item in superstep.items if isinstance(item, Step))


def _reason(function: Function, guard: Condition) -> str:
    return "always" if guard == ALWAYS else f"if {condition_words(function, guard) or 'never'}"


def _loops(old: Function, new: Function) -> Iterator[str]:
    before, after = list(_loops_of(old)), list(_loops_of(new))
    matched: list[Loop] = []
    for loop in after:
        earlier = next((one for one in before if _members(one) & _members(loop)), None)
        if earlier is None:
            yield f"loop added: {_loop_words(new, loop)}"
            continue
        matched.append(earlier)
        if earlier != loop:
            yield from _loop_changes(earlier, new, loop)
    for loop in before:
        if loop not in matched:
            yield f"loop removed: {_loop_words(old, loop)}"


def _loops_of(function: Function) -> Iterator[Loop]:
    for superstep in function.supersteps:
        yield from (item for item in superstep.items if isinstance(item, Loop))


def _members(loop: Loop) -> set[str]:
    return {member.call.node for member in loop.members}


def _loop_words(function: Function, loop: Loop) -> str:
    return ", ".join(call_words(function, member.call) for member in loop.members)


def _loop_changes(was: Loop, function: Function, now: Loop) -> Iterator[str]:
    name = f"loop of {_loop_words(function, now)}"
    joined, left = _members(now) - _members(was), _members(was) - _members(now)
    yield from (f"{one} joins the {name}" for one in _ordered(now, joined))
    yield from (f"{one} leaves the {name}" for one in _ordered(was, left))
    if was.form != now.form:
        yield f"the {name} has the form {now.form!r}, not {was.form!r}"
    elif not joined and not left:
        yield f"the {name} decides otherwise about its rounds"


def _ordered(loop: Loop, nodes: Iterable[str]) -> list[str]:
    wanted = set(nodes)
    return [one.call.node for one in loop.members if one.call.node in wanted]
