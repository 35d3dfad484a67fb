"""langgraph: a state that nodes update, edges between them, a conditional edge to decide."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, TypedDict

from langgraph.graph import END, START, StateGraph

from benchmarks.async_nodes import add_one_async, fetch
from benchmarks.built import Built
from benchmarks.nodes import add_one, burn, halve, is_even, is_left, negate, triple


class Number(TypedDict):
    """The state of all graphs but the wide ones and the mapped one."""

    x: int


def step(state: Number) -> Number:
    return {"x": add_one(state["x"])}


async def step_async(state: Number) -> Number:
    return {"x": await add_one_async(state["x"])}


def chained(length: int, node: Callable[..., Any], state: Any = Number) -> Any:
    builder = StateGraph(state)
    builder.add_sequence([(f"step_{i}", node) for i in range(1, length + 1)])
    builder.add_edge(START, "step_1")
    return builder.compile()


def fanned_out(width: int, node_of: Callable[[str], Callable[..., Any]]) -> Any:
    names = [f"y{i}" for i in range(1, width + 1)]
    state: Any = TypedDict("State", {"x": int, **dict.fromkeys(names, int)})  # type: ignore[misc]
    builder = StateGraph(state)
    for name in names:
        builder.add_node(f"node_{name}", node_of(name))
        builder.add_edge(START, f"node_{name}")
    return builder.compile()


def chain(length: int) -> Built:
    graph, config = chained(length, step), {"recursion_limit": length + 1}
    return lambda: graph.invoke({"x": 0}, config)["x"]


def wide(width: int) -> Built:
    graph, last = fanned_out(width, lambda name: lambda state: {name: add_one(state["x"])}), width
    return lambda: graph.invoke({"x": 0})[f"y{last}"]


def branch() -> Built:
    builder = StateGraph(Number)
    builder.add_node("halve", lambda state: {"x": halve(state["x"])})
    builder.add_node("triple", lambda state: {"x": triple(state["x"])})
    builder.add_node("negate", lambda state: {"x": negate(state["x"])})
    builder.add_conditional_edges(
        START, lambda state: is_even(state["x"]), {True: "halve", False: "triple"}
    )
    builder.add_edge("halve", "negate")
    builder.add_edge("triple", "negate")
    builder.add_edge("negate", END)
    graph = builder.compile()
    return lambda: graph.invoke({"x": 7})["x"]


def loop(iterations: int) -> Built:
    builder = StateGraph(Number)
    builder.add_node("burn", lambda state: {"x": burn(state["x"])})
    for place in (START, "burn"):
        builder.add_conditional_edges(
            place, lambda state: is_left(state["x"]), {True: "burn", False: END}
        )
    graph, config = builder.compile(), {"recursion_limit": iterations + 2}
    return lambda: graph.invoke({"x": iterations}, config)["x"]


def nested() -> Built:
    graph = chained(2, step)
    for _ in range(2):
        builder = StateGraph(Number)
        builder.add_sequence([("first", step), ("inner", graph), ("last", step)])
        builder.add_edge(START, "first")
        graph = builder.compile()
    return lambda: graph.invoke({"x": 0})["x"]


class Five(TypedDict):
    """The state of the mapped chain, which keeps all its values."""

    x0: int
    x1: int
    x2: int
    x3: int
    x4: int
    x5: int


def map_chain(items: list[int]) -> Built:
    def numbered(i: int) -> Callable[..., Any]:
        return lambda state: {f"x{i}": add_one(state[f"x{i - 1}"])}

    builder = StateGraph(Five)
    builder.add_sequence([(f"step_{i}", numbered(i)) for i in range(1, 6)])
    builder.add_edge(START, "step_1")
    graph = builder.compile()
    return lambda: graph.batch([{"x0": item} for item in items])[-1]["x5"]


def async_chain(length: int) -> Built:
    graph, config = chained(length, step_async), {"recursion_limit": length + 1}

    async def run() -> Any:
        return (await graph.ainvoke({"x": 0}, config))["x"]

    return run


def async_wide(width: int) -> Built:
    def writing(name: str) -> Callable[[dict[str, int]], Awaitable[dict[str, int]]]:
        async def node(state: dict[str, int]) -> dict[str, int]:
            return {name: await fetch(state["x"])}

        return node

    graph, last = fanned_out(width, writing), f"y{width}"

    async def run() -> Any:
        return (await graph.ainvoke({"x": 0}))[last]

    return run


def async_map(items: list[int], limit: int) -> Built:
    async def node(state: Number) -> Number:
        return {"x": await fetch(state["x"])}

    graph, config = chained(1, node), {"max_concurrency": limit}

    async def run() -> Any:
        return (await graph.abatch([{"x": item} for item in items], config))[-1]["x"]

    return run
