"""Every engine there is; a new one is one line."""

from __future__ import annotations

from functools import partial

from hypergraph.compiler.schedule.simplify import PASSES
from hypergraph.compiler.schedule.supply import own_supply

from ..reference.checks import bypassed_inputs
from ..reference.scope import scope_of
from .alone import alone
from .artifacts import imported
from .engines import Engine, cached, interleaved, sequential
from .source import build
from .spec import Case

PLAIN = (Engine("sequential", sequential, concurrent=False, share=540),)
WITHOUT_A_PASS = tuple(
    Engine(
        f"sequential, without {left_out.__name__}",
        partial(sequential, passes=tuple(one for one in PASSES if one is not left_out)),
        concurrent=False,
        share=150,
    )
    for left_out in PASSES
)
WITHOUT_PASSES = (
    Engine("sequential, as scheduled", partial(sequential, passes=()), concurrent=False, share=150),
    Engine(
        "interleaved, as scheduled",
        partial(interleaved, seed=3, passes=()),
        concurrent=True,
        share=50,
    ),
)
TOLD = (
    Engine("sequential, told", partial(sequential, told=True), False, share=200, told=True),
    Engine("sequential, cached", cached, False, share=150, told=True, cached=True),
)
INTERLEAVED = (
    Engine("interleaved 0", partial(interleaved, seed=0), concurrent=True, share=150),
    Engine("interleaved 1", partial(interleaved, seed=1), concurrent=True, share=100),
)
INTERLEAVED_TOLD = (
    Engine("interleaved, told", partial(interleaved, seed=2, told=True), True, 150, told=True),
)
ARTIFACTS = (
    Engine("imported", partial(imported, concurrent=False), False, share=30, own_shape=True),
    Engine("imported, asyncio", partial(imported, concurrent=True), True, 30, own_shape=True),
)
ARTIFACTS_TOLD = (
    Engine(
        "imported, cached",
        partial(imported, concurrent=False, told=True, cached=True),
        concurrent=False,
        share=30,
        told=True,
        cached=True,
        own_shape=True,
    ),
    Engine(
        "imported, asyncio, told",
        partial(imported, concurrent=True, told=True),
        concurrent=True,
        share=30,
        told=True,
        own_shape=True,
    ),
)
ARTIFACTS_PARTIAL = (
    Engine("imported, partial", partial(imported, concurrent=False, partial=True), False, 30),
    Engine(
        "imported, partial, asyncio, told",
        partial(imported, concurrent=True, partial=True, told=True),
        concurrent=True,
        share=30,
        told=True,
    ),
)
ALONE = (
    Engine("alone", partial(alone, concurrent=False), False, share=15, own_shape=True),
    Engine("alone, asyncio", partial(alone, concurrent=True), True, share=15, own_shape=True),
)
ENGINES = (
    *PLAIN,
    *WITHOUT_A_PASS,
    *WITHOUT_PASSES,
    *TOLD,
    *INTERLEAVED,
    *INTERLEAVED_TOLD,
    *ARTIFACTS,
    *ARTIFACTS_TOLD,
    *ARTIFACTS_PARTIAL,
    *ALONE,
)


def can_take(engine: Engine, case: Case) -> bool:
    """Whether an engine can run a case at all."""
    fits_loop = engine.concurrent or not case.concurrent
    return fits_loop and (not engine.own_shape or _is_own_shape(case))


def _is_own_shape(case: Case) -> bool:
    """Whether a file holds the call: it gives no value that the graph computes.

    Nor may it leave out what the graph requires because answers make up for it (X28).
    """
    graph = build(case.graph).graph
    own = own_supply(graph)
    given = {name for name, _ in case.call.values}
    spared = bypassed_inputs(scope_of(graph, graph.selected), given) & own.certain - given
    return case.call.select is None and given <= own.certain | own.maybe and not spared
