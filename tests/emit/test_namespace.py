"""The invariants of names in generated modules."""

from __future__ import annotations

import builtins
import keyword
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hypergraph.compiler.emit.namespace import Namespace, Request, legal
from hypergraph.compiler.emit.reserved import BUILTINS, MODULE_NAMES, RUNTIME_NAMES
from hypergraph.runtime.exports import EXPORTS

RESERVED = sorted(BUILTINS | MODULE_NAMES | RUNTIME_NAMES | set(keyword.kwlist))
WISHES = st.sampled_from(
    ["x", "x_", "x_2", "y", "ﬁ", "fi", "class", "input", "END", "run", "", "1", "a b", "语"]
)
REQUESTS = st.lists(
    st.builds(
        Request,
        st.tuples(st.sampled_from("abc"), st.sampled_from("defgh")),
        st.lists(WISHES, min_size=1, max_size=3).map(tuple),
        st.integers(0, 3),
    ),
    max_size=8,
    unique_by=lambda request: request.key,
)


def value(name: str, rank: int = 0) -> Request:
    return Request(("value", name), (name,), rank)


@given(REQUESTS, st.sets(WISHES))
def test_one_name_for_each_object_and_one_object_for_each_name(
    requests: list[Request], outer: set[str]
) -> None:
    taken = {legal(wish) for wish in outer}
    names = Namespace(requests, taken)
    texts = [names[request.key].text for request in requests]
    assert len(set(texts)) == len(texts)
    assert not set(texts) & taken
    assert names.texts() == set(texts)


@given(REQUESTS)
def test_nothing_reserved_is_given_out(requests: list[Request]) -> None:
    assert not Namespace(requests).texts() & set(RESERVED)


@given(REQUESTS, st.randoms())
def test_the_order_in_which_objects_are_met_does_not_matter(
    requests: list[Request], random: Random
) -> None:
    shuffled = list(requests)
    random.shuffle(shuffled)
    names, others = Namespace(requests), Namespace(shuffled)
    assert all(names[one.key] == others[one.key] for one in requests)


@given(REQUESTS)
def test_another_object_renames_only_those_that_wish_for_its_name(requests: list[Request]) -> None:
    names = Namespace(requests)
    more = Namespace([*requests, Request(("new",), ("quite_new",), 0)])
    assert more[("new",)].text == "quite_new"
    assert all(names[one.key] == more[one.key] for one in requests)


def test_of_two_objects_the_more_visible_keeps_the_name() -> None:
    function = Request(("node", "report"), ("report", "report_node"), 2)
    names = Namespace([function, value("report")])
    assert names[("value", "report")].text == "report"
    assert names[("node", "report")].text == "report_node"


def test_of_two_equals_the_one_whose_name_needs_no_change_keeps_it() -> None:
    names = Namespace([value("ﬁt"), value("fit")])
    assert names[("value", "fit")].text == "fit"
    assert names[("value", "ﬁt")].text == "fit_2"
    names = Namespace([value("class"), value("class_")])
    assert names[("value", "class_")].text == "class_"
    assert names[("value", "class")].text == "class__2"


def test_names_of_the_scopes_around_stay_free() -> None:
    names = Namespace([value("x"), value("x_2")], outer={"x"})
    assert names[("value", "x")].text == "x_3"
    assert names[("value", "x_2")].text == "x_2"


@pytest.mark.parametrize("name", RESERVED)
def test_a_reserved_name_gets_an_underscore(name: str) -> None:
    assert legal(name) == f"{name}_"


@pytest.mark.parametrize(
    ("wish", "name"),
    [
        ("x", "x"),
        ("ünï", "ünï"),
        ("ﬁt", "fit"),
        ("\uff43lass", "class_"),
        ("two words", "two_words"),
        ("desk.verdict", "desk_verdict"),
        ("9", "_9"),
        ("", "_"),
        ("a\nb", "a_b"),
        ("\ud800", "_"),
        ("'); import os", "____import_os"),
        ("match", "match"),
    ],
)
def test_any_string_has_a_legal_form(wish: str, name: str) -> None:
    assert legal(wish) == name


@given(st.text())
def test_a_legal_form_is_an_identifier_that_python_reads_as_it_is(wish: str) -> None:
    name = legal(wish)
    scope: dict[str, int] = {}
    exec(f"{name} = 1", scope)
    assert scope[name] == 1 and name not in RESERVED
    assert legal(name) == name


def test_the_builtins_of_this_python_are_all_reserved() -> None:
    assert set(dir(builtins)) - {"_"} <= BUILTINS


def test_the_names_of_the_runtime_are_all_reserved() -> None:
    assert {*EXPORTS, "preflight"} == RUNTIME_NAMES
