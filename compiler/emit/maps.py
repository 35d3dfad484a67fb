"""A graph node mapped over some of its inputs: a loop around the call (X96-X101)."""

from __future__ import annotations

from hypergraph.compiler.emit.expressions import argument_value
from hypergraph.compiler.emit.fragments import Code, Fragment, code, join, literal
from hypergraph.compiler.emit.nested import nested_call, nested_value
from hypergraph.compiler.emit.scope import Scope
from hypergraph.compiler.plan import Argument, Call, Mapping, Output


def write_map(scope: Scope, call: Call, replaced: dict[str, Fragment] | None) -> None:
    """Call the nested function once per item and collect each output in a list."""
    mapping = call.mapping
    assert mapping is not None
    _write_lists(scope, call.outputs)
    items = {name: scope.names.about("item", call.node, name) for name in mapping.inputs}
    header = "for {} in {}:"
    with scope.writer.block(
        header, join(", ", list(items.values())), items_of(scope, call, mapping, replaced)
    ):
        inner = {**(replaced or {}), **items, **_clones(scope, call, mapping, replaced)}
        _write_item(scope, call, mapping, inner)


def mapped_call(scope: Scope, call: Call, replaced: dict[str, Fragment] | None) -> Code:
    """The same under asyncio: all items at once, as many as the limit in force allows (X101)."""
    mapping = call.mapping
    assert mapping is not None
    items = {name: scope.names.about("item", call.node, name) for name in mapping.inputs}
    copies: dict[str, Fragment] = {}
    for argument in call.arguments:
        value = (replaced or {}).get(argument.input) or nested_value(scope, argument)
        if _is_cloned(argument, mapping) and value is not None:
            copies[argument.input] = code("cloned({}, {})", value, literal(argument.input))
    made = nested_call(scope, call, {**(replaced or {}), **items, **copies})
    rows = items_of(scope, call, mapping, replaced)
    each = code("({} for {} in {})", made, join(", ", list(items.values())), rows)
    return code("mapped({}, {}, {})", each, literal(len(call.outputs)), literal(mapping.on_error))


def _write_lists(scope: Scope, outputs: tuple[Output, ...]) -> None:
    for output in outputs:
        for slot in output.slots[:1]:
            scope.writer.line("{} = []", scope.names.slot(slot))
            scope.defined.add(slot)


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


def _clones(
    scope: Scope, call: Call, mapping: Mapping, replaced: dict[str, Fragment] | None
) -> dict[str, Fragment]:
    """Make the copies of broadcast inputs that this item gets for its own (X91, K6)."""
    copies: dict[str, Fragment] = {}
    for argument in call.arguments:
        if _is_cloned(argument, mapping):
            value = (replaced or {}).get(argument.input) or nested_value(scope, argument)
            if value is not None:
                copy = scope.names.about("copy", call.node, argument.input)
                scope.writer.line("{} = cloned({}, {})", copy, value, literal(argument.input))
                copies[argument.input] = copy
    return copies


def _is_cloned(argument: Argument, mapping: Mapping) -> bool:
    if argument.input in mapping.inputs or "." in argument.input:
        return False
    return mapping.clone is True or (
        isinstance(mapping.clone, tuple) and argument.input in mapping.clone
    )


def _write_item(scope: Scope, call: Call, mapping: Mapping, inner: dict[str, Fragment]) -> None:
    write = scope.writer
    made = nested_call(scope, call, inner)
    new = [scope.names.about("new", call.node, output.name) for output in call.outputs]
    targets = join(", ", new)
    if mapping.on_error == "continue":
        with write.block("try:"):
            write.add(code("{} = {}", targets, made) if new else made)
        with write.block("except Exception:"):
            write.add(code("{} = None", join(" = ", new)) if new else code("pass"))
    elif len(call.outputs) == 1 and not _may_lack(scope, call, 0):
        write.line("{}.append({})", scope.names.slot(call.outputs[0].slots[0]), made)
        return
    else:
        write.add(code("{} = {}", targets, made) if new else made)
    for index, (output, item) in enumerate(zip(call.outputs, new, strict=True)):
        value: Fragment = item
        if _may_lack(scope, call, index):
            value = code("None if {} is ABSENT else {}", item, item)
        write.line("{}.append({})", scope.names.slot(output.slots[0]), value)


def _may_lack(scope: Scope, call: Call, index: int) -> bool:
    """Whether a completed item may come without the output (K7)."""
    assert call.function is not None
    return scope.functions[call.function].outputs[index].maybe
