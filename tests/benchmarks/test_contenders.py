"""Everyone who is measured does the same work: the results are equal, and all functions called.

Contenders whose libraries are not installed are left out.
"""

from __future__ import annotations

import warnings

import pytest

from benchmarks.contender import BASE, CONTENDERS, Contender
from tests.benchmarks.small import BUILDS, counted, ran

SLOW = {"product_module", "product_standalone"}  # every program is compiled by a command
SOME = {"chain", "loop", "map_chain", "async_wide"}  # so not all of them are
CASES = [
    pytest.param(
        contender,
        kind,
        id=f"{contender.name}-{kind}",
        marks=[pytest.mark.slow] if contender.name in SLOW else [],
    )
    for contender in CONTENDERS
    for kind in BUILDS
    if kind in SOME or contender.name not in SLOW
]


@pytest.mark.parametrize(("contender", "kind"), CASES)
def test_a_contender_does_the_work_of_the_code_written_by_hand(
    contender: Contender, kind: str
) -> None:
    if not contender.present:
        pytest.skip(f"{contender.distribution} is not installed")
    build, calls = BUILDS[kind]
    by_hand = build(BASE.builders)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what others warn about is not ours to fix
        built = build(contender.builders)
        if built is None:
            return
        result, entered = counted(built)
    assert by_hand is not None and result == ran(by_hand)
    assert entered == calls if not kind.startswith("async") else entered >= calls


def test_the_product_and_the_naive_loop_leave_nothing_out() -> None:
    names = {"hand_written", "naive_loop", "product_runner"}
    contenders = [contender for contender in CONTENDERS if contender.name in names]
    missing = [
        (contender.name, kind)
        for contender in contenders
        for kind, (build, _) in BUILDS.items()
        if build(contender.builders) is None
    ]
    assert len(contenders) == 3 and missing == []


def test_a_contender_is_absent_without_its_distribution() -> None:
    assert not Contender("langgraph", "langgraph", "no-such-distribution").present
    assert Contender("naive_loop", "naive loop").present
