"""What nodes are called in their graph, as far as their names in a text tell.

A node that is called like a value, a graph or a builtin has another name in the text. That is
undone here, for people: where it cannot be known, the name in the text stands.
"""

from __future__ import annotations

import keyword
from collections.abc import Iterator
from dataclasses import replace

from hypergraph.compiler.emit.reserved import BUILTINS, MODULE_NAMES, RUNTIME_NAMES
from hypergraph.compiler.outline.model import Call, Function, Loop, Outline, Step

_RESERVED = BUILTINS | MODULE_NAMES | RUNTIME_NAMES


def with_node_names(outline: Outline) -> Outline:
    """The outline with every node called what it is called in its graph."""
    taken = {name for one in outline.functions for name in _taken(one)}
    functions = tuple(_renamed(one, taken) for one in outline.functions)
    return replace(outline, functions=functions)


def _taken(function: Function) -> Iterator[str]:
    """The names that come before those of nodes: values and functions of graphs."""
    yield function.name
    for one in function.inputs:
        yield from one.values
    for call in function.calls():
        for output in call.outputs:
            yield from output.values


def node_name(name: str, taken: set[str]) -> str:
    """The name of a node, from that of its function in the text.

    >>> node_name("answer_node", {"answer"}), node_name("list_", set()), node_name("a_node", set())
    ('answer', 'list', 'a_node')
    """
    for end in ("_node", "_graph"):
        if name.endswith(end) and name.removesuffix(end) in taken:
            return name.removesuffix(end)
    plain = name.removesuffix("_")
    return plain if keyword.iskeyword(plain) or plain in _RESERVED else name


def _renamed(function: Function, taken: set[str]) -> Function:
    supersteps = tuple(
        replace(one, items=tuple(_item(item, taken) for item in one.items))
        for one in function.supersteps
    )
    return replace(function, supersteps=supersteps)


def _item(item: Step | Loop, taken: set[str]) -> Step | Loop:
    if isinstance(item, Step):
        return replace(item, call=_call(item.call, taken))
    members = tuple(replace(one, call=_call(one.call, taken)) for one in item.members)
    return replace(item, members=members)


def _call(call: Call, taken: set[str]) -> Call:
    return replace(call, node=node_name(call.node, taken)) if call.node == call.function else call
