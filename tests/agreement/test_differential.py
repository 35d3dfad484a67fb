"""Every engine against the reference, on drawn graphs and calls.

A CI run draws 2,000 cases, ``--hypothesis-profile=long`` 50,000, and a plain run a tenth of the
2,000; their seeds are fixed. What goes wrong is reduced, and printed as a module to keep in
``tests/corpus``.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings

from tests.differential.all_engines import ENGINES
from tests.differential.cases import cases
from tests.differential.disagreement import disagreement
from tests.differential.engines import Engine
from tests.differential.spec import Case

pytestmark = pytest.mark.slow

PROFILE = settings.get_current_profile_name()
TIMES = {"ci": 1.0, "long": 25.0}.get(PROFILE, 0.1)
"""How often 2,000 examples are drawn: 50,000 under ``--hypothesis-profile=long``."""
SHARD = {"long": 250}.get(PROFILE, 50)
"""How many of them one test draws, so that several workers can share them."""
many = settings(
    max_examples=100,
    derandomize=True,
    deadline=None,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def shards() -> Iterator[Any]:
    """An engine, a seed of its own, and how many examples to draw from it."""
    for place, engine in enumerate(ENGINES):
        left = max(1, round(engine.share * TIMES))
        for first in range(0, left, SHARD):
            chosen = 1_000_000 * place + first + (PROFILE == "long")
            size = min(SHARD, left - first)
            yield pytest.param(engine, chosen, size, id=f"{engine.name}-{first}")


@pytest.mark.parametrize(("engine", "chosen", "size"), list(shards()))
def test_engine_agrees_with_the_reference(engine: Engine, chosen: int, size: int) -> None:
    @seed(chosen)
    @settings(many, max_examples=size, derandomize=False)
    @given(case=cases(concurrent=engine.concurrent, own_shape=engine.own_shape))
    def agrees(case: Case) -> None:
        found = disagreement(case, engine)
        assert not found, found

    agrees()
