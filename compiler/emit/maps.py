"""A graph node mapped over some of its inputs: a loop around the call (X96-X101)."""

from __future__ import annotations

from hypergraph.compiler.emit.expressions import argument_value
from hypergraph.compiler.emit.fragments import Code, Fragment, Identifier, code, join, literal
from hypergraph.compiler.emit.nested import is_cloned, nested_call, nested_value
from hypergraph.compiler.emit.scope import Scope
from hypergraph.compiler.plan import Call, Mapping


def write_map(scope: Scope, call: Call, replaced: dict[str, Fragment] | None) -> None:
    """Call the nested function once per item and collect each output in a list.

    The lists get their names only when all items are done: a node that fails gives nothing (X74).
    """
    mapping = call.mapping
    assert mapping is not None
    if mapping.on_error == "continue" or not call.outputs:
        _write_item_by_item(scope, call, mapping, replaced)
        return
    collected = code("[{}]", _item_calls(scope, call, mapping, replaced))
    targets = [scope.names.slot(output.slots[0]) for output in call.outputs]
    if len(targets) > 1:
        collected = code("columns({}, {})", collected, literal(len(targets)))
    elif _may_lack(scope, call, 0):
        collected = code("filled({})", collected)
    scope.writer.line("{} = {}", join(", ", targets), collected)
    scope.defined.update(output.slots[0] for output in call.outputs)


def mapped_call(scope: Scope, call: Call, replaced: dict[str, Fragment] | None) -> Code:
    """The same under asyncio: all items at once, as many as the limit in force allows (X101)."""
    mapping = call.mapping
    assert mapping is not None
    made = code("({})", _item_calls(scope, call, mapping, replaced))
    return code("mapped({}, {}, {})", made, literal(len(call.outputs)), literal(mapping.on_error))


def _item_calls(
    scope: Scope, call: Call, mapping: Mapping, replaced: dict[str, Fragment] | None
) -> Code:
    """``function(item, ...) for item in items``, with copies of what is cloned (X91, K6)."""
    items = _items(scope, call, mapping)
    inner = {**(replaced or {}), **items}
    for argument in call.arguments:
        value = (replaced or {}).get(argument.input) or nested_value(scope, argument)
        if is_cloned(argument, mapping) and value is not None:
            inner[argument.input] = code("cloned({}, {})", value, literal(argument.input))
    made = nested_call(scope, call, inner)
    rows = items_of(scope, call, mapping, replaced)
    return code("{} for {} in {}", made, join(", ", list(items.values())), rows)


def _items(scope: Scope, call: Call, mapping: Mapping) -> dict[str, Fragment]:
    return {name: scope.names.about("item", call.node, name) for name in mapping.inputs}


def _write_item_by_item(
    scope: Scope, call: Call, mapping: Mapping, replaced: dict[str, Fragment] | None
) -> None:
    """The statements of a mapping that goes on after a failed item (X98)."""
    lists = [scope.names.about("list", call.node, output.name) for output in call.outputs]
    for one in lists:
        scope.writer.line("{} = []", one)
    items = _items(scope, call, mapping)
    rows = items_of(scope, call, mapping, replaced)
    with scope.writer.block("for {} in {}:", join(", ", list(items.values())), rows):
        copies = _write_copies(scope, call, mapping, replaced)
        _write_item(scope, call, mapping, {**(replaced or {}), **items, **copies}, lists)
    for output, one in zip(call.outputs, lists, strict=True):
        scope.writer.line("{} = {}", scope.names.slot(output.slots[0]), one)
        scope.defined.add(output.slots[0])


def items_of(
    scope: Scope, call: Call, mapping: Mapping, replaced: dict[str, Fragment] | None
) -> Code:
    """The items: elements side by side, or every combination; equal lengths are checked (X88)."""
    by_name = {one.input: one for one in call.arguments}
    columns = [
        code(
            "{}: {}",
            literal(by_name[name].parameter),
            (replaced or {}).get(name) or argument_value(scope.names, by_name[name]),
        )
        for name in mapping.inputs
    ]
    function = "each" if mapping.mode == "zip" else "combined"
    return code(function + "({{{}}})", join(", ", columns))


def _write_copies(
    scope: Scope, call: Call, mapping: Mapping, replaced: dict[str, Fragment] | None
) -> dict[str, Fragment]:
    """Make the copies of broadcast inputs that this item gets for its own."""
    copies: dict[str, Fragment] = {}
    for argument in call.arguments:
        value = (replaced or {}).get(argument.input) or nested_value(scope, argument)
        if is_cloned(argument, mapping) and value is not None:
            copy = scope.names.about("copy", call.node, argument.input)
            scope.writer.line("{} = cloned({}, {})", copy, value, literal(argument.input))
            copies[argument.input] = copy
    return copies


def _write_item(
    scope: Scope,
    call: Call,
    mapping: Mapping,
    inner: dict[str, Fragment],
    lists: list[Identifier],
) -> None:
    write, made = scope.writer, nested_call(scope, call, inner)
    if not lists and mapping.on_error == "raise":
        write.add(made)
        return
    new = [scope.names.about("new", call.node, output.name) for output in call.outputs]
    with write.block("try:"):
        write.add(code("{} = {}", join(", ", new), made) if new else made)
    with write.block("except Exception:"):
        write.add(code("{} = None", join(" = ", new)) if new else code("pass"))
    for index, (one, item) in enumerate(zip(lists, new, strict=True)):
        value: Fragment = item
        if _may_lack(scope, call, index):
            value = code("None if {} is ABSENT else {}", item, item)
        write.line("{}.append({})", one, value)


def _may_lack(scope: Scope, call: Call, index: int) -> bool:
    """Whether a completed item may come without the output (K7)."""
    assert call.function is not None
    return scope.functions[call.function].outputs[index].maybe
