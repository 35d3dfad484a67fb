"""Which values are written as literals: a few exact types, and equal values come back."""

from __future__ import annotations

import ast
import copy
import enum
import math
from collections import OrderedDict, defaultdict
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hypergraph.compiler.literals import is_immutable, is_shown, literal_text
from tests.emit.hostile import BREAKOUTS

ATOMS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text()
    | st.text(alphabet=st.characters())
    | st.sampled_from(BREAKOUTS)
    | st.binary()
)
VALUES = st.recursive(
    ATOMS,
    lambda inner: st.lists(inner, max_size=4)
    | st.lists(inner, max_size=4).map(tuple)
    | st.dictionaries(st.text() | st.integers(), inner, max_size=4),
    max_leaves=12,
)


@given(VALUES)
def test_a_literal_gives_back_an_equal_value_of_the_same_type(value: Any) -> None:
    value = copy.deepcopy(value)
    text = literal_text(value)
    if text is None:  # a container that occurs twice
        assert not is_immutable(value)
        return
    again = ast.literal_eval(text)
    assert repr(again) == repr(value)
    assert text.isprintable()


class Text(str):
    def __repr__(self) -> str:
        return "__import__('os').system('x')"


class Number(int):
    def __repr__(self) -> str:
        return "raise_the_alarm()"


class Float(float):
    def __repr__(self) -> str:
        return "raise_the_alarm()"


class Items(list):  # type: ignore[type-arg]
    def __repr__(self) -> str:
        return "raise_the_alarm()"


class Record(NamedTuple):
    x: int


class Colour(enum.IntEnum):
    RED = 1


class Hidden:
    def __repr__(self) -> str:
        return "1"


@pytest.mark.parametrize(
    "value",
    [
        Text("x"),
        Number(1),
        Float(1.0),
        Items([1]),
        Record(1),
        Colour.RED,
        OrderedDict(a=1),
        defaultdict(int),
        Hidden(),
        {1},
        frozenset({1}),
        1j,
        ...,
        range(3),
        bytearray(b"x"),
        object,
        len,
    ],
    ids=repr,
)
def test_only_exact_types_are_trusted(value: Any) -> None:
    """A subclass may have any `repr`, so it is never asked for it, however deep it is inside."""
    assert literal_text(value) is None
    assert literal_text([value]) is None
    assert literal_text({"key": (1, value)}) is None
    assert not is_immutable((value,))


@pytest.mark.parametrize("value", [Text("key"), Number(1)])
def test_keys_are_not_trusted_either(value: Any) -> None:
    assert literal_text({value: 1}) is None


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_numbers_without_a_literal_have_none(value: float) -> None:
    assert literal_text(value) is None
    assert literal_text([1, value]) is None


def test_a_number_too_long_to_be_parsed_has_no_literal() -> None:
    assert literal_text(10**3000) == "1" + "0" * 3000
    assert literal_text(10**4300) is None


def test_a_container_inside_itself_has_no_literal() -> None:
    value: list[Any] = []
    value.append(value)
    assert literal_text(value) is None


def test_a_container_that_occurs_twice_has_no_literal() -> None:
    """Two literals would be two objects, and a change of one would not be seen in the other."""
    row = [0]
    assert literal_text([row, row]) is None
    pair = (1, 2)
    assert literal_text([pair, pair]) == "[(1, 2), (1, 2)]"


def test_a_value_nested_too_deep_has_no_literal() -> None:
    value: tuple[Any, ...] = ()
    for _ in range(300):
        value = (value,)
    assert literal_text(value) is None


@pytest.mark.parametrize(
    ("value", "immutable"),
    [(1, True), ("x", True), ((1, ("x", b"y")), True), ([], False), (((), []), False), ({}, False)],
)
def test_what_can_be_changed_is_not_shared(value: Any, immutable: bool) -> None:
    assert is_immutable(value) == immutable


@pytest.mark.parametrize("char", "aZ09 ~'\"\\éßñ語ж")
def test_ordinary_text_stays_readable(char: str) -> None:
    assert is_shown(char)


@pytest.mark.parametrize(
    "char",
    ["\n", "\r", "\x0b", "\x7f", "\x85", "\xa0", "\xad", "\u200b", "\u2028", "\u202e", "\ufeff"]
    + ["\ud800", "\u0301", "\u3164", "\u115f", "\U000e0041", "\ue000"],
    ids=ascii,
)
def test_what_a_reviewer_could_not_see_is_escaped(char: str) -> None:
    assert not is_shown(char)
    assert literal_text(char) == ascii(char)
