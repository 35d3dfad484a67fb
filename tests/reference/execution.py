"""One execution of one node: its arguments, the call, and what is told about it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypergraph import FunctionNode, GateNode, GraphNode, HyperNode
from hypergraph.runtime.cache import compute_cache_key

from .batch import Items, ended, run_items
from .calls import Produced, called, produced_from, resolve
from .checks import Options
from .interrupts import answered, asked
from .loop import Lookup
from .nested import collected, inner_inputs, inner_items, outer_outputs
from .recording import Paused
from .running import Run
from .state import NOTHING


def execute(run: Run, name: str, lookup: Lookup) -> Produced:
    """Resolve a node's inputs and call it (sections 11 and 12), with its events (X130, X131)."""
    node = run.planned.wiring.nodes[name]
    values = {param: lookup(name, param) for param in node.inputs}
    arguments = {param: resolve(run.graph, node, param, value) for param, value in values.items()}
    key = cache_key(run, node, arguments)
    span = run.recorder.new_id()
    tell(run, "node start", span, node_name=name)
    try:
        produced = outcome_of(run, node, values, arguments, key, span)
    except Paused as paused:
        if node.is_interrupt:
            asks = {"value": paused.pause.value, "response_param": paused.pause.output_param}
            tell(run, "interrupt", span, node_name=name, **asks)
        raise
    except Exception as error:
        kind = f"{type(error).__module__}.{type(error).__qualname__}"
        tell(run, "node error", span, node_name=name, error=str(error), error_type=kind)
        raise
    if produced.is_told:
        tell(
            run, "route decision", run.recorder.new_id(), node_name=name, decision=produced.decision
        )
    tell(run, "node end", span, node_name=name, cached=produced.cached)
    return produced


def tell(run: Run, kind: str, span: int, **facts: Any) -> None:
    """An event of a node, under its run's span (X131)."""
    run.recorder.tell(kind, run.number, span, run.span, graph_name=run.graph.name, **facts)


def outcome_of(
    run: Run,
    node: HyperNode,
    values: dict[str, Any],
    arguments: dict[str, Any],
    key: str,
    span: int,
) -> Produced:
    """What the node puts out: from an inner run, an answer, the cache, or a call."""
    if isinstance(node, GraphNode):
        return run_graph_node(run, node, values, span)
    assert isinstance(node, (FunctionNode, GateNode))
    path, cache = run.path + node.name, run.recorder.cache or {}
    if node.is_interrupt and (answer := answer_to(run, node)):
        return answered(node, answer)
    if key and key in cache:
        tell(run, "cache hit", span, node_name=node.name, cache_key=key)
        return replace(produced_from(node, cache[key]), cached=True)
    run.recorder.call(path, node.map_inputs_to_params(arguments))
    if isinstance(node, FunctionNode) and node.is_interrupt:
        result = asked(node, arguments, path)
    else:
        result = called(node, arguments)
    produced = produced_from(node, result)
    if key and run.recorder.cache is not None:
        run.recorder.cache[key] = result
    return produced


def cache_key(run: Run, node: HyperNode, arguments: dict[str, Any]) -> str:
    """Where a call's result is kept, or ``""`` if it is not (X118 to X120)."""
    if run.recorder.cache is None or not node.cache:
        return ""
    return compute_cache_key(node.definition_hash, arguments)


def answer_to(run: Run, node: HyperNode) -> dict[str, Any] | None:
    """An answer counts at the first execution, whoever gave it (X103, X108)."""
    found = {name: run.state.result(name) for name in node.data_outputs}
    return None if node.name in run.executed or NOTHING in found.values() else found


def run_graph_node(run: Run, node: GraphNode, values: dict[str, Any], span: int) -> Produced:
    """An inner run with its own state, or one for each item (X83 to X85, X96)."""
    path = f"{run.path}{node.name}/"
    answers = run.nested_answers.pop(node.name, {})
    options = Options(
        concurrent=run.options.concurrent,
        nested=True,
        answers=frozenset(answers),
        limited=run.options.limited,
    )
    if node.map_config is None:
        given = {**inner_inputs(run.graph, node, values), **answers}
        outcome = run.inner(node.graph, given, options, run.recorder, path, span)
        return Produced(outer_outputs(node, ended(outcome).values))
    items = Items(
        node.graph, inner_items(run.graph, node, values), options, run.recorder, path, span
    )
    return Produced(
        collected(node, run_items(items, run.inner, raises=node.map_config[2] == "raise"))
    )
