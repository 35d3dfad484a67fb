"""What it costs to be told of every node, and to find its result in a cache, per node."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Sequence
from typing import Any

from benchmarks import nodes
from benchmarks.contender import Contender
from benchmarks.driver import Figures, summary
from benchmarks.graphs import chain
from benchmarks.timing import measure, repeated
from hypergraph import (
    EventProcessor,
    FunctionNode,
    Graph,
    InMemoryCache,
    NodeEndEvent,
    NodeStartEvent,
    SyncRunner,
)

LENGTH = 100
TEXT = " ".join(["passage"] * 100)

Pair = tuple[Callable[[], Any], Callable[[], Any]]


def measured_watched(_: Sequence[Contender], rounds: int) -> dict[str, Figures]:
    """For each case seconds per node, and how often what is written by hand fits into them."""
    cases = {
        "told": told(),
        "hit-number": found(list(range(LENGTH))),
        "hit-text": found([f"{number} {TEXT}" for number in range(LENGTH)]),
    }
    figures = {}
    for name, (product, by_hand) in cases.items():
        timed = {"product": repeated(product), "by hand": repeated(by_hand)}
        samples = measure(timed, rounds)
        per_node = {
            who: {number: seconds / LENGTH for number, seconds in taken.items()}
            for who, taken in samples.items()
        }
        figures[name] = {
            who: summary(taken, per_node["by hand"]) for who, taken in per_node.items()
        }
    return figures


def told() -> Pair:
    """A hundred nodes with a processor that does nothing, and as many hand-written calls of it."""
    graph, runner, processor = chain(LENGTH), SyncRunner(), EventProcessor()

    def product() -> Any:
        return runner.run(graph, x0=0, event_processors=[processor])

    def by_hand() -> Any:
        value = 0
        for number in range(LENGTH):
            name = f"step_{number}"
            processor.on_event(NodeStartEvent("run-1", node_name=name, graph_name="chain"))
            value = nodes.add_one(value)
            processor.on_event(NodeEndEvent("run-1", node_name=name, graph_name="chain"))
        return value

    return product, by_hand


def found(values: list[Any]) -> Pair:
    """A hundred hits, and for each a pickle of the input and one look into the cache."""
    cache = InMemoryCache()
    graph = Graph([_cached(number) for number in range(LENGTH)], name="found")
    runner = SyncRunner(cache)
    inputs = {f"value{number}": value for number, value in enumerate(values)}
    runner.run(graph, inputs)
    keys = [f"{number:064}" for number in range(LENGTH)]
    for key in keys:
        cache.set(key, 0)

    def product() -> Any:
        return runner.run(graph, inputs)

    def by_hand() -> None:
        for key, (name, value) in zip(keys, inputs.items(), strict=True):
            pickle.dumps({name: value}, 5)
            cache.get(key)

    return product, by_hand


def _cached(number: int) -> FunctionNode:
    return FunctionNode(
        same,
        name=f"look_up_{number}",
        output_name=f"found{number}",
        rename_inputs={"value": f"value{number}"},
        cache=True,
    )


def same(value: Any) -> Any:
    """Something to cache."""
    return value
