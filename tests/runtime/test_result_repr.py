"""How a result is shown: one line, whatever it holds (X4, X5)."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from hypergraph import PauseInfo, RunResult, RunStatus
from hypergraph.runtime.compact import compact


@dataclass
class Point:
    x: object
    y: object = 2
    secret: str = field(default="s", repr=False)


class Array:
    shape = (2, 3)
    dtype = "float32"


class Broken:
    def __repr__(self) -> str:
        raise ValueError("no repr today")


class Mute(Exception):
    def __str__(self) -> str:
        raise ValueError


class Hopeless:
    def __repr__(self) -> str:
        raise Mute


class Long:
    def __repr__(self) -> str:
        return "<long " + "o" * 500 + ">"


class Lines:
    def __repr__(self) -> str:
        return "one\ntwo\r\nthree"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("hi", "'hi'"),
        ("x" * 120, repr("x" * 120)),
        ("x" * 121, repr("x" * 117 + "...") + " (len=121)"),
        (3, "3"),
        (2.5, "2.5"),
        (True, "True"),
        (None, "None"),
        (b"abc", "b'abc'"),
        ({}, "{}"),
        ({"a": 1, 2: "b"}, "{'a': 1, 2: 'b'}"),
        ({n: n for n in range(8)}, "{0: 0, 1: 1, 2: 2, 3: 3, 4: 4, 5: 5, ... (+2 more)}"),
        ([], "[]"),
        ([1, 2], "[1, 2]"),
        (list(range(7)), "<list len=7 preview=[0, 1, 2, 3, 4, 5, ...]>"),
        (tuple(range(9)), "<tuple len=9 preview=[0, 1, 2, 3, 4, 5, ...]>"),
        (Array(), "<Array shape=(2, 3) dtype=float32>"),
        (Point(1), "<Point {'x': 1, 'y': 2}>"),
        (Broken(), "<unreprable Broken: no repr today>"),
        (Hopeless(), "<unreprable Hopeless: Mute>"),
        (Lines(), "one two three"),
        (int, "<class 'int'>"),
        (Point, repr(Point)),
    ],
)
def test_x4_compact_form(value: object, text: str) -> None:
    assert compact(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ((), "()"),
        ((1,), "(1,)"),
        ((1, 2), "(1, 2)"),
        ({1}, "{1}"),
        (set(), "set()"),
        (frozenset({1}), "frozenset({1})"),
        (frozenset(), "frozenset()"),
    ],
)
def test_xe8_small_containers_keep_their_brackets(value: object, text: str) -> None:
    assert compact(value) == text


def test_x4_long_texts_are_cut() -> None:
    assert len(compact(Long())) == 240 and compact(Long()).endswith("ooo...")
    assert len(compact(b"x" * 500)) == 240
    key = compact({"k" * 200: 1})
    assert key == "{'" + "k" * 76 + "...: 1}"


def test_x4_members_two_levels_down_are_shown_by_repr() -> None:
    deep = compact([[list(range(300))]])
    assert deep.startswith("[[[0, 1, 2,") and deep.endswith("...]]") and len(deep) == 244
    assert compact([[["x"]]]) == "[[['x']]]"
    assert compact([[Broken()]]) == "[[<unreprable Broken: no repr today>]]"
    assert compact({"a": {"b": "x" * 200}}) == f"{{'a': {{'b': {'x' * 117 + '...'!r} (len=200)}}}}"


def test_x4_an_enormous_int_does_not_break_it() -> None:
    assert compact(10**10000).startswith("<unreprable int: Exceeds the limit")


def test_x4_a_field_that_is_not_set_is_left_out() -> None:
    point = Point(1)
    del point.x
    assert compact(point) == "<Point {'y': 2}>"


def test_x4_dataclasses_leave_out_the_fields_their_own_repr_leaves_out() -> None:
    assert "secret" not in compact(Point(1))


def test_xe10_what_contains_itself_does_not_break_repr() -> None:
    loop: list[object] = [1]
    loop.append(loop)
    assert compact(loop) == "[1, <recursive list>]"
    point = Point(1)
    point.x = point
    assert compact(point) == "<Point {'x': <recursive Point>, 'y': 2}>"
    table: dict[str, object] = {}
    table["self"] = table
    assert compact(table) == "{'self': <recursive dict>}"
    result = RunResult({}, RunStatus.COMPLETED)
    result.values["me"] = result
    assert len(repr(result)) <= 4000


def test_x4_one_value_twice_is_not_recursive() -> None:
    shared = [1]
    assert compact([shared, shared]) == "[[1], [1]]"


def test_xe6_a_long_list_is_counted() -> None:
    text = repr(RunResult({"rows": list(range(5000))}, RunStatus.COMPLETED))
    assert "len=5000" in text and "rows" in text and len(text) <= 4000


def test_xe7_small_payloads_are_shown_verbatim() -> None:
    result = RunResult({"x": 1, "y": "hi"}, RunStatus.COMPLETED, "run-0123456789ab")
    assert repr(result) == (
        "RunResult(status=completed, values={'x': 1, 'y': 'hi'}, run_id='run-0123456789ab', "
        "workflow_id=None, error=None, pause=None)"
    )


def test_xe9_a_paused_result_with_an_error_names_both() -> None:
    pause = PauseInfo("desk/sign_off", "verdict", list(range(100)))
    text = repr(RunResult({}, RunStatus.PAUSED, error=ValueError("odd"), pause=pause))
    assert "status=paused" in text and "ValueError" in text
    assert "PauseInfo" in text and "desk/sign_off" in text and "len=100" in text


def test_x4_the_whole_text_is_one_line_of_at_most_4000_characters() -> None:
    row = {f"k{n}" * 30: Long() for n in range(6)}
    text = repr(RunResult({f"o{n}": row for n in range(6)}, RunStatus.COMPLETED, "r" * 3000))
    assert len(text) == 4000 and text.endswith("...")
    assert "\n" not in repr(RunResult({"x": Lines()}, RunStatus.COMPLETED))


class Printer:
    def __init__(self) -> None:
        self.shown = ""

    def text(self, text: str) -> None:
        self.shown += text


@pytest.mark.parametrize("cycle", [False, True])
def test_x5_xe11_the_notebook_hook(cycle: bool) -> None:
    result, printer = RunResult({"x": 1}, RunStatus.COMPLETED), Printer()
    result._repr_pretty_(printer, cycle)
    assert printer.shown == ("RunResult(...)" if cycle else repr(result))
