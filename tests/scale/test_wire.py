"""Values as bytes: only what comes out of them again, and exceptions as they pickle themselves."""

from __future__ import annotations

import copyreg
from typing import Any

import pytest

from hypergraph.runtime.scale.wire import packed_safely, unhindered, unpacked_from


class Fussy:
    """Pickles, and refuses to load again."""

    def __reduce__(self) -> Any:
        return int, ("no number",)


@pytest.mark.parametrize("value", [1, "a", [(1.5, None)], {"a": {b"b", True}}, ValueError])
def test_values_come_out_as_they_went_in(value: object) -> None:
    assert unpacked_from(packed_safely(value), {}) == value


def test_what_does_not_come_out_again_is_found_out_before_it_is_sent() -> None:
    with pytest.raises(ValueError, match="no number"):
        packed_safely([1, {"deep": (2, Fussy())}])


def test_an_exception_is_asked_how_it_pickles_whatever_others_registered(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Dask registers a way for all there are when it is imported, which forgets exit codes."""
    monkeypatch.setitem(copyreg.dispatch_table, SystemExit, lambda error: (SystemExit, ()))
    assert unpacked_from(packed_safely(SystemExit(4)), {}).code == 4


def test_work_that_another_thread_was_in_the_way_of_is_done_again() -> None:
    tries: list[int] = []

    def work() -> int:
        tries.append(1)
        if len(tries) < 3:
            raise SystemError("AST constructor recursion depth mismatch (before=177, after=70)")
        return 7

    assert unhindered(work) == 7 and len(tries) == 3


def test_work_that_always_fails_so_is_given_up() -> None:
    def work() -> None:
        raise SystemError("something else")

    with pytest.raises(SystemError, match="something else"):
        unhindered(work)
