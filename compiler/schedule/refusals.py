"""Nested graphs that what their callers supply cannot run (X84)."""

from __future__ import annotations

from hypergraph.compiler.declare.graph import Graph
from hypergraph.compiler.plan import Input, Mode, Output, Plan, Refusal, Slot
from hypergraph.compiler.schedule.supply import Supply


def refused_plan(
    graph: Graph, name: str, key: str, mode: Mode, supply: Supply, refusal: Refusal
) -> Plan:
    """The plan of a function that takes what it is given and raises what its checks found wrong.

    It promises the outputs that its graph would have given, so its caller is planned as usual.
    """
    nodes = [node for node in graph.iter_nodes() if node.name in graph.active]
    given = {output for node in nodes for output in node.data_outputs}
    offered = graph.outputs if graph.selected is None else graph.selected
    return Plan(
        name=graph.name or name,
        key=key,
        mode=mode,
        inputs=tuple(
            Input(one, (Slot(one),), "maybe") for one in sorted(supply.certain | supply.maybe)
        ),
        supersteps=(),
        outputs=tuple(Output(one, (Slot(one),)) for one in offered if one in given),
        refusal=refusal,
    )
