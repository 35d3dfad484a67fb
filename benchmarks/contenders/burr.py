"""apache-burr: a state machine of actions; a run is an application built around its graph."""

from __future__ import annotations

import itertools
from collections.abc import AsyncGenerator
from typing import Any

from burr.core import ApplicationBuilder, ApplicationContext, State, action, expr
from burr.core.graph import Graph, GraphBuilder
from burr.core.parallelism import MapStates, RunnableGraph

from benchmarks.async_nodes import add_one_async, fetch
from benchmarks.built import Built
from benchmarks.nodes import add_one, burn, halve, is_even, is_left, negate, triple


@action(reads=["x"], writes=["x"])
def step(state: State) -> State:
    return state.update(x=add_one(state["x"]))


@action(reads=["x"], writes=["x"])
async def step_async(state: State) -> State:
    return state.update(x=await add_one_async(state["x"]))


@action(reads=["x"], writes=["y"])
async def fetched(state: State) -> State:
    return state.update(y=await fetch(state["x"]))


def sequence(*actions: Any) -> Graph:
    """A graph of actions one after the other, named by their places."""
    names = [f"step_{i}" for i in range(1, len(actions) + 1)]
    return (
        GraphBuilder()
        .with_actions(**dict(zip(names, actions, strict=True)))
        .with_transitions(*itertools.pairwise(names))
        .build()
    )


def ran(graph: Graph, first: str, last: str, **values: Any) -> State[Any]:
    """The state in which a run ends."""
    builder = ApplicationBuilder().with_graph(graph).with_entrypoint(first).with_state(**values)
    return builder.build().run(halt_after=[last])[2]


async def ran_async(graph: Graph, first: str, last: str, **values: Any) -> State[Any]:
    builder = ApplicationBuilder().with_graph(graph).with_entrypoint(first).with_state(**values)
    return (await (await builder.abuild()).arun(halt_after=[last]))[2]


def chain(length: int) -> Built:
    graph, last = sequence(*[step] * length), f"step_{length}"
    return lambda: ran(graph, "step_1", last, x=0)["x"]


def wide(width: int) -> Built:
    def writing(name: str) -> Any:
        @action(reads=["x"], writes=[name])
        def member(state: State) -> State:
            return state.update(**{name: add_one(state["x"])})

        return member

    graph, last = sequence(*[writing(f"y{i}") for i in range(1, width + 1)]), width
    return lambda: ran(graph, "step_1", f"step_{last}", x=0)[f"y{last}"]


@action(reads=["x"], writes=["even"])
def decide(state: State) -> State:
    return state.update(even=is_even(state["x"]))


@action(reads=["x"], writes=["y"])
def halved(state: State) -> State:
    return state.update(y=halve(state["x"]))


@action(reads=["x"], writes=["y"])
def tripled(state: State) -> State:
    return state.update(y=triple(state["x"]))


@action(reads=["y"], writes=["z"])
def negated(state: State) -> State:
    return state.update(z=negate(state["y"]))


def branch() -> Built:
    graph = (
        GraphBuilder()
        .with_actions(decide=decide, halved=halved, tripled=tripled, negated=negated)
        .with_transitions(
            ("decide", "halved", expr("even")),
            ("decide", "tripled"),
            (["halved", "tripled"], "negated"),
        )
        .build()
    )
    return lambda: ran(graph, "decide", "negated", x=7)["z"]


@action(reads=["fuel"], writes=["left"])
def check(state: State) -> State:
    return state.update(left=is_left(state["fuel"]))


@action(reads=["fuel"], writes=["fuel"])
def burned(state: State) -> State:
    return state.update(fuel=burn(state["fuel"]))


@action(reads=[], writes=[])
def done(state: State) -> State:
    return state


def loop(iterations: int) -> Built:
    graph = (
        GraphBuilder()
        .with_actions(check=check, burned=burned, done=done)
        .with_transitions(("check", "burned", expr("left")), ("check", "done"), ("burned", "check"))
        .build()
    )
    return lambda: ran(graph, "check", "done", fuel=iterations)["fuel"]


def nested() -> Built:
    graph, last = sequence(step, step), "step_2"
    for _ in range(2):
        graph, last = sequence(step, inside(graph, last), step), "step_3"
    return lambda: ran(graph, "step_1", last, x=0)["x"]


def inside(graph: Graph, last: str) -> Any:
    """An action that runs an application of its own."""

    @action(reads=["x"], writes=["x"])
    def inner(state: State) -> State:
        return state.update(x=ran(graph, "step_1", last, x=state["x"])["x"])

    return inner


def map_chain(items: list[int]) -> Built:
    def adding(i: int) -> Any:
        @action(reads=[f"x{i - 1}"], writes=[f"x{i}"])
        def member(state: State) -> State:
            return state.update(**{f"x{i}": add_one(state[f"x{i - 1}"])})

        return member

    graph = sequence(*[adding(i) for i in range(1, 6)])
    return lambda: [ran(graph, "step_1", "step_5", x0=item) for item in items][-1]["x5"]


def async_chain(length: int) -> Built:
    graph, last = sequence(*[step_async] * length), f"step_{length}"

    async def run() -> Any:
        return (await ran_async(graph, "step_1", last, x=0))["x"]

    return run


ONE_FETCH = RunnableGraph(graph=sequence(fetched), entrypoint="step_1", halt_after=["step_1"])


class FetchAll(MapStates):
    """The same action over as many states as `width` says, all in flight together."""

    def is_async(self) -> bool:
        return True

    def action(self, state: State, inputs: dict[str, Any]) -> RunnableGraph:
        return ONE_FETCH

    async def states(
        self, state: State, context: ApplicationContext, inputs: dict[str, Any]
    ) -> AsyncGenerator[State, None]:
        for i in range(state["width"]):
            yield state.update(number=i)

    async def reduce(self, state: State, states: AsyncGenerator[State, None]) -> State:
        return state.update(ys=[each["y"] async for each in states])

    @property
    def reads(self) -> list[str]:
        return ["x", "width"]

    @property
    def writes(self) -> list[str]:
        return ["ys"]


def async_wide(width: int) -> Built:
    graph = GraphBuilder().with_actions(fetch_all=FetchAll()).build()

    async def run() -> Any:
        return (await ran_async(graph, "fetch_all", "fetch_all", x=0, width=width))["ys"][-1]

    return run


def async_map(items: list[int], limit: int) -> None:
    """Nothing bounds how many of its states are in flight."""
