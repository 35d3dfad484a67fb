"""What maps on workers are measured with: the same work and chunks, and the same results."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from itertools import islice

import pytest

from benchmarks import scale


@pytest.mark.parametrize("name", ["light", "heavy"])
def test_everybody_gives_the_same(name: str) -> None:
    load = scale.loads()[name]._replace(items=list(range(20)), chunk_size=6)
    with ThreadPoolExecutor(2) as pool:
        timed = scale.ways(load, pool)
        scale.check(load, timed)
        assert timed["loop"]() == timed["by hand"]()
    taken = scale.interleaved({"loop": timed["loop"]}, 2)
    assert len(taken["loop"]) == 2 and min(taken["loop"]) > 0


def test_streamed_numbers_come_one_by_one() -> None:
    assert list(islice(scale.numbers(10**12), 3)) == [0, 1, 2]
    assert list(scale.numbers(3)) == [0, 1, 2]


def test_the_tables_tell_seconds_and_ratios() -> None:
    taken = {"loop": 1.0, "by hand": 0.5, "same chunks": 0.55, "own chunks": 0.6}
    ratios = {"same chunks, to by hand": 1.1, "own chunks, to by hand": 1.2}
    row = scale.scale_table({"light": {**taken, **ratios}}).splitlines()[-1]
    assert row.endswith("| 1.00 s | 500.00 ms | 550.00 ms (1.10) | 600.00 ms (1.20) |")
    assert scale.peak_table({"10000": 61.2}).splitlines()[0] == "| items | 10,000 |"
