"""Which declared types take which others."""

from __future__ import annotations

import collections.abc
import inspect
import typing
from types import GenericAlias
from typing import (
    Annotated,
    Any,
    ForwardRef,
    Literal,
    NamedTuple,
    NewType,
    Optional,
    Protocol,
    TypedDict,
    TypeVar,
    Union,
    runtime_checkable,
)

import pytest

from hypergraph.compiler.check.compatible import compatible, resolve

Free = TypeVar("Free")
Either = TypeVar("Either", int, str)
Number = TypeVar("Number", bound=float)
Forward = TypeVar("Forward", bound="int")
UserId = NewType("UserId", int)
NoneType = type(None)


class Point(NamedTuple):
    x: int
    y: int


class Row(TypedDict):
    x: int


class Other(TypedDict):
    x: int


class Sized(Protocol):
    def size(self) -> int: ...


@runtime_checkable
class Closable(Protocol):
    def close(self) -> None: ...


class File:
    def close(self) -> None: ...


class Box(Sized):
    def size(self) -> int:
        return 1


Case = tuple[Any, Any, bool]

CLASSES: list[Case] = [
    (bool, int, True),
    (int, bool, False),
    (int, float, False),
    (int, object, True),
    (None, NoneType, True),
    (NoneType, int, False),
    (Point, tuple, True),
    (Point, tuple[int, int], True),
    (tuple[int, int], Point, False),
    (Row, dict, True),
    (File, Closable, True),
    (int, Closable, False),
    (UserId, UserId, True),
    (UserId, int, False),
    (int, UserId, False),
]

ANYTHING: list[Case] = [
    (int, Any, True),
    (Any, Any, True),
    (Any, int, False),
    (Any, object, False),
    (list[int], list[Any], True),
    (list[Any], list[int], False),
    (inspect.Parameter.empty, int, True),
    (int, inspect.Parameter.empty, True),
]

GENERICS: list[Case] = [
    (list, list[int], True),
    (list[int], list, True),
    (list[int], collections.abc.Sequence[int], True),
    (typing.List[int], list[int], True),  # noqa: UP006
    (list[bool], list[int], True),
    (list[int], list[bool], False),
    (dict[str, int], dict[str, str], False),
    (dict[str, list[bool]], dict[str, list[int]], True),
    (dict[str, list[str]], dict[str, list[int]], False),
    (tuple[int, int], tuple[int, ...], False),
    (tuple[int], tuple[int, int], False),
    (collections.abc.Iterator[int], list, False),
    (list[int], "list[int]", True),
    (list["int"], list[int], True),
    (ForwardRef("int"), int, True),
    (dict[str, "list[int]"], dict[str, list[str]], False),
    (Optional[list["int"]], Optional[list[int]], True),  # noqa: UP045
    (typing.List[list["int"]], list[list[str]], False),  # noqa: UP006
]

UNIONS: list[Case] = [
    (int, int | str, True),
    (int | str, int, False),
    (int | str, int | str | float, True),
    (int | str | float, int | str, False),
    (str | int, int | str, True),
    (Union[int, str], int | str, True),  # noqa: UP007
    (Optional[int], int | None, True),  # noqa: UP045
    (NoneType, int | None, True),
    (bool | str, int | str, True),
    (list[int] | str, list[int], False),
]

LITERALS: list[Case] = [
    (Literal["a", "b"], Literal["b", "a"], True),
    (Literal["a"], Literal["a", "b"], False),
    (Literal["a"], str, False),
    (str, Literal["a"], False),
    (Literal["int"], Literal[1], False),
]

ANNOTATED: list[Case] = [
    (Annotated[int, "m"], int, True),
    (int, Annotated[int, "m"], True),
    (Annotated[int, "m"], Annotated[int, "other"], True),
    (Annotated[int | str, "m"], int, False),
    (Annotated[int, "nowhere.to.be.found"], int, True),
]

CALLABLES: list[Case] = [
    (collections.abc.Callable[[int], str], collections.abc.Callable[[int], str], True),
    (collections.abc.Callable[[int], str], collections.abc.Callable[[str], str], False),
    (collections.abc.Callable[[int], str], typing.Callable, True),
    (typing.Callable, collections.abc.Callable[[int], str], True),
    (int, typing.Callable, False),
]

VARIABLES: list[Case] = [
    (Free, int, True),
    (int, Free, True),
    (int, Either, True),
    (bool, Either, True),
    (float, Either, False),
    (bool, Number, False),
    (float, Number, True),
    (str, Number, False),
    (bool, Forward, True),
    (str, Forward, False),
]


def check(case: Case) -> None:
    given, wanted, expected = case
    assert compatible(given, wanted) is expected


@pytest.mark.parametrize("case", CLASSES, ids=str)
def test_g115_g116_e176_classes_are_compared_as_subclasses(case: Case) -> None:
    check(case)


@pytest.mark.parametrize("case", ANYTHING, ids=str)
def test_g115_g116_any_permits_only_where_it_is_wanted(case: Case) -> None:
    check(case)


@pytest.mark.parametrize("case", GENERICS, ids=str)
def test_g115_g116_e173_generics_are_compared_with_their_arguments(case: Case) -> None:
    check(case)


@pytest.mark.parametrize("case", UNIONS, ids=str)
def test_g115_e172_e176_unions_are_compared_member_by_member(case: Case) -> None:
    check(case)


@pytest.mark.parametrize("case", LITERALS, ids=str)
def test_g116_literals_must_be_equal(case: Case) -> None:
    check(case)


@pytest.mark.parametrize("case", ANNOTATED, ids=str)
def test_g115_e175_metadata_never_matters(case: Case) -> None:
    check(case)


@pytest.mark.parametrize("case", CALLABLES, ids=str)
def test_g115_e175_l27_callables(case: Case) -> None:
    check(case)


@pytest.mark.parametrize("case", VARIABLES, ids=str)
def test_g115_e174_type_variables(case: Case) -> None:
    check(case)


@pytest.mark.parametrize(("given", "wanted"), [(int, Sized), (dict, Row), (Row, Other)])
def test_l27_what_cannot_be_asked_is_a_mismatch(given: Any, wanted: Any) -> None:
    assert not compatible(given, wanted)


def test_l27_a_declared_subclass_of_a_protocol_is_one() -> None:
    assert compatible(Box, Sized) and compatible(Row, Row)


@pytest.mark.parametrize(
    ("given", "wanted"), [("Nowhere", int), (int, GenericAlias(list, ("Nowhere",)))]
)
def test_g115_what_cannot_be_resolved_passes_with_a_warning(given: Any, wanted: Any) -> None:
    with pytest.warns(UserWarning, match="Unresolvable type hint"):
        assert compatible(given, wanted)


def test_g115_a_type_variable_passes_before_anything_is_asked_of_the_other_side() -> None:
    assert compatible(Free, "Nowhere")


def test_g115_names_are_looked_up_where_the_function_was_defined() -> None:
    assert resolve("Point", globals()) is Point
    assert resolve(list["Point"], globals()) == list[Point]
