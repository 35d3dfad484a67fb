"""A run that is cancelled, at whatever moment, leaves nothing behind."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from hypothesis import given, settings

from hypergraph import AsyncRunner
from tests.agreement.test_differential import many
from tests.differential.cases import cases
from tests.differential.engines import heard, options_of, values_of
from tests.differential.source import Built, build
from tests.differential.spec import Case

pytestmark = pytest.mark.slow

some = settings(many, max_examples=40)
MOMENTS = 25


def started(case: Case, built: Built) -> Any:
    """The coroutine of a run or map."""
    runner = AsyncRunner()
    start = runner.run if case.call.map_over is None else runner.map
    options = {**options_of(case.call), "max_concurrency": case.call.max_concurrency}
    return start(built.graph, values_of(case.call), **options)


async def cancelled_after(moments: int, case: Case) -> bool:
    """Cancel a run after so many turns of the loop; whether it had ended by itself before."""
    built = build(case.graph, seed=moments)
    run = asyncio.ensure_future(started(case, built))
    for _ in range(moments):
        await asyncio.sleep(0)
    ended: bool = run.done()
    run.cancel()
    await asyncio.wait([run])
    assert ended or run.cancelled(), run
    assert asyncio.all_tasks() == {asyncio.current_task()}
    calls = len(built.trace)
    for _ in range(5):
        await asyncio.sleep(0)
    assert len(built.trace) == calls, "a node was called after the run had ended"
    return ended


@some
@given(case=cases(concurrent=True))
def test_a_run_can_be_cancelled_at_every_await(case: Case) -> None:
    async def everywhere() -> None:
        for moments in range(MOMENTS):
            if await cancelled_after(moments, case):
                return

    with heard():
        asyncio.run(everywhere())
