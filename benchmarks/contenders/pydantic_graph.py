"""pydantic-graph: typed steps and the edges between them, joins, and nodes that return the next."""

from __future__ import annotations

import itertools
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from pydantic_graph import (
    BaseNode,
    End,
    GraphBuilder,
    GraphRunContext,
    StepContext,
    reduce_list_append,
)

from benchmarks.async_nodes import add_one_async, fetch
from benchmarks.built import Built
from benchmarks.nodes import add_one, burn, halve, is_even, is_left, negate, triple

Step = Callable[[Any], Awaitable[Any]]


async def step(context: StepContext[None, None, int]) -> int:
    return add_one(context.inputs)


async def step_async(context: StepContext[None, None, int]) -> int:
    return await add_one_async(context.inputs)


async def fetched(context: StepContext[None, None, int]) -> int:
    return await fetch(context.inputs)


def chained(calls: list[Step]) -> Any:
    """A graph of steps one after the other, each given what the one before returned."""
    builder = GraphBuilder(input_type=int, output_type=int)
    steps = [builder.step(call, node_id=f"step_{i}") for i, call in enumerate(calls, start=1)]
    places = [builder.start_node, *steps, builder.end_node]
    builder.add(*(builder.edge_from(a).to(b) for a, b in itertools.pairwise(places)))
    return builder.build()


def chain(length: int) -> Built:
    graph = chained([step] * length)
    return lambda: graph.run_sync(inputs=0)


def fanned_out(width: int, call: Step) -> Any:
    """A graph of steps that are all given its input; a join collects what they return."""
    builder = GraphBuilder(input_type=int, output_type=list[int])
    steps = [builder.step(call, node_id=f"step_{i}") for i in range(width)]
    collected = builder.join(reduce_list_append, initial_factory=list[int])
    builder.add(
        builder.edge_from(builder.start_node).to(*steps),
        builder.edge_from(*steps).to(collected),
        builder.edge_from(collected).to(builder.end_node),
    )
    return builder.build()


def wide(width: int) -> Built:
    graph = fanned_out(width, step)
    return lambda: graph.run_sync(inputs=0)[-1]


def branch() -> Built:
    builder = GraphBuilder(input_type=int, output_type=int)

    @builder.step
    async def halved(context: StepContext[None, None, int]) -> int:
        return halve(context.inputs)

    @builder.step
    async def tripled(context: StepContext[None, None, int]) -> int:
        return triple(context.inputs)

    @builder.step
    async def negated(context: StepContext[None, None, int]) -> int:
        return negate(context.inputs)

    decision = builder.decision().branch(builder.match(int, matches=is_even).to(halved))
    builder.add(
        builder.edge_from(builder.start_node).to(decision.branch(builder.match(int).to(tripled))),
        builder.edge_from(halved, tripled).to(negated),
        builder.edge_from(negated).to(builder.end_node),
    )
    graph = builder.build()
    return lambda: graph.run_sync(inputs=7)


@dataclass
class Decide(BaseNode[None, None, int]):
    """Whether there is fuel left."""

    fuel: int

    async def run(self, ctx: GraphRunContext[None]) -> Burn | End[int]:
        return Burn(self.fuel) if is_left(self.fuel) else End(self.fuel)


@dataclass
class Burn(BaseNode[None, None, int]):
    """Take one, and decide anew."""

    fuel: int

    async def run(self, ctx: GraphRunContext[None]) -> Decide:
        return Decide(burn(self.fuel))


def loop(iterations: int) -> Built:
    builder = GraphBuilder(input_type=int, output_type=int)

    @builder.step
    async def start(ctx: StepContext[None, None, int]) -> Decide:
        return Decide(ctx.inputs)

    builder.add(
        builder.node(Decide),
        builder.node(Burn),
        builder.edge_from(builder.start_node).to(start),
    )
    graph = builder.build()
    return lambda: graph.run_sync(inputs=iterations)


def nested() -> Built:
    graph = chained([step, step])
    for _ in range(2):
        graph = chained([step, inside(graph), step])
    return lambda: graph.run_sync(inputs=0)


def inside(graph: Any) -> Step:
    """A graph as a step of another."""

    async def call(context: StepContext[None, None, int]) -> int:
        result: int = await graph.run(inputs=context.inputs)
        return result

    return call


def map_chain(items: list[int]) -> Built:
    def adding(i: int) -> Step:
        async def call(context: StepContext[None, None, dict[str, int]]) -> dict[str, int]:
            values = context.inputs
            return {**values, f"x{i}": add_one(values[f"x{i - 1}"])}

        return call

    builder = GraphBuilder(input_type=list[dict[str, int]], output_type=list[dict[str, int]])
    steps = [builder.step(adding(i), node_id=f"step_{i}") for i in range(1, 6)]
    collected = builder.join(reduce_list_append, initial_factory=list[dict[str, int]])
    places = [*steps, collected, builder.end_node]
    builder.add(
        builder.edge_from(builder.start_node).map().to(steps[0]),
        *(builder.edge_from(a).to(b) for a, b in itertools.pairwise(places)),
    )
    graph = builder.build()
    return lambda: graph.run_sync(inputs=[{"x0": item} for item in items])[-1]["x5"]


def async_chain(length: int) -> Built:
    graph = chained([step_async] * length)
    return lambda: graph.run(inputs=0)


def async_wide(width: int) -> Built:
    graph = fanned_out(width, fetched)

    async def run() -> Any:
        return (await graph.run(inputs=0))[-1]

    return run


def async_map(items: list[int], limit: int) -> None:
    """Nothing bounds how many of its tasks are in flight."""
