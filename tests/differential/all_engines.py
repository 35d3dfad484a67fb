"""Every engine there is; a new one is one line."""

from __future__ import annotations

from functools import partial

from .artifacts import imported
from .engines import Engine, cached, interleaved, sequential

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
