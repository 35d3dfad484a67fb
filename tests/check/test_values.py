"""Values without cache keys, without use, and without declared edges (HG505, HG506, HG507)."""

from __future__ import annotations

from threading import Lock
from typing import Any

from hypergraph import Graph, node
from hypergraph.compiler.check.findings import findings_of
from tests.check.looking import codes, only


@node(output_name="rows", cache=True)
def load(table: str, client: Any) -> str:
    return table


@node(output_name="rows")
def load_each_time(table: str, client: Any) -> str:
    return table


def test_a_bound_value_that_cannot_be_pickled_has_no_key() -> None:
    """HG505: such a call is never cached (X120)."""
    found = only(Graph([load]).bind(client=Lock()), "HG505")
    assert found.subject == "load" and found.message == (
        "Node 'load' is cached, but what it gets for 'client' has no cache key: "
        "TypeError: cannot pickle '_thread.lock' object"
    )


def test_a_default_that_cannot_be_pickled_has_no_key() -> None:
    """HG505: defaults are part of the key as well."""
    lock = Lock()

    @node(output_name="rows", cache=True)
    def guarded(table: str, client: Any = lock) -> str:
        return table

    assert codes(Graph([guarded])) == [("HG505", "guarded")]


def test_values_with_keys_and_nodes_without_cache_are_fine() -> None:
    """HG505: nothing is said of what can be pickled, is not known, or is not cached."""
    assert codes(Graph([load]).bind(client="db")) == []
    assert codes(Graph([load])) == []
    assert codes(Graph([load_each_time]).bind(client=Lock())) == []


def test_a_value_bound_outside_is_held_against_nodes_inside() -> None:
    """HG505: graph nodes hand on what is bound, renamed or not, but map over lists of it."""
    inner = Graph([load], name="inner").as_node().with_inputs(client="db")
    (found,) = findings_of(Graph([inner]).bind(db=Lock()))
    assert (found.code, found.path, found.subject) == ("HG505", ("inner",), "load")
    assert codes(Graph([inner.map_over("db")]).bind(db=[Lock()])) == []


def test_what_is_bound_inside_gives_way_to_what_comes_from_outside() -> None:
    """HG505: a value bound by the caller replaces the one bound inside."""
    inner = Graph([load], name="inner").bind(client=Lock()).as_node()
    assert codes(Graph([inner])) == [("HG505", "load")]
    assert codes(Graph([inner]).bind(client="db")) == []
    connect = node(lambda url: url, "client").with_name("connect")
    assert codes(Graph([load, connect]).bind(url="x")) == []


@node(output_name=("low", "high"))
def bounds(prices: list[int]) -> tuple[int, int]:
    return min(prices), max(prices)


@node(output_name="span")
def span(low: int) -> int:
    return low


def test_a_value_nobody_reads_or_selects_is_mentioned() -> None:
    """HG506: only as information, and only where the graph has a selection."""
    found = only(Graph([bounds, span]).select("span"), "HG506")
    assert found.level == "info" and found.subject == "high"
    assert found.message == "Nobody reads or selects 'high', which 'bounds' produces"


def test_values_that_are_selected_or_read_are_used() -> None:
    """HG506: reading and waiting count, and without a selection everything is asked for."""
    assert codes(Graph([bounds, span])) == []
    assert codes(Graph([bounds, span]).select("span", "high")) == []
    late = node(lambda: 1, "one", wait_for="high").with_name("late")
    assert codes(Graph([bounds, span, late]).select("span", "one")) == []


def test_a_value_of_a_node_that_cannot_run_is_not_produced() -> None:
    """HG506: what the selection leaves out, and its inputs do not allow, does not run."""
    other = node(lambda extra: extra, "unused").with_name("other")
    assert codes(Graph([bounds, span, other]).select("span", "high")) == []


@node(output_name="x")
def make(seed: int) -> int:
    return seed


@node(output_name="a")
def wanted(x: int) -> int:
    return x


@node(output_name="b")
def also(x: int) -> int:
    return x


def test_x151_a_name_that_edges_carry_elsewhere() -> None:
    """HG507 (X151): no edge brings `x` to `also`, which gets it all the same."""
    graph = Graph([make, wanted, also], edges=[("make", "wanted", "x")])
    found = only(graph, "HG507")
    assert found.level == "warning" and found.subject == "also"
    assert found.message == "No edge brings 'x' to 'also', which still gets it from 'make'"


def test_x151_names_that_are_brought_or_never_carried() -> None:
    """HG507 (X151): edges that bring the name, or carry it nowhere, leave no doubt."""
    both = [("make", "wanted", "x"), ("make", "also", "x")]
    assert codes(Graph([make, wanted, also], edges=both)) == []
    assert codes(Graph([make, wanted, also], edges=[])) == []
    assert codes(Graph([make, wanted, also])) == []
