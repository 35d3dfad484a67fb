"""Files under a limit on concurrent calls: it holds, or the file says that it cannot (X77)."""

from __future__ import annotations

import asyncio
import sys
from typing import Any

import pytest

from hypergraph import AsyncRunner, GraphConfigError
from hypergraph.runtime.limits import limited
from tests.artifact.workplace import Workplace
from tests.execution.overlapping import Gauge, finished
from tests.execution.watching import Memory

ASYNC = """
    from hypergraph import END, Graph, node, route

    GAUGE = None

    @node(output_name="a")
    async def first(x): return await GAUGE.hold(x)

    @node(output_name="b")
    async def second(x): return await GAUGE.hold(x)

    @node(output_name="c")
    async def third(a): return await GAUGE.hold(a)

    @node(output_name="n")
    async def burn(n): return await GAUGE.hold(n - 1)

    @route(targets=["burn", END])
    def check(n): return "burn" if n > 0 else END

    chain = Graph([first, third], name="chain")
    wide = Graph([first, second, third], name="wide")
    mapped = Graph([chain.as_node(name="each").map_over("x")], name="mapped")
    looping = Graph([burn, check, first], name="looping")
"""

OVERLAPPING: dict[str, dict[str, Any]] = {
    "wide": {"x": 1},
    "mapped": {"x": [1, 2, 3]},
    "looping": {"x": 1, "n": 2},
}
each = pytest.mark.parametrize("attribute", OVERLAPPING)


def gauge() -> Gauge:
    """A new gauge for the calls of the module that was compiled last."""
    module: Any = sys.modules["rag"]
    module.GAUGE = Gauge()
    found: Gauge = module.GAUGE
    return found


@each
@pytest.mark.parametrize("events", [False, True])
def test_x77_xe124_a_file_with_a_limit_keeps_it(
    place: Workplace, attribute: str, events: bool
) -> None:
    program = place.compile(ASYNC, attribute=attribute, limit=True, events=events).program()
    seen, memory = gauge(), Memory()
    processors = [memory] if events else None
    finished(program.run(OVERLAPPING[attribute], max_concurrency=1, event_processors=processors))
    assert seen.most == 1 and seen.calls > 2
    assert bool(memory.events) == events


@each
def test_xe126_a_file_with_a_limit_overlaps_without_one(place: Workplace, attribute: str) -> None:
    program = place.compile(ASYNC, attribute=attribute, limit=True).program()
    seen = gauge()
    finished(program.run(OVERLAPPING[attribute]))
    assert seen.most > 1


@each
def test_x77_a_file_without_a_limit_refuses_one_that_it_could_not_keep(
    place: Workplace, attribute: str
) -> None:
    program = place.compile(ASYNC, attribute=attribute).program()
    seen = gauge()
    with pytest.raises(GraphConfigError, match=r"without limit.\nHow to fix: .* --limit"):
        asyncio.run(program.run(OVERLAPPING[attribute], max_concurrency=1))
    assert seen.calls == 0


def test_x78_it_refuses_a_limit_that_is_in_force_already(place: Workplace) -> None:
    program = place.compile(ASYNC, attribute="wide").program()
    gauge()

    async def main() -> None:
        with limited(2):
            await AsyncRunner().run(program, x=1)

    with pytest.raises(GraphConfigError, match="--limit"):
        finished(main())


def test_x93_items_of_a_chain_need_no_more_than_the_file_has(place: Workplace) -> None:
    artifact = place.compile(ASYNC, attribute="chain")
    assert "overlap" not in artifact.text and "held" not in artifact.text
    seen = gauge()
    finished(artifact.program().map(x=[*range(9)], map_over="x", max_concurrency=3))
    assert seen.most == 3 and seen.calls == 18


def test_x77_calls_of_items_are_counted_with_those_of_other_items(place: Workplace) -> None:
    program = place.compile(ASYNC, attribute="wide", limit=True).program()
    seen = gauge()
    results = finished(program.map(x=[*range(5)], map_over="x", max_concurrency=2))
    assert [one["c"] for one in results] == [0, 1, 2, 3, 4]
    assert seen.most == 2 and seen.calls == 15


def test_a_limit_says_nothing_to_a_sync_program(place: Workplace) -> None:
    source = ASYNC.replace("async def", "def").replace("await GAUGE.hold", "")
    texts = [
        place.compile(source, attribute="wide", mode="sync", limit=limit).text
        for limit in (False, True)
    ]
    functions = [text[text.index("\n\n\n") : text.index("# End of")] for text in texts]
    assert functions[0] == functions[1] and "held" not in texts[1]
