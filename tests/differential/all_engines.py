"""Every engine there is; a new one is one line."""

from __future__ import annotations

from functools import partial

from hypergraph.compiler.schedule.supply import own_supply

from .artifacts import imported
from .engines import Engine, cached, interleaved, sequential
from .source import build
from .spec import Case

PLAIN = (Engine("sequential", sequential, concurrent=False),)
TOLD = (
    Engine("sequential, told", partial(sequential, told=True), concurrent=False, told=True),
    Engine("sequential, cached", cached, concurrent=False, told=True, cached=True),
)
INTERLEAVED = (
    Engine("interleaved 0", partial(interleaved, seed=0), concurrent=True),
    Engine("interleaved 1", partial(interleaved, seed=1), concurrent=True),
)
INTERLEAVED_TOLD = (
    Engine(
        "interleaved 2, told", partial(interleaved, seed=2, told=True), concurrent=True, told=True
    ),
)
ARTIFACTS = (
    Engine("imported", partial(imported, concurrent=False), concurrent=False, own_shape=True),
    Engine(
        "imported, asyncio", partial(imported, concurrent=True), concurrent=True, own_shape=True
    ),
)
ENGINES = (*PLAIN, *TOLD, *INTERLEAVED, *INTERLEAVED_TOLD, *ARTIFACTS)


def can_take(engine: Engine, case: Case) -> bool:
    """Whether an engine can run a case at all."""
    fits_loop = engine.concurrent or not case.concurrent
    return fits_loop and (not engine.own_shape or _is_own_shape(case))


def _is_own_shape(case: Case) -> bool:
    """Whether a file holds the call: it gives no value that the graph computes."""
    own = own_supply(build(case.graph).graph)
    given = {name for name, _ in case.call.values}
    return case.call.select is None and given <= own.certain | own.maybe
