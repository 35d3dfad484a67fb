"""Graph nodes: what goes into the inner run and what comes out (sections 18 and 20)."""

from __future__ import annotations

from typing import Any

from hypergraph import Graph, GraphNode

from .calls import fresh_default, resolve
from .maps import items
from .recording import Outcome
from .scope import inner_bindings
from .state import NOTHING


def inner_inputs(graph: Graph, node: GraphNode, values: dict[str, Any]) -> dict[str, Any]:
    """All inputs, resolved outside, as run inputs of the inner run (X83)."""
    return node.map_inputs_to_params(
        {param: resolve(graph, node, param, value) for param, value in values.items()}
    )


def inner_items(graph: Graph, node: GraphNode, values: dict[str, Any]) -> list[dict[str, Any]]:
    """The inner runs' inputs of a mapped graph node (X96).

    A default is copied for every item (K17); what is bound inside is not cloned (K6).
    """
    assert node.map_config is not None
    mapped, mode, _ = node.map_config
    resolved = {param: resolve(graph, node, param, value) for param, value in values.items()}
    own_copy = {
        param
        for param, value in values.items()
        if value is NOTHING and not is_bound(graph, node, param) and param not in mapped
    }
    shared = {
        param
        for param, value in values.items()
        if value is NOTHING
        and param in inner_bindings(node)
        and resolved[param] is inner_bindings(node)[param]
    }
    clone = [p for p in resolved if p not in mapped and p not in shared and is_cloned(node, p)]
    found = items(resolved, list(mapped), mode, clone)
    fresh = [{**item, **{p: fresh_default(node, p) for p in own_copy}} for item in found]
    return [node.map_inputs_to_params(item) for item in fresh]


def is_bound(graph: Graph, node: GraphNode, param: str) -> bool:
    """Whether an input without a value is bound, outside or inside (X58)."""
    return param in graph.inputs.bound or param in inner_bindings(node)


def is_cloned(node: GraphNode, param: str) -> bool:
    """Whether each item gets its own copy of a broadcast input (X91)."""
    clone = node.clone
    return clone if isinstance(clone, bool) else param in clone


def outer_outputs(node: GraphNode, values: dict[str, Any]) -> tuple[tuple[str, Any], ...]:
    """What an inner run produced, under the outer names (X85)."""
    outer = node.map_outputs_from_original(values)
    return tuple((name, outer[name]) for name in node.outputs if name in outer)


def collected(node: GraphNode, outcomes: list[Outcome]) -> tuple[tuple[str, Any], ...]:
    """One list for each output; an item without the output has ``None`` in it (X97, X98, K7)."""
    ended = [
        node.map_outputs_from_original(o.values) if o.status == "completed" else {}
        for o in outcomes
    ]
    return tuple((name, [values.get(name) for values in ended]) for name in node.outputs)
